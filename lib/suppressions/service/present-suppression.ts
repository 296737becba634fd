// Stored suppressions as the API shows them; `contract.ts` has the schemas that these must meet.
import { CASES } from '@/lib/detections/model'
import type { HiddenFindingView, SuppressionView } from '../contract'
import { describeTarget, stateOf } from '../core/describe-suppression'
import { suppressionReference, type Suppression } from '../model'
import type { HiddenFinding } from '../store/suppressed-finding'

/** One row of the list. */
export function presentSuppression(suppression: Suppression, hiddenToday: number, now: Date): SuppressionView {
  const { id, scope, actorId, actorLabel, asNumber, asOrg, range, tokenId, reason, note, signalId } = suppression
  const { startsAt, endsAt, endedAt, endedByName, createdAt, ownerId, ownerName, hidden, lastMatchAt } = suppression
  return {
    id,
    reference: suppressionReference(id),
    label: describeTarget(suppression),
    ...{ scope, actorId, actorLabel, asNumber, asOrg, range, tokenId, reason, note, signalId },
    state: stateOf(suppression, now),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    lastMatchAt: lastMatchAt?.toISOString() ?? null,
    ...{ endedByName, ownerId, ownerName, hidden, hiddenToday },
  }
}

/** One finding that was hidden. */
export function presentHidden({ published, ruleCase, ...rest }: HiddenFinding): HiddenFindingView {
  return { ...rest, at: published.toISOString(), severity: CASES[ruleCase].severity }
}
