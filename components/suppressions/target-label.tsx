// What a suppression names. Names come from events, so each is isolated by itself: none can turn the words around it.
import type { SuppressionView } from '@/lib/suppressions/contract'
import { networkLabel } from '@/lib/suppressions/core/describe-suppression'

export interface TargetLabelProps {
  target: Pick<SuppressionView, 'scope' | 'actorId' | 'actorLabel' | 'asNumber' | 'asOrg' | 'range' | 'tokenId'>
  /** On one line; of an account and a network that are too long, both are cut. */
  isCut?: boolean
}

/** The same words as `label` of the API. */
export function TargetLabel({ target, isCut = false }: TargetLabelProps) {
  const { scope, actorId, actorLabel, asNumber, asOrg, range, tokenId } = target
  const who =
    scope === 'org_network' ? 'Everyone' : scope === 'token' ? `API token ${tokenId}` : (actorLabel ?? actorId)
  const where = range ?? (asNumber === null ? 'a network that is not known' : networkLabel(asNumber, asOrg))
  const part = isCut ? 'min-w-16 truncate' : 'break-words'
  return (
    <span className={isCut ? 'flex min-w-0 gap-[0.5ch]' : ''}>
      <bdi className={part}>{who}</bdi> <span className="flex-none">from</span> <bdi className={part}>{where}</bdi>
    </span>
  )
}
