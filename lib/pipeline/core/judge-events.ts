// Match and decide for many events: the pure middle of the pipeline, shared by polling, import, replay and retro-match.
import { judgeEvent } from '@/lib/detections/core/judge-event'
import type { Finding, NoFindingReason, RuleSettings } from '@/lib/detections/model'
import type { IntelIndex } from '@/lib/intel/core/intel-index'
import { matchEvent } from '@/lib/intel/core/match-event'
import type { IntelMatch } from '@/lib/intel/model'
import type { LogEvent } from '@/lib/okta/model'

export interface MatchedEvent {
  event: LogEvent
  matches: IntelMatch[]
}

/** Every indicator that covers an address of each event, in the order of the events. */
export function matchEvents(index: IntelIndex, events: readonly LogEvent[]): MatchedEvent[] {
  return events.map((event) => ({ event, matches: matchEvent(index, event) }))
}

export interface Judged {
  findings: Finding[]
  /** Events without a finding, by reason. */
  dropped: Partial<Record<NoFindingReason, number>>
}

/** Judges each event by the rule; counts why the others raised nothing. */
export function judgeEvents(matched: readonly MatchedEvent[], settings: RuleSettings): Judged {
  const findings: Finding[] = []
  const dropped: Judged['dropped'] = {}
  for (const { event, matches } of matched) {
    const judgement = judgeEvent({ event, matches, settings })
    if (judgement.status === 'finding') findings.push(judgement.finding)
    else dropped[judgement.reason] = (dropped[judgement.reason] ?? 0) + 1
  }
  return { findings, dropped }
}
