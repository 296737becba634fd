import { beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor, type Actor } from '@/lib/kernel/actor'
import { canonicalIp } from '@/lib/kernel/ip-address'
import { registerOrg } from '@/lib/okta/service/register-org'
import { TOLERABLE, type Category, type IntentPolicy } from '../model'
import { importFeed } from '../service/import-feed'
import { saveFeed } from '../service/save-feed'
import { findLearnedAddresses } from '../service/find-learned'
import { findPendingMatch, nextInstant, saveMatched } from './intel-version'
import { systemsLearned } from './learned'

useTestDatabase()

let actor: Actor
let orgCount = 0

beforeEach(async () => {
  const org = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
  actor = commandActor(org.orgId, 'test')
})

/** Notes that accounts used these addresses. */
async function used(...ips: string[]): Promise<void> {
  await sql().query('INSERT INTO address (org_id, ip) SELECT $1, unnest($2::inet[])', [actor.orgId, ips])
}

function list(name: string, category: Category, ...lines: string[]) {
  return importFeed({ actor, name, format: 'list', category, content: lines.join('\n') })
}

async function learned(policy: IntentPolicy = 'malicious+tor'): Promise<string[]> {
  const pending = await findPendingMatch(sql(), actor.orgId)
  return pending === null ? [] : (await findLearnedAddresses(actor.orgId, pending, policy)).sort()
}

/** Imports autonomous systems into a feed. */
function listSystems(name: string, category: Category, ...asNumbers: number[]) {
  const content = asNumbers.map((asn) => JSON.stringify({ asn, asname: 'EXAMPLE' })).join('\n')
  return importFeed({ actor, name, format: 'asn_drop', category, content, tolerates: [...TOLERABLE] })
}

async function learnedSystems(policy: IntentPolicy = 'malicious+tor'): Promise<number[]> {
  const pending = await findPendingMatch(sql(), actor.orgId)
  return pending === null ? [] : (await systemsLearned(sql(), actor.orgId, pending, policy)).sort((a, b) => a - b)
}

async function match(): Promise<void> {
  await saveMatched(sql(), actor.orgId, (await findPendingMatch(sql(), actor.orgId))!)
}

describe('findLearnedAddresses', () => {
  it('returns distinct stored addresses inside what was learned since the last match', async () => {
    await used('192.0.2.7', '192.0.2.8', '198.51.100.1', '2001:db8::1', '203.0.113.9')
    expect(await findPendingMatch(sql(), actor.orgId)).toBeNull()
    await list('Tor', 'tor', '192.0.2.0/24', '192.0.2.7', '2001:db8::/32')
    expect(await learned()).toEqual(['192.0.2.7', '192.0.2.8', '2001:db8::1'])
    await match()
    expect(await learned()).toEqual([])
    await list('Tor', 'tor', '192.0.2.0/24', '192.0.2.7', '2001:db8::/32', '198.51.100.1')
    expect(await learned()).toEqual(['198.51.100.1'])
  })

  it('counts what is learned while a match is running for the next one', async () => {
    await used('192.0.2.7', '192.0.2.8')
    await list('Tor', 'tor', '192.0.2.7')
    const running = (await findPendingMatch(sql(), actor.orgId))!
    await list('Tor', 'tor', '192.0.2.7', '192.0.2.8')
    await saveMatched(sql(), actor.orgId, running)
    expect(await learned()).toEqual(['192.0.2.8'])
  })

  it('asks only for what the policy can count', async () => {
    await used('192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4')
    await list('Bad', 'malicious', '192.0.2.1')
    await list('Tor', 'tor', '192.0.2.2')
    await list('Hosting', 'hosting', '192.0.2.3')
    await list('Own', 'benign', '192.0.2.4')
    expect(await learned('malicious')).toEqual(['192.0.2.1'])
    expect(await learned('malicious+tor')).toEqual(['192.0.2.1', '192.0.2.2'])
    expect(await learned('malicious+suspicious')).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3'])
  })

  it('leaves out what was withdrawn again, and is asked anew when an opinion changes', async () => {
    await used('192.0.2.1', '192.0.2.2')
    await list('Mixed', 'hosting', '192.0.2.1', '192.0.2.2')
    await match()
    await importFeed({
      actor,
      name: 'Mixed',
      format: 'list',
      category: 'hosting',
      intent: 'malicious',
      content: '192.0.2.1',
    })
    expect(await learned()).toEqual(['192.0.2.1'])
  })

  it('always includes addresses that carry an IPv4 address', async () => {
    await used('2002:c000:201::1', '64:ff9b::c000:201', '198.51.100.1')
    await list('Tor', 'tor', '192.0.2.1')
    expect(await learned()).toEqual(['2002:c000:201::1', '64:ff9b::c000:201'])
  })

  it('takes the other way through for large changes, with the same answer', async () => {
    await used('192.0.2.7', '10.0.0.1', '198.51.100.1')
    const many = Array.from({ length: 21_000 }, (_, n) => `2001:db8:${n.toString(16)}::/48`)
    await used('2001:db8:1::9')
    await list('Large', 'malicious', ...many, '192.0.2.0/24')
    expect(await learned()).toEqual(['192.0.2.7', '2001:db8:1::9'])
  })

  it('asks again for a feed that was switched off meanwhile', async () => {
    await list('Tor', 'tor', '192.0.2.1')
    await match()
    await saveFeed({ actor, input: { name: 'Tor', category: 'tor', isEnabled: false } })
    await match()
    await used('192.0.2.1')
    await saveFeed({ actor, input: { name: 'Tor', category: 'tor' } })
    expect(await learned()).toEqual(['192.0.2.1'])
  })

  it('asks again for a feed that was switched on while a match was running', async () => {
    await list('Other', 'malicious', '198.51.100.1')
    await list('Tor', 'tor', '192.0.2.1')
    await used('192.0.2.1', '198.51.100.1')
    await saveFeed({ actor, input: { name: 'Tor', category: 'tor', isEnabled: false } })
    const running = (await findPendingMatch(sql(), actor.orgId))!
    await saveFeed({ actor, input: { name: 'Tor', category: 'tor' } })
    await saveMatched(sql(), actor.orgId, running)
    expect(await learned()).toContain('192.0.2.1')
  })

  it('asks again for what a benign entry kept from counting, once that is withdrawn or its feed switched off', async () => {
    await used('192.0.2.1', '192.0.2.2', '198.51.100.1')
    await list('Bad', 'malicious', '192.0.2.1', '192.0.2.2')
    await list('Own', 'benign', '192.0.2.0/31', '198.51.100.0/24')
    await match()
    await list('Own', 'benign', '192.0.2.0/31')
    expect(await learned()).toEqual([])
    await list('Own', 'benign', '198.51.100.0/24')
    expect(await learned()).toEqual(['192.0.2.1', '192.0.2.2'])
    await list('Own', 'benign', '192.0.2.0/24')
    await match()
    await saveFeed({ actor, input: { name: 'Own', category: 'benign', isEnabled: false } })
    expect(await learned()).toEqual(['192.0.2.1', '192.0.2.2'])
  })

  it('asks again for everything once a benign network is withdrawn, and for networks once a benign range is', async () => {
    await used('192.0.2.1')
    await list('Bad', 'malicious', '192.0.2.1')
    await listSystems('Networks', 'malicious', 64500)
    await listSystems('Own networks', 'benign', 64501)
    await list('Own', 'benign', '198.51.100.0/24')
    await match()
    await listSystems('Own networks', 'benign', 64502)
    expect([await learned(), await learnedSystems()]).toEqual([['192.0.2.1'], [64500]])
    await match()
    await list('Own', 'benign', '203.0.113.0/24')
    expect([await learned(), await learnedSystems()]).toEqual([[], [64500]])
  })

  it('keeps orgs apart', async () => {
    await used('192.0.2.1')
    await list('Tor', 'tor', '192.0.2.1')
    const other = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
    actor = commandActor(other.orgId, 'test')
    await list('Tor', 'tor', '192.0.2.9')
    expect(await learned()).toEqual([])
  })
})

describe('systemsLearned', () => {
  it('returns the networks that were learned since the last match and that the policy can count', async () => {
    await listSystems('Networks', 'malicious', 64500, 64501)
    await listSystems('Hosting', 'hosting', 64502)
    expect(await learned()).toEqual([])
    expect(await learnedSystems()).toEqual([64500, 64501])
    expect(await learnedSystems('malicious+suspicious')).toEqual([64500, 64501, 64502])
    await match()
    expect(await learnedSystems()).toEqual([])
  })
})

describe('nextInstant', () => {
  const instant = (now: string) => nextInstant(sql(), actor.orgId, new Date(now)).then((at) => at.toISOString())

  it('is now, or just after the last change where the clock stands still or went back', async () => {
    expect(await instant('2026-11-22T08:00:00.000Z')).toBe('2026-11-22T08:00:00.000Z')
    await sql().query(
      `INSERT INTO feed (org_id, feed_id, name, format, category) VALUES ($1, 'f', 'F', 'list', 'tor')`,
      [actor.orgId],
    )
    await sql().query(
      `INSERT INTO indicator (org_id, feed_id, range, category, intent, confidence, valid_from, known_from)
       VALUES ($1, 'f', '192.0.2.1', 'tor', 'suspicious', 50, '2026-11-22T09:00Z', '2026-11-22T09:00Z')`,
      [actor.orgId],
    )
    expect(await instant('2026-11-22T08:00:00.000Z')).toBe('2026-11-22T09:00:00.000Z')
    await sql().query(`UPDATE indicator SET known_to = '2026-11-22T09:30Z' WHERE org_id = $1`, [actor.orgId])
    expect(await instant('2026-11-22T09:30:00.000Z')).toBe('2026-11-22T09:30:00.001Z')
    expect(await instant('2026-11-22T10:00:00.000Z')).toBe('2026-11-22T10:00:00.000Z')
  })
})

describe('the text of addresses', () => {
  it('is what PostgreSQL writes, so texts may be compared across the database', async () => {
    const texts = [
      ...['::', '::1', '::2', '::1:0', '::0.1.0.0', '::1.2.3.4', '::ffff:1.2.3.4', '1::', '2001:db8:0:0:1:0:0:1'],
      ...['64:ff9b::1.2.3.4', '2002:c000:201::', '1:2:3:4:5:6:7:0', '0:1:2:3:4:5:6:7', '1:0:0:2:0:0:0:3', 'FE80::A'],
    ]
    const rows = await sql().query<{ text: string; stored: string }>(
      'SELECT text, text::inet AS stored FROM unnest($1::text[]) text',
      [texts],
    )
    const mismatches = rows
      .map(({ text, stored }) => ({ text, stored, ours: canonicalIp(text)! }))
      .filter(({ stored, ours }) => stored !== ours && !stored.startsWith('::ffff:'))
    expect(mismatches).toEqual([])
  })
})
