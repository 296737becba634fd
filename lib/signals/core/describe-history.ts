// Audit entries about a signal as sentences without their subject.
import type { AuditEntry } from '@/lib/audit/model'
import { signalReference } from '../model'

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
 * | opened, raised, absorbed, merged, shortened, lowered | the fold |
 * | status_changed | a person |
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
      return from === to ? 'added a note' : `changed status from ${status(from)} to ${status(to)}`
    case 'signal.intel_withdrawn':
      return 'marked: intelligence withdrawn, nothing flags the address any more'
    case 'signal.intel_returned':
      return 'unmarked: intelligence flags the address again'
    default:
      return action.replace(/^signal\./, '').replaceAll('_', ' ')
  }
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
