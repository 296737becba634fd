// What accepting a held run would mean for open signals.
import { sql } from '@/lib/db/database'
import type { Severity } from '@/lib/detections/model'
import { matchSubject } from '@/lib/intel/core/match-subject'
import { loadIndex } from '@/lib/intel/service/load-index'
import { readHeldRun, type HeldRun } from '@/lib/intel/service/read-held-run'
import { listHeldOpinions, type HeldOpinion } from '@/lib/intel/store/held-difference'
import { now as clock } from '@/lib/kernel/clock'
import { embeddedIpv4 } from '@/lib/kernel/ip-address'
import type { SignalStatus } from '@/lib/signals/model'
import { listActiveSignals, listActiveSubjects, type SignalSubject } from '@/lib/signals/store/withdrawn-signal'
import { judgeLoss } from '../core/judge-loss'

export interface HeldImpact extends HeldRun {
  /** Open signals that the feed flags now and would flag no more, HIGH first, then by number; at most 200. */
  relyingSignals: Array<{
    id: number
    severity: Severity
    status: Extract<SignalStatus, 'open' | 'in_review'>
    /** Nothing else that its policy counts would flag it: it would read "intelligence withdrawn". */
    losesAll: boolean
  }>
}

const MAX_SIGNALS = 200

/** The run of a feed that waits, with the open signals that rest on what it would remove; null if none waits. */
export async function readHeldImpact(input: {
  orgId: string
  feedId: string
  sampleSize?: number
}): Promise<HeldImpact | null> {
  const held = await readHeldRun(input)
  if (held === null) return null
  return { ...held, relyingSignals: held.removed === 0 ? [] : await findRelying(input.orgId, held) }
}

async function findRelying(orgId: string, { feedId, run }: HeldRun): Promise<HeldImpact['relyingSignals']> {
  const named = await findNamed(orgId, feedId)
  if (named.length === 0) return []
  const ips = [...new Set(named.flatMap(({ subject }) => formsOf(subject.ip)))]
  const asNumbers = named.flatMap(({ subject }) => subject.asNumber ?? [])
  const coming = groupOpinions(await listHeldOpinions(sql(), orgId, run.runId, { ips, asNumbers }))
  const losses = new Map<string, 'some' | 'all'>()
  const losing = named.flatMap(({ subject, own, others }) => {
    const said = keysOf(subject).flatMap((key) => coming.get(key) ?? [])
    const loss = judgeLoss({ own, others, coming: said }, subject.intentPolicy)
    if (loss === 'nothing') return []
    losses.set(nameOf(subject), loss)
    return [subject]
  })
  const signals = losing.length === 0 ? [] : await listActiveSignals(sql(), orgId, losing, MAX_SIGNALS)
  return signals.map(({ id, severity, status, ...subject }) => {
    return { id, severity, status, losesAll: losses.get(nameOf(subject)) === 'all' }
  })
}

/** Addresses of open signals that the feed names now, with what it says and what the others say. */
async function findNamed(orgId: string, feedId: string) {
  const { index } = await loadIndex(orgId)
  const now = clock()
  return (await listActiveSubjects(sql(), orgId)).flatMap((subject) => {
    const matches = matchSubject(index, subject, now)
    const own = matches.filter((match) => match.feedId === feedId)
    const others = matches.filter((match) => match.feedId !== feedId)
    return own.length === 0 ? [] : [{ subject, own, others }]
  })
}

/** The address, and the IPv4 address it carries: both are looked up. */
function formsOf(ip: string): string[] {
  const carried = embeddedIpv4(ip)
  return carried === null ? [ip] : [ip, carried]
}

function keysOf({ ip, asNumber }: SignalSubject): string[] {
  return [...formsOf(ip), ...(asNumber === null ? [] : [`AS${asNumber}`])]
}

function nameOf({ ip, asNumber, intentPolicy }: SignalSubject): string {
  return `${ip} ${asNumber} ${intentPolicy}`
}

function groupOpinions(opinions: readonly HeldOpinion[]): Map<string, HeldOpinion[]> {
  const groups = new Map<string, HeldOpinion[]>()
  for (const opinion of opinions) {
    const key = opinion.ip ?? `AS${opinion.asNumber}`
    const group = groups.get(key)
    if (group) group.push(opinion)
    else groups.set(key, [opinion])
  }
  return groups
}
