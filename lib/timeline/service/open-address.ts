// What every answer about an address starts from: its canonical form, its network, the signal that is meant, and what feeds ever said.
import { sql } from '@/lib/db/database'
import { findNetwork } from '@/lib/intel/service/find-network'
import { readMatrix, type FeedMatrix } from '@/lib/intel/service/read-matrix'
import { now as clock } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'
import { embeddedIpv4 } from '@/lib/kernel/ip-address'
import { listAddressSignals } from '@/lib/signals/service/list-address-signals'
import type { AddressSignal } from '../contract/address'
import { readAddressText } from '../core/read-address-text'
import { findLatestNetwork, readOrgLog, type OrgLog } from '../store/address'

const SIGNALS = 50

export interface AddressNetwork {
  asNumber: number | null
  asOrg: string | null
  country: string | null
  city: string | null
  /** Who named the network; null where nobody did. */
  source: 'okta' | 'database' | null
}

export interface OpenAddress {
  orgId: string
  /** Canonical. */
  ip: string
  /** The IPv4 address inside a 6to4 or NAT64 address. */
  carries: string | null
  now: Date
  log: OrgLog
  network: AddressNetwork
  /** Newest first. */
  signals: AddressSignal[]
  signalsTotal: number
  /** The one whose event and alert are meant: the one asked for, else the newest. */
  signal: AddressSignal | null
  matrix: FeedMatrix
}

/** The address a person wrote. @throws AppError invalid_input with what to type instead */
export function requireAddress(text: string): string {
  const read = readAddressText(text)
  if (read.status === 'invalid') {
    throw new AppError('invalid_input', read.message, { issues: [{ path: 'ip', message: 'is no IP address' }] })
  }
  return read.ip
}

/** @throws AppError invalid_input (no address), not_found (a signal of another address) */
export async function openAddress(
  orgId: string,
  text: string,
  signalId: number | null,
  dayCount: number,
): Promise<OpenAddress> {
  const ip = requireAddress(text)
  const now = clock()
  const [log, network, found] = await Promise.all([
    readOrgLog(sql(), orgId),
    readAddressNetwork(orgId, ip),
    listAddressSignals(orgId, ip, SIGNALS, signalId),
  ])
  const signals = found.signals.map(toAddressSignal)
  const signal = signalId === null ? (signals[0] ?? null) : signals.find(({ id }) => id === signalId)
  if (signal === undefined) throw new AppError('not_found', `There is no signal SIG-${signalId} of ${ip}.`)
  const matrix = await readMatrix({
    ...{ orgId, ip, asNumber: network.asNumber, dayCount, now },
    eventAt: signal && new Date(signal.firstSeen),
    alertAt: signal && new Date(signal.openedAt),
  })
  return {
    ...{ orgId, ip, carries: embeddedIpv4(ip), now, log, network, signals: signals.slice(0, SIGNALS) },
    ...{ signalsTotal: found.total, signal, matrix },
  }
}

/** The network as Okta named it last, else as the database of networks has it. */
export async function readAddressNetwork(orgId: string, ip: string): Promise<AddressNetwork> {
  const latest = await findLatestNetwork(sql(), orgId, ip)
  const place = { country: latest?.country ?? null, city: latest?.city ?? null }
  if (latest?.asNumber != null || latest?.asOrg != null) {
    const asNumber = latest.asNumber === null ? null : Number(latest.asNumber)
    return { ...place, asNumber, asOrg: latest.asOrg, source: 'okta' }
  }
  const known = await findNetwork(orgId, ip)
  if (known === null) return { ...place, asNumber: null, asOrg: null, source: null }
  return { ...place, asNumber: known.asNumber, asOrg: known.asOrg, source: 'database' }
}

type Presented = Awaited<ReturnType<typeof listAddressSignals>>['signals'][number]

function toAddressSignal({
  id,
  reference,
  title,
  severity,
  status,
  actor,
  firstSeen,
  lastSeen,
  openedAt,
  eventCount,
}: Presented): AddressSignal {
  return {
    ...{ id, reference, title, severity, status, firstSeen, lastSeen, openedAt, eventCount },
    ...{ actorId: actor.id, actorLogin: actor.login, actorName: actor.name },
  }
}
