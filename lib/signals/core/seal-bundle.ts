// The evidence bundle of a case: one text with what a verdict rests on, and the hash of exactly that text. Invariant: the same case gives
// the same text, whoever asks and whenever, so anybody can repeat the hash over the file: `sha256sum SIG-1042-evidence.json`.
import { createHash } from 'node:crypto'
import { canonicalJson } from '@/lib/audit/core/canonical-json'
import type { HistoryEntry, SignalDetail, SignalEventItem } from '../contract/signal'
import type { CaseVerdict, SignalNote } from '../contract/triage'
import type { EvidenceCopy } from '../model'

/** Raised whenever the same case would give another text. */
export const BUNDLE_VERSION = 1

/** What the bundle is made of. Nothing in it depends on when, or by whom, it is made. */
export interface BundleContent {
  signal: SignalDetail
  /** Oldest first; all, or the first of them: `eventCount` of the signal tells. */
  events: readonly SignalEventItem[]
  /** Everything that was ever pinned, with the copies of pinned events. */
  evidence: readonly EvidenceCopy[]
  /** The event that decided severity and kind, as received; null where no copy is left. */
  decidingEvent: string | null
}

export interface SealedBundle {
  /** Canonical JSON: keys in code-unit order, no blanks, UTF-8, no line break at the end. */
  text: string
  /** SHA-256 of the bytes of `text`, hex. */
  sha256: string
  bytes: number
}

/** The text of a case's evidence and its hash. */
export function sealBundle(content: BundleContent): SealedBundle {
  const { signal, events, evidence, decidingEvent } = content
  const text = canonicalJson({
    format: 'sallyport-evidence',
    version: BUNDLE_VERSION,
    signal: factsOf(signal),
    conditions: signal.conditions,
    intelligence: signal.intelligence,
    events,
    decidingEvent: { uuid: signal.decidingEventUuid, raw: decidingEvent },
    evidence,
    verdicts: signal.verdicts.map(verdictOf),
    notes: signal.notes.map(noteOf),
    history: signal.history.map(entryOf),
  })
  const bytes = Buffer.from(text, 'utf8')
  return { text, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }
}

/** What is stored about the signal itself; not what depends on the clock, such as a claim, or on later signals. */
function factsOf(signal: SignalDetail) {
  const { reference, severity, kind, status, verdict, ruleCase, ruleId, ruleVersion, intentPolicy, policyVersion } =
    signal
  const { title, sentence, actor, ip, asNumber, asOrg, country, firstSeen, lastSeen, eventCount, tokens, sessions } =
    signal
  const { isRetroactive, openedAt, raisedAt } = signal
  return {
    ...{ reference, severity, kind, status, verdict, ruleCase, ruleId, ruleVersion, intentPolicy, policyVersion },
    ...{ title, sentence, actor, ip, asNumber, asOrg, country, firstSeen, lastSeen, eventCount, tokens, sessions },
    ...{ isRetroactive, openedAt, raisedAt },
  }
}

// Named one by one: a member that the API gains later must not change the hash of a case that did not change.

function verdictOf({ verdict, rationale, note, evidence, suggested, ...rest }: CaseVerdict) {
  const { duplicateOfId, suppressionId, decidedAt, decidedByName, withdrawnAt, withdrawnByName } = rest
  return {
    ...{ verdict, rationale, note, evidence, suggested, duplicateOfId, suppressionId },
    ...{ decidedAt, decidedByName, withdrawnAt, withdrawnByName },
  }
}

function noteOf({ kind, body, createdAt, authorName, acknowledgedAt, acknowledgedByName }: SignalNote) {
  return { kind, body, createdAt, authorName, acknowledgedAt, acknowledgedByName }
}

function entryOf({ at, actor, action, text, from, to, note }: HistoryEntry) {
  return { at, actor, action, text, from, to, note }
}
