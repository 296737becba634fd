// GET /lookups/…: services that are asked about one address, each in the form of the real one.
import { describeAddress, type AddressFacts } from '../core/address-facts'
import type { JsonObject } from '../model'
import { json, type Answer } from './answer'

/** Answers `/lookups/{abuseipdb|greynoise|internetdb|onionoo}/…`. @param at ms since 1970 */
export function answerLookup(url: URL, at: number): Answer {
  const [, , provider, ...rest] = url.pathname.split('/')
  const path = decodeURIComponent(rest.join('/'))
  switch (provider) {
    case 'abuseipdb':
      return json({ data: abuseOf(url.searchParams.get('ipAddress') ?? '', at) })
    case 'greynoise':
      return scanOf(path, at)
    case 'internetdb':
      return hostOf(path)
    case 'onionoo':
      return json({
        version: '8.0',
        relays: relaysOf((url.searchParams.get('search') ?? '').replace(/^\[|\]$/g, ''), at),
        bridges: [],
      })
    default:
      return json({ error: 'No such provider' }, 404)
  }
}

/** As they refuse who asks too often. */
export function refuseLookup(seconds = 2): Answer {
  return json({ error: 'Too many requests' }, 429, { 'retry-after': String(seconds) })
}

function abuseOf(ip: string, at: number): JsonObject {
  const { reports, isTor, owner } = describeAddress(ip)
  return {
    ipAddress: ip,
    isPublic: true,
    ipVersion: ip.includes(':') ? 6 : 4,
    isWhitelisted: false,
    abuseConfidenceScore: Math.min(100, reports * 2),
    countryCode: null,
    usageType: isTor ? 'Data Center/Web Hosting/Transit' : null,
    isp: owner,
    domain: 'example.org',
    hostnames: [],
    isTor,
    totalReports: reports,
    numDistinctUsers: Math.ceil(reports / 3),
    lastReportedAt: reports === 0 ? null : daysBefore(at, 1),
  }
}

function scanOf(ip: string, at: number): Answer {
  const { isScanner, classification } = describeAddress(ip)
  if (!isScanner) return json({ ip, noise: false, riot: false, message: 'IP not observed scanning the internet.' }, 404)
  const link = `https://viz.greynoise.example/ip/${ip}`
  return json({
    ip,
    noise: true,
    riot: false,
    classification,
    name: 'unknown',
    link,
    last_seen: daysBefore(at, 1).slice(0, 10),
  })
}

function hostOf(ip: string): Answer {
  const { ports, tags } = describeAddress(ip)
  if (ports.length === 0) return json({ detail: 'No information available' }, 404)
  return json({ ip, ports, tags, hostnames: [], cpes: [], vulns: [] })
}

function relaysOf(ip: string, at: number): JsonObject[] {
  const { isTor }: AddressFacts = describeAddress(ip)
  if (!isTor) return []
  const address = ip.includes(':') ? `[${ip}]:9001` : `${ip}:9001`
  const seen = (days: number) => daysBefore(at, days).slice(0, 19).replace('T', ' ')
  return [
    {
      nickname: 'ExampleRelay',
      fingerprint: '0'.repeat(40),
      or_addresses: [address],
      exit_addresses: [ip],
      flags: ['Exit', 'Fast', 'Running', 'Valid'],
      running: true,
      first_seen: seen(400),
      last_seen: seen(0),
    },
  ]
}

function daysBefore(at: number, days: number): string {
  return new Date(at - days * 86_400_000).toISOString()
}
