// Verdicts in words, and the rationale of one, written from its evidence.
import { signalReference, type Verdict } from '../model'
import { plainText } from '@/lib/kernel/plain-text'

/** What people call a verdict. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  malicious: 'Malicious',
  suspicious_escalated: 'Suspicious, escalated',
  benign_expected: 'Benign, expected',
  benign_vpn: 'Benign, VPN or privacy tool',
  duplicate: 'Duplicate',
  cannot_tell: 'Cannot tell',
}

/** Facts that a rationale says in words; it names the others by their number. */
const IN_WORDS = 12
const LABEL_LIMIT = 160

/**
 * Why, e.g. `Malicious: E1 Tor exit on 22 Nov 2026; E3 factor added 4 min after the sign-in.` Labels are text that came from events: they
 * are kept on one line and cut, so that none can hide or reorder another.
 */
export function writeRationale(
  verdict: Verdict,
  evidence: readonly { number: number; label: string }[],
  duplicateOfId: number | null,
): string {
  const head = duplicateOfId === null ? VERDICT_WORDS[verdict] : `Duplicate of ${signalReference(duplicateOfId)}`
  const said = evidence.slice(0, IN_WORDS).map(({ number, label }) => `E${number} ${plainText(label, LABEL_LIMIT)}`)
  const others = evidence.slice(IN_WORDS)
  return `${head}: ${said.join('; ')}${others.length > 0 ? `; also ${citeNumbers(others)}` : ''}.`
}

/** E.g. `E1, E2 and E5`. */
export function citeNumbers(evidence: readonly { number: number }[]): string {
  const names = evidence.map(({ number }) => `E${number}`)
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
