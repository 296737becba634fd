// The JSON of a guarded answer.
import type { GuardedAnswer } from './guarded-get'

export interface JsonContent {
  /** undefined for content that is no JSON. */
  value: unknown
  /** Of the decompressed content. */
  bytes: number
}

/** @throws AppError upstream_failed with a message for an operator when the content is cut off, too large or too slow. */
export async function readJson(answer: GuardedAnswer): Promise<JsonContent> {
  const pieces: Uint8Array[] = []
  for await (const piece of answer.content) pieces.push(piece)
  const content = Buffer.concat(pieces)
  try {
    return { value: JSON.parse(content.toString('utf8')) as unknown, bytes: content.length }
  } catch {
    return { value: undefined, bytes: content.length }
  }
}
