import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sql, withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor, type Actor } from '@/lib/kernel/actor'
import { registerOrg } from '@/lib/okta/service/register-org'
import { TOLERABLE } from '../model'
import { lockIndicators } from '../store/indicator'
import { nextInstant, raiseVersion } from '../store/intel-version'
import { importFeed } from './import-feed'
import { compacted, forgetIndexes, loadIndex } from './load-index'
import { saveFeed } from './save-feed'

useTestDatabase()

let actor: Actor
let orgCount = 0

beforeEach(async () => {
  const org = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
  actor = commandActor(org.orgId, 'test')
})
afterEach(() => void vi.useRealTimers())

function list(name: string, ...lines: string[]) {
  return importFeed({
    actor,
    name,
    format: 'list',
    category: 'tor',
    content: lines.join('\n'),
    tolerates: [...TOLERABLE],
  })
}

const ADDRESSES = Array.from({ length: 12 }, (_, n) => `192.0.2.${n}`)

/** Everything the index says about the addresses of the tests. */
async function known() {
  const { index } = await loadIndex(actor.orgId)
  return ADDRESSES.flatMap((ip) => index.match(ip).map(({ id, feedName, range }) => `${ip} ${id} ${feedName} ${range}`))
}

/** What a process that starts now would know; the index of this one goes on as it was. */
async function knownAnew() {
  const own = (globalThis as { sallyportIntel?: unknown }).sallyportIntel
  ;(globalThis as { sallyportIntel?: unknown }).sallyportIntel = undefined
  const answer = await known()
  ;(globalThis as { sallyportIntel?: unknown }).sallyportIntel = own
  return answer
}

async function listedBy(...ips: string[]): Promise<string[]> {
  const { index } = await loadIndex(actor.orgId)
  return ips.filter((ip) => index.match(ip).length > 0)
}

describe('loadIndex', () => {
  it('knows by patches what loading everything anew gives, after any changes of feeds', async () => {
    const lines = fc.uniqueArray(fc.constantFrom(...ADDRESSES, '192.0.2.0/30', '192.0.2.0/24', '192.0.2.8/29'), {
      minLength: 1,
      maxLength: 8,
    })
    const step = fc.record({
      name: fc.constantFrom('One', 'Two'),
      lines: fc.option(lines, { nil: null }),
      isEnabled: fc.boolean(),
      isRenamed: fc.boolean(),
      clockMs: fc.integer({ min: -3_600_000, max: 3_600_000 }),
    })
    vi.useFakeTimers({ toFake: ['Date'] })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        actor = commandActor(
          (await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })).orgId,
          'test',
        )
        await loadIndex(actor.orgId)
        for (const { name, lines: entries, isEnabled, isRenamed, clockMs } of steps) {
          vi.setSystemTime(Date.UTC(2026, 10, 22) + clockMs) // back and forth
          if (entries !== null) await list(name, ...entries)
          else
            await saveFeed({
              actor,
              input: {
                feedId: name.toLowerCase(),
                name: isRenamed ? `${name} again` : name,
                category: 'tor',
                isEnabled,
              },
            })
          expect(await known()).toEqual(await knownAnew())
        }
      }),
      { numRuns: 12 },
    )
  }, 60_000)

  it('misses no withdrawal when the clock stands still or goes back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime('2026-11-22T08:00:00.000Z')
    await list('Tor', '192.0.2.1', '192.0.2.2', '192.0.2.3')
    expect(await listedBy(...ADDRESSES)).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3'])
    await list('Tor', '192.0.2.1', '192.0.2.2')
    expect(await listedBy(...ADDRESSES)).toEqual(['192.0.2.1', '192.0.2.2'])
    vi.setSystemTime('2026-11-21T08:00:00.000Z')
    await list('Tor', '192.0.2.1')
    expect(await listedBy(...ADDRESSES)).toEqual(['192.0.2.1'])
    const inverted = await sql().query('SELECT 1 FROM indicator WHERE org_id = $1 AND known_to < known_from', [
      actor.orgId,
    ])
    expect(inverted).toEqual([])
  })

  it('hands the same index out until something changes', async () => {
    await list('Tor', '192.0.2.1')
    const before = await loadIndex(actor.orgId)
    expect(await loadIndex(actor.orgId)).toBe(before)
    await list('Tor', '192.0.2.1', '192.0.2.2')
    expect((await loadIndex(actor.orgId)).index).not.toBe(before.index)
    expect(before.index.match('192.0.2.2')).toEqual([])
  })

  it('shows a feed whole: never some entries of one state and some of another', async () => {
    const even = Array.from({ length: 400 }, (_, n) => `198.51.${n >> 7}.${(n & 127) * 2}`)
    const odd = even.map((ip) => ip.replace(/\d+$/, (last) => String(Number(last) + 1)))
    await list('Tor', ...even)
    let isDone = false
    const seen = new Set<string>()
    const watch = async () => {
      while (!isDone) {
        const { index } = await loadIndex(actor.orgId)
        const [evens, odds] = [even, odd].map((ips) => ips.filter((ip) => index.match(ip).length > 0).length)
        seen.add(`${evens} ${odds}`)
      }
    }
    const watching = [watch(), watch(), watch()]
    for (let round = 0; round < 4; round++) await list('Tor', ...(round % 2 === 0 ? odd : even))
    isDone = true
    await Promise.all(watching)
    expect([...seen].sort()).toEqual(['0 400', '400 0'])
  })

  it('finds what was committed before the call, however many ask at once', async () => {
    for (let round = 1; round <= 5; round++) {
      await list('Tor', ...ADDRESSES.slice(0, round))
      const loaded = await Promise.all(Array.from({ length: 8 }, () => loadIndex(actor.orgId)))
      expect(new Set(loaded.map(({ index }) => index)).size).toBe(1)
      expect(await listedBy(...ADDRESSES)).toEqual(ADDRESSES.slice(0, round))
    }
  })

  it('waits for a change that is under way and took its ids before another', async () => {
    await list('Tor', '192.0.2.1')
    await loadIndex(actor.orgId)
    let importing: Promise<unknown> = Promise.resolve()
    await withTransaction(async (tx) => {
      await lockIndicators(tx, actor.orgId)
      const at = await nextInstant(tx, actor.orgId, new Date())
      await tx.query(
        `INSERT INTO indicator (org_id, feed_id, range, category, intent, confidence, valid_from, known_from)
         VALUES ($1, 'tor', '192.0.2.2', 'tor', 'suspicious', 50, $2, $2)`,
        [actor.orgId, at],
      )
      importing = list('Other', '192.0.2.3') // cannot commit before this
      await raiseVersion(tx, actor.orgId)
      expect(await listedBy(...ADDRESSES)).toEqual(['192.0.2.1'])
    })
    await importing
    expect(await listedBy(...ADDRESSES)).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3'])
  })

  it('goes on patching while it compacts, and loses nothing by it', async () => {
    await list('Tor', '192.0.2.1')
    await loadIndex(actor.orgId)
    const many = Array.from({ length: 11_000 }, (_, n) => `2001:db8:${n.toString(16)}::/48`)
    await list('Large', ...many, '192.0.2.2', '192.0.2.3')
    const { index } = await loadIndex(actor.orgId) // compaction begins
    await list('Tor', '192.0.2.4')
    expect(await listedBy(...ADDRESSES)).toEqual(['192.0.2.2', '192.0.2.3', '192.0.2.4'])
    await list('Large', ...many, '192.0.2.3')
    await loadIndex(actor.orgId)
    await compacted(actor.orgId)
    const after = await loadIndex(actor.orgId)
    expect(after.index).not.toBe(index)
    expect(after.index.size).toBe(11_002)
    expect(await listedBy(...ADDRESSES, '2001:db8:2af7::9')).toEqual(['192.0.2.3', '192.0.2.4', '2001:db8:2af7::9'])
    expect(await known()).toEqual(await knownAnew())
  })

  it('loads everything anew when the database is older than what it knows', async () => {
    await list('Tor', '192.0.2.1')
    await list('Tor', '192.0.2.1', '192.0.2.2')
    await loadIndex(actor.orgId)
    await sql().query(`DELETE FROM indicator WHERE org_id = $1 AND range = '192.0.2.2'`, [actor.orgId])
    await sql().query('UPDATE intel_version SET version = version + 1 WHERE org_id = $1', [actor.orgId])
    expect(await listedBy(...ADDRESSES)).toEqual(['192.0.2.1'])
  })

  it('tries again after a failure, for those who come later', async () => {
    await list('Tor', '192.0.2.1')
    await sql().query('ALTER TABLE indicator RENAME COLUMN source TO renamed')
    await expect(loadIndex(actor.orgId)).rejects.toThrow(/source/)
    await sql().query('ALTER TABLE indicator RENAME COLUMN renamed TO source')
    expect(await listedBy(...ADDRESSES)).toEqual(['192.0.2.1'])
  })

  it('reads every column back as it was written, long and odd texts too', async () => {
    const source = `Täst "x"\t\\ ${'é'.repeat(3_000)}`
    await list('Tor', '192.0.2.1', '2001:db8::/33')
    await sql().query(
      `UPDATE indicator SET source = $2, valid_from = '1999-12-31T23:59:59.999Z', valid_to = '2026-12-01T00:00:00.001Z',
         known_from = '2026-11-22T08:00:00.123Z' WHERE org_id = $1`,
      [actor.orgId, source],
    )
    await sql().query(
      `INSERT INTO indicator (org_id, feed_id, as_number, category, intent, confidence, valid_from, known_from)
       SELECT $1, 'tor', number, 'hosting', 'unknown', 0, now(), now() FROM unnest('{64500,4294967295}'::bigint[]) number`,
      [actor.orgId],
    )
    forgetIndexes()
    const { index } = await loadIndex(actor.orgId)
    expect(index.match('2001:db8:7fff::')).toEqual([
      {
        ...{ id: expect.any(Number), feedId: 'tor', feedName: 'Tor', range: '2001:db8::/33', category: 'tor' },
        ...{ intent: 'suspicious', confidence: expect.any(Number), source },
        validFrom: new Date('1999-12-31T23:59:59.999Z'),
        validTo: new Date('2026-12-01T00:00:00.001Z'),
        knownFrom: new Date('2026-11-22T08:00:00.123Z'),
      },
    ])
    expect(index.match('192.0.2.1').map(({ range }) => range)).toEqual(['192.0.2.1'])
    const networks = [64500, 4294967295].flatMap((asNumber) => index.matchAs(asNumber))
    expect(networks.map(({ range, source: none, validTo }) => [range, none, validTo])).toEqual([
      ['AS64500', null, null],
      ['AS4294967295', null, null],
    ])
  })
})
