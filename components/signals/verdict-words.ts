// Verdicts in words and marks, in the order in which they are offered. Pure.
import type { MarkShape, MarkTone } from '@/components/ui/mark'
import type { Weight } from '@/lib/runbook/model'
import { VERDICTS, type Verdict } from '@/lib/signals/model'

interface VerdictWords {
  /** As it is chosen and shown. */
  long: string
  /** For rows of lists. */
  short: string
  /** Within a sentence. */
  inText: string
  mark: MarkShape
  tone: MarkTone
  /** What saving it does. */
  effect: string
}

export const VERDICT_WORDS: Readonly<Record<Verdict, VerdictWords>> = {
  malicious: {
    long: 'Malicious',
    short: 'Malicious',
    inText: 'malicious',
    mark: 'hexagon',
    tone: 'high',
    effect: 'Closes the signal.',
  },
  suspicious_escalated: {
    long: 'Suspicious, escalate',
    short: 'Escalated',
    inText: 'suspicious, escalated',
    mark: 'half',
    tone: 'medium',
    effect: 'Hands the signal on, in review.',
  },
  benign_expected: {
    long: 'Benign, expected',
    short: 'Benign, expected',
    inText: 'benign, expected',
    mark: 'check',
    tone: 'benign',
    effect: 'Closes the signal.',
  },
  benign_vpn: {
    long: 'Benign, VPN or privacy tool',
    short: 'Benign, VPN',
    inText: 'benign, VPN or privacy tool',
    mark: 'check',
    tone: 'benign',
    effect: 'Closes the signal.',
  },
  duplicate: {
    long: 'Duplicate',
    short: 'Duplicate',
    inText: 'duplicate',
    mark: 'copies',
    tone: 'muted',
    effect: 'Closes the signal.',
  },
  cannot_tell: {
    long: 'Cannot tell',
    short: 'Cannot tell',
    inText: 'cannot tell',
    mark: 'question',
    tone: 'muted',
    effect: 'Closes the signal.',
  },
}

/** The fixed words of certainty, behind a verdict: `Malicious, likely`. */
export const STRENGTH_WORD: Readonly<Record<Weight, string>> = {
  none: '',
  possible: 'possible',
  likely: 'likely',
  confirmed: 'confirmed',
}

/** Which way a verdict leans; neither for those that judge nothing. */
export function sideOf(verdict: Verdict): 'malicious' | 'benign' | 'neither' {
  if (verdict === 'malicious' || verdict === 'suspicious_escalated') return 'malicious'
  return verdict === 'benign_expected' || verdict === 'benign_vpn' ? 'benign' : 'neither'
}

/** A verdict as other slices pass it on, i.e. as text; null where this version does not know it. */
export function verdictOf(text: string | null): Verdict | null {
  return VERDICTS.find((one) => one === text) ?? null
}
