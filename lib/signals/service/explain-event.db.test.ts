import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { sql, withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { Category } from '@/lib/intel/model'
import { importFeed } from '@/lib/intel/service/import-feed'
import { systemActor } from '@/lib/kernel/actor'
import { parseEvent } from '@/lib/okta/core/parse-event'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import { appendEvents } from '@/lib/okta/store/event'
import { suppressSignal } from '@/lib/suppressions/service/suppress-signal'
import { insertSuppressed } from '@/lib/suppressions/store/suppressed-finding'
import { EventExplanation } from '../contract/explanation'
import { buildFinding, buildTokenFinding } from '../fixtures/build-finding'
import { buildMatch } from '../fixtures/build-signal'
import { ana, decide, ID, suppression, withSignal } from '../fixtures/decide-in-org'
import { fold, now } from '../fixtures/fold-in-org'
import { explainEvent } from './explain-event'

useTestDatabase()

let orgId = ''
beforeAll(async () => {
  orgId = await withSignal()
  await list('vpn', '198.51.100.1')
  await list('tor', '198.51.100.2')
})

function list(category: Category, content: string) {
  return importFeed({ actor: systemActor(orgId), name: `Feed of ${category}`, format: 'list', category, content })
}

/** Stores an event and returns its uuid. */
async function store(more: object): Promise<string> {
  const uuid = randomUUID()
  const text = JSON.stringify(oktaEvent({ uuid, published: '2026-11-22T08:00:00.000Z', ...more }))
  const outcome = parseEvent(text, now)
  if (outcome.status === 'rejected') throw new Error(outcome.rejected.detail)
  await withTransaction((tx) => appendEvents(tx, orgId, [outcome.parsed], now))
  return uuid
}

async function explain(uuid: string) {
  const explanation = await explainEvent({ actor: ana(orgId), uuid })
  expect(EventExplanation.parse(explanation)).toEqual(explanation)
  return explanation
}

describe('line 18: why, and why not', () => {
  test('a finding is explained as it was decided, whatever feeds say since', async () => {
    await fold(orgId, [
      buildTokenFinding(7, { actorId: '00u7', eventUuid: 'token-7', matches: [buildMatch('botnet')] }),
    ])
    expect(await explain('TOKEN-7')).toMatchObject({
      outcome: 'signal',
      sentence:
        'Part of SIG-1002 (HIGH): client address is listed as botnet by Feed of botnet; policy malicious+tor; case 1: ssws token 00Tabc1def2ghi39xQ is present, HIGH.',
      signal: { id: 1002, severity: 'high' },
      suppression: null,
      firstFailed: null,
      decidedOn: 'stored_decision',
      decidedAt: now.toISOString(),
      flips: ['MEDIUM if no API token id were present', 'No signal if Feed of botnet did not list the address'],
    })
  })

  test('an event that raised nothing is judged by what is known now', async () => {
    expect(await explain(await store({ client: { ipAddress: '198.51.100.1' } }))).toMatchObject({
      outcome: 'none',
      sentence: 'No signal: client address is listed as vpn by Feed of vpn; policy malicious+tor does not count it.',
      firstFailed: 'intelligence',
      decidedOn: 'present_intelligence',
      decidedAt: null,
      intentPolicy: 'malicious+tor',
      flips: [
        'MEDIUM if the policy were malicious+suspicious',
        'MEDIUM if a feed listed the client address as malicious',
      ],
    })
    const failed = await store({ client: { ipAddress: '198.51.100.2' }, outcome: { result: 'FAILURE' } })
    expect(await explain(failed)).toMatchObject({
      sentence: 'No signal: outcome is FAILURE.',
      flips: ['MEDIUM if the outcome were SUCCESS'],
    })
    expect(await explain(await store({ client: { ipAddress: '198.51.100.2' } }))).toMatchObject({
      outcome: 'none',
      firstFailed: null,
      sentence: expect.stringMatching(/^No signal yet/),
    })
  })

  describe('a hidden one', () => {
    async function hide(): Promise<string> {
      orgId = await withSignal()
      await list('tor', '198.51.100.0/24')
      const { suppressionId } = await decide(orgId, { verdict: 'benign_vpn', suppression })
      const uuid = await store({ client: { ipAddress: '198.51.100.9' } })
      const finding = buildFinding(0, {
        ...{ eventUuid: uuid, ip: '198.51.100.9' },
        matches: [buildMatch('tor', { ip: '198.51.100.9' })],
      })
      const decided = { intentPolicy: 'malicious+tor', at: now } as const
      await withTransaction((tx) => insertSuppressed(tx, orgId, [{ finding, suppressionId: suppressionId! }], decided))
      return uuid
    }

    test('names the suppression and the intelligence it was decided on', async () => {
      expect(await explain(await hide())).toMatchObject({
        outcome: 'suppressed',
        sentence: expect.stringMatching(/^Hidden by SUP-1, dana\.okafor@example\.com from AS64500 Example Hosting: /),
        suppression: { id: 1, reference: 'SUP-1' },
        signal: null,
        firstFailed: null,
        decidedOn: 'stored_decision',
        flips: ['MEDIUM if SUP-1 had not covered it', 'HIGH if an API token id were present'],
      })
    })

    test('stays as it was decided when the policy changes, the event is gone, and the suppression ended', async () => {
      const uuid = await hide()
      const before = await explain(uuid)
      await sql().query(`UPDATE okta_org SET intent_policy = 'malicious' WHERE org_id = $1`, [orgId])
      await sql().query('DELETE FROM event WHERE org_id = $1', [orgId])
      await sql().query('UPDATE suppression SET ended_at = starts_at WHERE org_id = $1', [orgId])
      expect(await explain(uuid)).toEqual(before)
    })

    test('by two: without one of them it would still be hidden', async () => {
      const uuid = await hide()
      await suppressSignal({ actor: ana(orgId), signalId: ID, draft: { ...suppression, days: 31 }, now })
      const { flips } = await explain(uuid)
      expect(flips).toEqual(['MEDIUM if SUP-1 and SUP-2 had not covered it', 'HIGH if an API token id were present'])
    })

    test('is what others of its account and network would be, which flips say', async () => {
      await hide()
      const facts = {
        ...{ client: { ipAddress: '198.51.100.9' }, published: '2026-11-22T09:00:00.000Z' },
        actor: { id: '00u1', type: 'User', alternateId: 'dana.okafor@example.com', displayName: 'Dana' },
        securityContext: { asNumber: 64500, asOrg: 'Example Hosting' },
      }
      expect(await explain(await store({ ...facts, outcome: { result: 'FAILURE' } }))).toMatchObject({
        outcome: 'none',
        flips: [
          'MEDIUM if SUP-1 had not covered it and the outcome were SUCCESS',
          'HIGH if the outcome were SUCCESS and an API token id were present',
        ],
      })
      expect(await explain(await store(facts))).toMatchObject({
        outcome: 'none',
        sentence: 'No signal: by what is known now it meets the rule, and SUP-1 would hide and record it.',
        flips: ['MEDIUM if SUP-1 had not covered it', 'HIGH if an API token id were present'],
      })
    })
  })

  test('one that never came is not found', async () => {
    await expect(explain(randomUUID())).rejects.toMatchObject({ code: 'not_found' })
  })
})
