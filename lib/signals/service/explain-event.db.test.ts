import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { Category } from '@/lib/intel/model'
import { importFeed } from '@/lib/intel/service/import-feed'
import { systemActor } from '@/lib/kernel/actor'
import { parseEvent } from '@/lib/okta/core/parse-event'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import { appendEvents } from '@/lib/okta/store/event'
import { insertSuppressed } from '@/lib/suppressions/store/suppressed-finding'
import { EventExplanation } from '../contract/explanation'
import { buildTokenFinding } from '../fixtures/build-finding'
import { buildMatch } from '../fixtures/build-signal'
import { ana, decide, suppression, withSignal } from '../fixtures/decide-in-org'
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

  test('a hidden one names the suppression and the intelligence it was decided on', async () => {
    const { suppressionId } = await decide(orgId, { verdict: 'benign_vpn', suppression })
    const uuid = await store({ client: { ipAddress: '198.51.100.9' } })
    const finding = buildTokenFinding(0, { eventUuid: uuid, matches: [buildMatch('tor', { ip: '198.51.100.9' })] })
    await withTransaction((tx) => insertSuppressed(tx, orgId, [{ finding, suppressionId: suppressionId! }], now))
    expect(await explain(uuid)).toMatchObject({
      outcome: 'suppressed',
      sentence: expect.stringMatching(/^Hidden by SUP-1, dana\.okafor@example\.com from AS64500 Example Hosting: /),
      suppression: { id: 1, reference: 'SUP-1' },
      signal: null,
      firstFailed: null,
      decidedOn: 'stored_decision',
      flips: expect.arrayContaining(['A signal if SUP-1 had not covered it']),
    })
  })

  test('one that never came is not found', async () => {
    await expect(explain(randomUUID())).rejects.toMatchObject({ code: 'not_found' })
  })
})
