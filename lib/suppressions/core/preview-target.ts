// What a suppression would have hidden, had it been in force: every finding of a signal must be named, else the signal is shown still.
import type { RuleCase } from '@/lib/detections/model'
import type { SuppressionTarget } from '../model'
import { names } from './apply-suppressions'

/** A signal of the last days, as far as the preview needs it. */
export interface PreviewedSignal {
  ip: string
  actorId: string
  severity: 'medium' | 'high'
  /** What differs between its findings. */
  kinds: readonly { asNumber: number | null; tokenId: string | null; ruleCase: RuleCase }[]
}

export type Preview<S> = { signal: S; isHidden: true; why: '' } | { signal: S; isHidden: false; why: string }

/** Those of the signals that a target is about, in the order given, each hidden or shown still and why. */
export function previewTarget<S extends PreviewedSignal>(
  target: SuppressionTarget,
  signals: readonly S[],
): Preview<S>[] {
  return signals.flatMap((signal): Preview<S>[] => {
    const findings = signal.kinds.map(({ asNumber, tokenId, ruleCase }) => ({
      ip: signal.ip,
      actorId: signal.actorId,
      asNumber,
      ruleCase,
      token: tokenId === null ? null : { id: tokenId },
    }))
    // HIGH that is not named is worth saying, as far as the rest fits.
    const isAbout = findings.some((finding) => names(target, { ...finding, ruleCase: 2 }))
    if (!isAbout) return []
    if (findings.every((finding) => names(target, finding))) return [{ signal, isHidden: true, why: '' }]
    const isTokenUse = target.tokenId === null && findings.some(({ token }) => token !== null)
    return [{ signal, isHidden: false, why: isTokenUse ? 'API token use, HIGH' : elseOf(target) }]
  })
}

function elseOf(target: SuppressionTarget): string {
  return target.tokenId === null ? 'some of it came from another network' : 'some of it was not this token'
}
