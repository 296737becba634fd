// However intelligence changes while events come, in the end the signals that intelligence still flags are those that would have come of
// knowing all of it from the begin.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { TOLERABLE, type Category } from '@/lib/intel/model'
import { editFeed } from '@/lib/intel/service/edit-feed'
import { importFeed } from '@/lib/intel/service/import-feed'
import { systemActor, type Actor } from '@/lib/kernel/actor'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import { registerOrg } from '@/lib/okta/service/register-org'
import { flagWithdrawn } from './flag-withdrawn'
import { ingestPage, preparePage } from './ingest-page'
import { retroMatch } from './retro-match'

useTestDatabase()

const NOW = new Date('2026-11-22T08:00:00.000Z')
/** Two of them carry an IPv4 address: 203.0.113.1 by 6to4, 203.0.113.20 by NAT64. */
const IPS = ['203.0.113.1', '203.0.113.20', '198.51.100.7', '2001:db8::5', '2002:cb00:7101::1', '64:ff9b::cb00:7114']
const RANGES = [
  ...['203.0.113.1', '203.0.113.0/28', '203.0.113.0/24', '198.51.100.7', '198.51.100.0/24'],
  ...['2001:db8::/32', '2001:db8::5', '2002:cb00:7101::/48', '2002:cb00::/24', '64:ff9b::cb00:7114'],
]
const SYSTEMS = ['{"asn":64500}', '{"asn":64501}']

async function newOrg(): Promise<Actor> {
  return systemActor((await registerOrg({ name: `org ${randomUUID()}`, url: null, kind: 'imported' })).orgId)
}

function event(ip: string): string {
  return JSON.stringify(
    oktaEvent({
      uuid: randomUUID(),
      published: NOW.toISOString(),
      client: { ipAddress: ip },
      request: { ipChain: [{ ip }] },
      securityContext: { asNumber: ip.startsWith('203') || ip.startsWith('64:') ? 64500 : 64501 },
      actor: { id: `00u${ip}`, type: 'User', alternateId: 'kim@example.com', displayName: 'Kim' },
    }),
  )
}

async function ingest({ orgId }: Actor, events: string[]): Promise<void> {
  const page = preparePage(events, [], NOW)
  await ingestPage({ orgId, source: 'poll', page, receivedAt: NOW, saveProgress: async () => {} })
}

interface FeedState {
  name: string
  category: Category
  isEnabled: boolean
  lines: readonly string[]
}

async function load(actor: Actor, { name, category, lines }: FeedState): Promise<void> {
  const format = name.startsWith('systems') ? 'asn_drop' : 'list'
  const content = lines.length === 0 ? '# none\n' : lines.join('\n')
  await importFeed({ actor, name, format, category, content, tolerates: [...TOLERABLE] })
}

async function edit(actor: Actor, { name, category, isEnabled }: FeedState): Promise<void> {
  await editFeed({ actor, feedId: name, change: { category, isEnabled } })
}

/** Addresses of signals that live intelligence flags, with how many events they have. */
async function flagged({ orgId }: Actor): Promise<unknown[]> {
  await retroMatch(orgId)
  await flagWithdrawn(orgId)
  return sql().query(
    `SELECT ip, sum(event_count)::int AS events FROM signal
     WHERE org_id = $1 AND intel_withdrawn_at IS NULL AND status = 'open' GROUP BY ip ORDER BY ip`,
    [orgId],
  )
}

const name = fc.constantFrom('one', 'two', 'three', 'systems-one', 'systems-two')
const category = fc.constantFrom<Category>('botnet', 'tor', 'benign', 'corporate_egress', 'spam')
const change = fc.oneof(
  fc.record({ kind: fc.constant('events' as const), ips: fc.array(fc.constantFrom(...IPS), { minLength: 1 }) }),
  fc.record({
    kind: fc.constant('load' as const),
    name,
    category,
    ranges: fc.subarray(RANGES),
    systems: fc.subarray(SYSTEMS),
  }),
  fc.record({ kind: fc.constant('edit' as const), name, category, isEnabled: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('retro-match' as const, 'flag' as const) }),
)

test('any history of feeds and events', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 10, maxLength: 30 }), async (changes) => {
      const actor = await newOrg()
      const feeds = new Map<string, FeedState>()
      const events: string[] = []
      for (const step of changes) {
        if (step.kind === 'events') {
          const page = step.ips.map(event)
          events.push(...page)
          await ingest(actor, page)
        } else if (step.kind === 'load') {
          const former = feeds.get(step.name)
          const lines = step.name.startsWith('systems') ? step.systems : step.ranges
          const feed = { category: step.category, isEnabled: true, ...former, name: step.name, lines }
          feeds.set(step.name, feed)
          await load(actor, feed)
        } else if (step.kind === 'edit') {
          const former = feeds.get(step.name)
          if (!former) continue
          const feed = { ...former, category: step.category, isEnabled: step.isEnabled }
          feeds.set(step.name, feed)
          await edit(actor, feed)
        } else if (step.kind === 'flag') await flagWithdrawn(actor.orgId)
        else await retroMatch(actor.orgId)
      }
      const knowing = await newOrg()
      for (const feed of feeds.values()) {
        await load(knowing, feed)
        await edit(knowing, feed)
      }
      await ingest(knowing, events)
      expect(await flagged(actor)).toEqual(await flagged(knowing))
    }),
    { numRuns: 6 },
  )
})

test.each([
  ['203.0.113.1', '2002:cb00:7101::/48'],
  ['2002:cb00:7101::/48', '203.0.113.1'],
])('an allow-list that clears a carrying address by %s, where %s is listed, goes', async (allowed, listed) => {
  const actor = await newOrg()
  const allow = { name: 'one', category: 'benign', isEnabled: true } as const
  await load(actor, { name: 'two', category: 'botnet', isEnabled: true, lines: [listed] })
  await load(actor, { ...allow, lines: [allowed] })
  await retroMatch(actor.orgId)
  await ingest(actor, [event('2002:cb00:7101::1')])
  expect(await flagged(actor)).toEqual([])
  await load(actor, { ...allow, lines: [] })
  expect(await flagged(actor)).toEqual([{ ip: '2002:cb00:7101::1', events: 1 }])
})
