// GET /feeds/…: the lists of the moment, with validators and 304.
import { createHash } from 'node:crypto'
import { feedContent, FEEDS } from '../core/feeds'
import { spoilFeed } from '../core/spoil-feed'
import type { FeedFault } from '../model'
import { json, type Answer } from './answer'

/** Answers a feed request; a fault spoils the list, which then has another tag. @param at ms since 1970 */
export function answerFeed(
  request: { path: string; ifNoneMatch: string | undefined; ifModifiedSince: string | undefined },
  org: { seed: number; epoch: number },
  at: number,
  fault: FeedFault | null = null,
): Answer {
  const feed = FEEDS.find((known) => known.path === request.path)
  if (!feed) return json({ error: 'No such feed', feeds: FEEDS }, 404)
  const content = feedContent(org.seed, org.epoch, feed.path, at)
  const { body, changedAt, contentType } = fault === null ? content : { ...spoilFeed(fault, content), changedAt: at }
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`
  const headers = {
    etag,
    'last-modified': new Date(changedAt).toUTCString(),
    'content-type': `${contentType}; charset=utf-8`,
    'cache-control': 'no-cache',
  }
  // As HTTP has it: the date is looked at only when there is no tag.
  const isUnchanged =
    request.ifNoneMatch !== undefined
      ? request.ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
      : request.ifModifiedSince !== undefined && Date.parse(request.ifModifiedSince) >= changedAt
  return isUnchanged ? { status: 304, headers, body: '' } : { status: 200, headers, body }
}
