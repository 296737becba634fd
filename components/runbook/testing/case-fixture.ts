// What the steps of the invented signal have in common: its address, its instants, its events.
import type { RunbookEvent } from '@/lib/runbook/contract/answer'
import type { EvidenceRef } from '@/lib/signals/model'

export const SIGNAL_IP = '198.51.100.7'
export const FIRST_SEEN = '2026-11-22T07:31:12.000Z'
export const READ_AT = '2026-11-22T08:52:00.000Z'

export const complete = { isComplete: true, gaps: [] }
export const evidence = (step: number, kind: EvidenceRef['kind'], ref: string, label: string): EvidenceRef => ({
  kind,
  ref,
  step,
  label,
  at: FIRST_SEEN,
})
export const at = (clock: string) => `2026-11-22T${clock.length === 5 ? `${clock}:00` : clock}.000Z`
export const uuid = (number: number) => `7d1c9d2e-0000-4000-8000-${String(number).padStart(12, '0')}`

export const event = (
  number: number,
  clock: string,
  eventType: string,
  eventClass: RunbookEvent['eventClass'],
  targets: string[] = [],
): RunbookEvent => ({
  uuid: uuid(number),
  at: at(clock),
  eventType,
  eventClass,
  outcome: 'SUCCESS',
  actorId: '00uDana',
  actorLogin: 'dana.okafor@example.com',
  ip: SIGNAL_IP,
  sessionId: null,
  tokenId: '00T4kExampleTokenId9xQ',
  targets,
  isAfter: true,
})
