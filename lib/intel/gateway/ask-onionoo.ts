// Onionoo: what the Tor Project knows about relays at an address. https://metrics.torproject.org/onionoo.html
import { z } from 'zod'
import { canonicalIp } from '@/lib/kernel/ip-address'
import type { TorRelay } from '../core/describe-tor-history'
import { askJson, flag, readAs, text, texts, type AskConfig, type AskOutcome } from './ask-json'

const Details = z.object({
  relays: z.array(
    z.object({
      nickname: text,
      or_addresses: texts,
      exit_addresses: texts,
      flags: texts,
      first_seen: text,
      last_seen: text,
      running: flag,
    }),
  ),
})

const FIELDS = 'nickname,or_addresses,exit_addresses,flags,first_seen,last_seen,running'

/** Relays of the last week at exactly this address. The search of Onionoo matches beginnings, so it gives more. */
export async function askOnionoo(
  ip: string,
  config: AskConfig,
): Promise<{ status: 'relays'; relays: TorRelay[] } | { status: 'failed'; outcome: AskOutcome }> {
  const search = ip.includes(':') ? `[${ip}]` : ip
  const query = new URLSearchParams({ search, limit: '200', fields: FIELDS })
  const outcome = await askJson(`/details?${query}`, config, null)
  if (outcome.status === 'failed') return outcome
  if (outcome.status === 'not_found') return { status: 'relays', relays: [] }
  const read = readAs(Details, outcome.value)
  if (read.status === 'failed') return read
  const relays = read.data.relays.filter(({ or_addresses: or, exit_addresses: exit }) =>
    [...(or ?? []).map(withoutPort), ...(exit ?? [])].some((address) => canonicalIp(address) === ip),
  )
  return {
    status: 'relays',
    relays: relays.map(({ nickname, flags, running, first_seen: firstSeen, last_seen: lastSeen }) => ({
      nickname: nickname ?? null,
      isExit: flags?.includes('Exit') ?? false,
      isRunning: running ?? false,
      firstSeen: firstSeen ?? null,
      lastSeen: lastSeen ?? null,
    })),
  }
}

/** `198.51.100.8:9001` and `[2001:db8::1]:9001`. */
function withoutPort(address: string): string {
  return address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
}
