// A run before anything is known of it.
import type { FeedRun, FeedRunResult } from '../model'

/** A run of which nothing was read and that changed nothing. */
export function newRun(result: FeedRunResult, startedAt: Date, finishedAt: Date): FeedRun {
  return {
    result,
    startedAt,
    finishedAt,
    read: 0,
    duplicates: 0,
    added: 0,
    removed: 0,
    rejected: 0,
    rejections: {},
    samples: [],
    error: null,
    entries: 0,
    bytes: 0,
    holdReasons: [],
    decision: null,
    decidedBy: null,
    decidedAt: null,
  }
}
