// Audit entries about a signal as sentences without their subject.
import type { AuditEntry } from '@/lib/audit/model'
import { suppressionReference } from '@/lib/suppressions/model'
import { signalReference, VERDICTS, type Verdict } from '../model'
import { VERDICT_WORDS } from './describe-verdict'
import { plainText } from '@/lib/kernel/plain-text'

const LABEL_LIMIT = 120
/** Facts that are named when several were pinned at once. */
const NAMED = 3

/** One entry of a signal's history. `from` and `to` are statuses, severities or counts as text, where the entry has them. */
export interface DescribedEntry {
  text: string
  from: string | null
  to: string | null
  note: string | null
}

/**
 * | Action | Written by |
 * |---|---|
 * | opened, raised, absorbed, merged, shortened, lowered | the fold; `raised` raises the version too |
 * | status_changed, reopened, decided, verdict_withdrawn | a person, who raises the version with it |
 * | evidence_pinned, evidence_removed, note_added, handoff_acknowledged, claimed, claim_taken_over, claim_released, step_reviewed, step_unreviewed | a person |
 * | intel_withdrawn, intel_returned | the check after each change of intelligence |
 * Other actions, of later versions, are shown by their name.
 */
export function describeEntry({ action, detail }: Pick<AuditEntry, 'action' | 'detail'>): DescribedEntry {
  const from = textOf(detail.from)
  const to = textOf(detail.to)
  return { text: sentence(action, detail, from, to), from, to, note: textOf(detail.note) }
}

function sentence(action: string, detail: AuditEntry['detail'], from: string | null, to: string | null): string {
  switch (action) {
    case 'signal.opened': {
      const follows = typeof detail.followsId === 'number' ? `, follows ${signalReference(detail.followsId)}` : ''
      const how = detail.isRetroactive === true ? ' by intelligence learned later' : ''
      return `opened at ${word(textOf(detail.severity) ?? '')} with ${count(detail.eventCount)}${how}${follows}`
    }
    case 'signal.raised':
      return `raised from ${word(from ?? '')} to ${word(to ?? '')}: an API token was used`
    case 'signal.lowered':
      return `changed from ${word(from ?? '')} to ${word(to ?? '')}: a late event moved the stronger events to another signal`
    case 'signal.shortened':
      return `changed from ${from ?? '?'} to ${count(detail.to)}: a late event moved its start, and its end to another signal`
    case 'signal.merged':
      return `became part of ${reference(detail.into)} with ${count(detail.eventCount)}: a late event joined the two`
    case 'signal.absorbed':
      return `took in ${reference(detail.signalId)} with ${count(detail.eventCount)}: a late event joined the two`
    case 'signal.status_changed':
      return from === to ? 'added a note' : `changed status from ${status(from)} to ${status(to)}${withdrew(detail)}`
    case 'signal.reopened':
      return `reopened as ${status(to)}${withdrew(detail)}${newer(detail)}`
    case 'signal.decided':
      return decision(detail, to)
    case 'signal.verdict_withdrawn':
      return withdrawal(detail, to)
    case 'signal.evidence_pinned':
      return `pinned ${facts(detail.evidence)}`
    case 'signal.evidence_removed':
      return `removed ${fact(detail)}`
    case 'signal.note_added':
      return detail.kind === 'handoff' ? 'wrote a hand-off note' : 'added a note'
    case 'signal.handoff_acknowledged':
      return `took over from ${plainText(textOf(detail.by) ?? '?', LABEL_LIMIT)}`
    case 'signal.claimed':
      return 'claimed it'
    case 'signal.claim_taken_over':
      return `took it over from ${plainText(textOf(detail.after) ?? '?', LABEL_LIMIT)}, who had claimed it`
    case 'signal.claim_released':
      return 'gave the claim back'
    case 'signal.step_reviewed':
      return `reviewed step ${textOf(detail.step) ?? '?'}`
    case 'signal.step_unreviewed':
      return `took the mark off step ${textOf(detail.step) ?? '?'}`
    case 'signal.intel_withdrawn':
      return 'marked: intelligence withdrawn, nothing flags the address any more'
    case 'signal.intel_returned':
      return 'unmarked: intelligence flags the address again'
    default:
      return action.replace(/^signal\./, '').replaceAll('_', ' ')
  }
}

type Detail = AuditEntry['detail']

/** E.g. `gave the verdict benign, expected on E1, E2, suppressed as SUP-44, and closed it`. */
function decision(detail: Detail, to: string | null): string {
  const rests = Array.isArray(detail.evidence) && detail.evidence.length > 0 ? ` on ${detail.evidence.join(', ')}` : ''
  const instead = isVerdict(detail.replaced) ? ` instead of ${verdict(detail.replaced)}` : ''
  const original = typeof detail.duplicateOfId === 'number' ? ` of ${signalReference(detail.duplicateOfId)}` : ''
  const hidden =
    typeof detail.suppressionId === 'number' ? `, suppressed as ${suppressionReference(detail.suppressionId)}` : ''
  const end = to === 'closed' ? ', and closed it' : ', and handed it on'
  return `gave the verdict ${verdict(detail.verdict)}${original}${instead}${rests}${hidden}${end}`
}

function withdrawal(detail: Detail, to: string | null): string {
  const restored = isVerdict(detail.restored) ? `: ${verdict(detail.restored)} again` : ''
  return `undid the verdict ${verdict(detail.verdict)}${restored}, status ${status(to)}${suppression(detail)}${newer(detail)}`
}

function withdrew(detail: Detail): string {
  return isVerdict(detail.verdict)
    ? `, which withdrew the verdict ${verdict(detail.verdict)}${suppression(detail)}`
    : ''
}

/** What became of the suppression that was made with a verdict. */
function suppression({ suppressionId, isSuppressionEnded }: Detail): string {
  if (typeof suppressionId !== 'number') return ''
  return `; ${suppressionReference(suppressionId)} ${isSuppressionEnded === true ? 'ended' : 'stays'}`
}

/** Signals of the group that were opened while this one was closed. */
function newer({ newerIds }: Detail): string {
  if (!Array.isArray(newerIds) || newerIds.length === 0) return ''
  const names = newerIds.map(reference)
  return names.length === 1 ? `; ${names[0]} was opened after it` : `; ${names.join(', ')} were opened after it`
}

function facts(evidence: unknown): string {
  const all = Array.isArray(evidence) ? (evidence as Detail[]) : []
  const rest = all.length - NAMED
  return all.slice(0, NAMED).map(fact).join('; ') + (rest > 0 ? `; and ${rest} more` : '')
}

function fact({ number, label }: Detail): string {
  return `E${textOf(number) ?? '?'} ${plainText(textOf(label) ?? '', LABEL_LIMIT)}`.trim()
}

function isVerdict(value: unknown): value is Verdict {
  return VERDICTS.some((one) => one === value)
}

/** As part of a sentence: the first letter is small, that of VPN is not the first. */
function verdict(value: unknown): string {
  if (!isVerdict(value)) return '?'
  const words = VERDICT_WORDS[value]
  return words.charAt(0).toLowerCase() + words.slice(1)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
}

function reference(value: unknown): string {
  return typeof value === 'number' ? signalReference(value) : 'another signal'
}

function count(value: unknown): string {
  return value === 1 ? '1 event' : `${typeof value === 'number' ? value : '?'} events`
}

function word(severity: string): string {
  return severity.toUpperCase()
}

function status(value: string | null): string {
  return (value ?? '?').replaceAll('_', ' ')
}
