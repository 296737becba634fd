// What an account usually does, from sums of its successes by day: networks, countries, clients, kinds of network, hours of the week.
// Invariant: shares are of the events that gave the value; what Okta did not give is no value.
import type { Coverage } from '@/lib/okta/model'
import { plainText } from '@/lib/kernel/plain-text'
import type { BaselineDimension, BaselineValue } from '../contract/steps'
import type { BaselineRows, SearchWindow } from '../model'
import { nameNetworkType, type NetworkType } from './network-type'

const DAY_MS = 86_400_000
const BASELINE_DAYS = 90
/** With less than this stored whole before the signal, the baseline is the usual one with its gaps. */
const LEAST_DAYS = 28
const TOP = 10
const HOURS_OF_WEEK = 168
const MAX_NAME = 80
/** A network is usual from so many days, or so large a share, on. */
const USUAL_DAYS = 3
const USUAL_SHARE = 0.05

/** The use in question; null where Okta gave no value. */
export interface CurrentUse {
  asNumber: number | null
  asOrg: string | null
  country: string | null
  os: string | null
  browser: string | null
  networkType: NetworkType | null
}

/** The 90 days before an instant; shorter, but at least 28 days, where only their end is stored whole. */
export function chooseWindow(
  until: Date,
  coverageOf: (window: SearchWindow) => Coverage,
): { window: SearchWindow; coverage: Coverage } {
  const daysBefore = (days: number) => new Date(until.getTime() - days * DAY_MS)
  const window = { from: daysBefore(BASELINE_DAYS), to: until }
  const coverage = coverageOf(window)
  if (coverage.isComplete) return { window, coverage }
  const from = coverage.gaps.reduce((latest, { to }) => (to > latest ? to : latest), window.from)
  if (from > daysBefore(LEAST_DAYS)) return { window, coverage }
  const shorter = { from, to: until }
  const shorterCoverage = coverageOf(shorter)
  return shorterCoverage.isComplete ? { window: shorter, coverage: shorterCoverage } : { window, coverage }
}

/** Whole days of a window. */
export function daysOf({ from, to }: SearchWindow): number {
  return Math.round((to.getTime() - from.getTime()) / DAY_MS)
}

/** Network, country, client and kind of network, each with the value of this use. */
export function buildDimensions(
  rows: BaselineRows,
  types: ReadonlyArray<{ type: NetworkType; events: number }>,
  current: CurrentUse,
): BaselineDimension[] {
  const { asNumber, asOrg, country, networkType } = current
  const client = nameClient(current.os, current.browser)
  return [
    buildDimension(
      'network',
      rows.networks
        .filter((row) => row.asNumber > 0)
        .map((row) => ({ ...row, value: String(row.asNumber), label: nameNetwork(row.asNumber, row.asOrg) })),
      asNumber === null ? null : { value: String(asNumber), label: nameNetwork(asNumber, asOrg) },
    ),
    buildDimension(
      'country',
      rows.countries.map(({ country: value, events }) => ({ value, label: plainText(value, MAX_NAME), events })),
      country === null ? null : { value: country, label: plainText(country, MAX_NAME) },
    ),
    buildDimension(
      'client',
      rows.clients.map(({ os, browser, events }) => ({ ...named(nameClient(os, browser) ?? ''), events })),
      client === null ? null : named(client),
    ),
    buildDimension(
      'network_type',
      types.map(({ type, events }) => ({ value: type, label: nameNetworkType(type), events })),
      networkType === null ? null : { value: networkType, label: nameNetworkType(networkType) },
    ),
  ]
}

function named(label: string): { value: string; label: string } {
  return { value: label, label }
}

function buildDimension(
  name: BaselineDimension['name'],
  rows: ReadonlyArray<{ value: string; label: string; events: number }>,
  own: { value: string; label: string } | null,
): BaselineDimension {
  const values = new Map<string, { label: string; events: number }>()
  let total = 0
  for (const { value, label, events } of rows) {
    if (value === '') continue
    total += events
    values.set(value, { label, events: (values.get(value)?.events ?? 0) + events })
  }
  const shareOf = (events: number) => (total === 0 ? 0 : events / total)
  const ranked: BaselineValue[] = [...values]
    .map(([value, { label, events }]) => ({ value, label, events, share: shareOf(events) }))
    .sort((a, b) => b.events - a.events || (a.value < b.value ? -1 : 1))
  const top = ranked.slice(0, TOP)
  if (own === null) return { name, top, current: null, isFirstTime: null }
  const found = ranked.find(({ value }) => value === own.value)
  return {
    ...{ name, top },
    current: found ?? { ...own, events: 0, share: 0 },
    isFirstTime: total === 0 ? null : found === undefined,
  }
}

/** E.g. `AS64496 Example Corp`. */
export function nameNetwork(asNumber: number, asOrg: string | null): string {
  return asOrg ? `AS${asNumber} ${plainText(asOrg, MAX_NAME)}` : `AS${asNumber}`
}

/** E.g. `Mac OS, Chrome`: without versions, because an update is no other device. Null where neither is given. */
export function nameClient(os: string | null, browser: string | null): string | null {
  const family = os && (os.replace(/[\s(]*\d.*$/, '') || os)
  const program = browser && browser.toLowerCase().replace(/_/g, ' ')
  const parts = [family, program && program.charAt(0).toUpperCase() + program.slice(1)]
    .map((part) => plainText(part ?? '', MAX_NAME))
    .filter((part) => part !== '')
  return parts.length === 0 ? null : parts.join(', ')
}

/** Numbers of the networks that the account uses usually: on three days, or for a twentieth of what it does. */
export function usualNetworks({ networks, events }: BaselineRows): Set<number> {
  const usual = networks.filter((row) => row.days >= USUAL_DAYS || row.events >= USUAL_SHARE * events)
  return new Set(usual.map(({ asNumber }) => asNumber))
}

/** In how many weeks there was activity, by hour of the week, UTC, Monday 00:00 first. */
export function buildHours(rows: BaselineRows, window: SearchWindow) {
  const weeks = Array<number>(HOURS_OF_WEEK).fill(0)
  for (const { day, hours } of rows.days) {
    const first = dayOfWeek(new Date(day)) * 24
    for (let hour = 0; hour < 24; hour++) if (hours & (1 << hour)) weeks[first + hour]!++
  }
  return {
    weeks,
    of: Math.max(1, Math.ceil(daysOf(window) / 7)),
    hour: dayOfWeek(window.to) * 24 + window.to.getUTCHours(),
  }
}

/** Monday is 0. */
function dayOfWeek(at: Date): number {
  return (at.getUTCDay() + 6) % 7
}
