// The one reader of numbers of autonomous systems in feeds.
import type { RejectReason } from '../model'

export type AsNumberOutcome = { status: 'ok'; range: string } | { status: 'rejected'; reason: RejectReason }

const HIGHEST = 4_294_967_294
/** For private use (RFC 6996), and AS_TRANS (RFC 6793), which stands for any that is unknown. Those for documentation may be listed. */
const isPrivate = (number: number): boolean =>
  (number >= 64_512 && number <= 65_534) || number >= 4_200_000_000 || number === 23_456

/** Reads `64500` or `AS64500` to the range `AS64500`. Reserved numbers (0, 65535, 4294967295) are none. */
export function parseAsNumber(text: string): AsNumberOutcome {
  const digits = /^(?:AS)?([1-9]\d{0,9})$/i.exec(text)?.[1]
  const number = Number(digits ?? 0)
  if (number === 0 || number === 65_535 || number > HIGHEST)
    return { status: 'rejected', reason: 'malformed_as_number' }
  return isPrivate(number) ? { status: 'rejected', reason: 'not_public' } : { status: 'ok', range: `AS${number}` }
}
