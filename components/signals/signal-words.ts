// Words of signals as the screens say them. Pure.
import type { SignalKind } from '@/lib/detections/model'
import type { Category } from '@/lib/intel/model'
import { CATEGORY_WORDS } from '@/lib/signals/core/describe-signal'
import type { SignalListItem } from '@/lib/signals/contract/signal'
import type { SignalStatus } from '@/lib/signals/model'

export const STATUS_WORD: Readonly<Record<SignalStatus, string>> = {
  open: 'Open',
  in_review: 'In review',
  closed: 'Closed',
  merged: 'Merged',
}

export const KIND_WORD: Readonly<Record<SignalKind, string>> = {
  api_token: 'API token',
  interactive_login: 'Interactive login',
  session_activity: 'Session activity',
}

/** How people call the account: the login of a person, the name of an app (its login is an id). */
export function actorLabel({ id, login, name, type }: SignalListItem['actor']): string {
  const isPerson = type === null || type === 'User'
  return (isPerson ? (login ?? name) : (name ?? login)) ?? id
}

/** `AS64500 Example Relay · NL`; says so where Okta gave none. */
export function networkLabel(row: { asNumber: number | null; asOrg: string | null; country: string | null }): string {
  const network = [row.asNumber === null ? null : `AS${row.asNumber}`, row.asOrg].filter(Boolean).join(' ')
  return [network || 'network not given', row.country].filter(Boolean).join(' · ')
}

/** `1 event`, `12 400 events`; digits grouped by a narrow blank. */
export function formatCount(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** `12 400`. */
export function formatNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f')
}

/** The number in `SIG-1042`, `sig-1042` or `1042`; null for anything else. */
export function parseReference(text: string): number | null {
  const digits = /^(?:sig-)?(\d{1,10})$/i.exec(text.trim())?.[1]
  const id = digits ? Number(digits) : 0
  return id > 0 && id <= 2_147_483_647 ? id : null
}

/** A category in words; one that this version does not know stays as the feed wrote it. */
export function categoryWord(category: string): string {
  return CATEGORY_WORDS[category as Category]?.label ?? category
}

/** The reason as the API joins it, taken apart for two lines: categories, and the feeds that name them. */
export function splitWhy(why: string): { categories: string; feeds: string } {
  const parts = why.split(' · ').map((part) => part.split(': '))
  const feeds = parts.flatMap(([, names]) => names?.split(', ') ?? [])
  return { categories: parts.map(([category]) => category).join(', '), feeds: [...new Set(feeds)].join(', ') }
}
