// Words and marks of addresses as the screens say them. Pure.
import type { MarkShape, MarkTone } from '@/components/ui/mark'
import type { DayState } from '@/lib/intel/core/judge-day'
import type { Category } from '@/lib/intel/model'
import type { AddressVerdict } from '@/lib/timeline/model'

export const VERDICT: Readonly<Record<AddressVerdict, { word: string; shape: MarkShape; tone: MarkTone }>> = {
  malicious: { word: 'Malicious', shape: 'hexagon', tone: 'high' },
  suspicious: { word: 'Suspicious', shape: 'half', tone: 'medium' },
  benign: { word: 'Known good', shape: 'check', tone: 'benign' },
  listed: { word: 'Listed, neutral', shape: 'ring', tone: 'ink' },
  not_listed: { word: 'Not listed', shape: 'ring', tone: 'muted' },
  unknown: { word: 'Cannot tell', shape: 'question', tone: 'muted' },
}

export const STATE_WORD: Readonly<Record<DayState, string>> = {
  listed: 'listed',
  listed_stale: 'listed, feed stale',
  told_later: 'listed, but we learned it later',
  not_listed: 'checked, not listed',
  failed: 'feed failed: unknown',
  not_fetched: 'not fetched: unknown',
}

/** Categories whose badge is that of a threat; the others are told in ink. */
const THREATS: ReadonlySet<Category> = new Set([
  'command_and_control',
  'malware',
  'botnet',
  'tor',
  'brute_force',
  'malicious',
])

export function isThreat(category: Category): boolean {
  return THREATS.has(category)
}

/** Where the page of an address is; a signal chooses whose event and alert its verdicts speak of. */
export function ipHref(ip: string, signalId: number | null = null): string {
  return `/ips/${ip}${signalId === null ? '' : `?signal=SIG-${signalId}`}`
}

/** `hourly`, `every 5 min`, `daily`, `from files`. */
export function cadenceWord(seconds: number | null): string {
  if (seconds === null) return 'from files'
  if (seconds === 3600) return 'hourly'
  if (seconds === 86_400) return 'daily'
  if (seconds === 604_800) return 'weekly'
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`
  if (seconds % 3600 === 0) return `${seconds / 3600} h`
  return `${Math.round(seconds / 60)} min`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A UTC day such as `2026-11-22` as `22 Nov`. */
export function shortDay(day: string): string {
  return `${Number(day.slice(8, 10))} ${MONTHS[Number(day.slice(5, 7)) - 1]}`
}

/** The month of a UTC day, `Nov`. */
export function monthOf(day: string): string {
  return MONTHS[Number(day.slice(5, 7)) - 1] ?? ''
}
