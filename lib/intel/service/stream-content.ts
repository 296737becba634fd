// Content that comes as bytes, from a file or an answer, as a source of entries.
import { createFeedReader, type FeedReader } from '../core/read-feed'
import type { FeedEntry } from '../model'
import type { FeedSettings } from '../store/feed'
import { stageEntries } from '../store/indicator'
import type { ContentSource, StagedContent } from './replace-indicators'

export type FeedContent = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** Reads the content as the format and options of the feed say, in constant memory where the format allows it. */
export function streamContent(settings: FeedSettings, content: FeedContent): ContentSource {
  return {
    async stage(tx) {
      const reader = createFeedReader(settings)
      const staged: StagedContent = { summary: reader.summary(), refusal: null }
      await stageEntries(tx, readBatches(reader, content, staged))
      return { ...staged, summary: reader.summary() }
    },
  }
}

/** Ends at the first refusal, which lets go of the content. */
async function* readBatches(
  reader: FeedReader,
  content: FeedContent,
  staged: StagedContent,
): AsyncGenerator<readonly FeedEntry[]> {
  for await (const bytes of content) {
    const outcome = reader.push(bytes)
    if (outcome.status === 'refused') {
      staged.refusal = outcome
      return
    }
    yield outcome.entries
  }
  const last = reader.end()
  if (last.status === 'refused') staged.refusal = last
  else yield last.entries
}
