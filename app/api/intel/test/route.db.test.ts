// What the feeds say about one address, over the HTTP handler.
import { beforeAll, describe, expect, test } from 'vitest'
import { keyOf } from '@/lib/auth/testing/credentials-of'
import { withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { callRoute } from '@/lib/http/testing/call-route'
import type { AddressTest } from '@/lib/intel/contract/feed'
import { importFeed } from '@/lib/intel/service/import-feed'
import { commandActor } from '@/lib/kernel/actor'
import { parseEvent } from '@/lib/okta/core/parse-event'
import { appendEvents } from '@/lib/okta/store/event'
import { GET as getTest } from './route'

useTestDatabase()

let headers: Record<string, string>

beforeAll(async () => {
  headers = await keyOf('viewer')
})

const testIp = (ip: string) => callRoute<AddressTest>(getTest, { headers, query: { ip } })

const fill = (name: string, lines: string[], settings: Partial<Parameters<typeof importFeed>[0]> = {}) =>
  importFeed({
    actor: commandActor('example', 'intel'),
    name,
    format: 'list',
    category: 'malicious',
    content: `${lines.join('\n')}\n`,
    ...settings,
  })

describe('GET /api/intel/test', () => {
  beforeAll(async () => {
    await fill('Bad', ['198.51.100.0/24', '192.0.2.7'])
    await fill('Datacenters', ['203.0.113.128/25'], { category: 'hosting' })
    await fill('Our gateways', ['198.51.100.7'], { category: 'corporate_egress' })
  })

  test.each([
    ['198.51.100.9', '198.51.100.9'],
    ['198.51.100[.]9', '198.51.100.9'],
    ['hxxps://198[.]51[.]100[.]9/a', '198.51.100.9'],
    ['::ffff:198.51.100.9', '198.51.100.9'],
  ])('%s is flagged by the range around it', async (text, ip) => {
    const { status, body } = await testIp(text)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ip,
      verdict: 'flagged',
      sentence: 'Flagged by Bad (Malicious): an event from it can raise a signal.',
      intentPolicy: 'malicious+tor',
      matches: [{ feedId: 'bad', range: '198.51.100.0/24', ip, category: 'malicious', isCounted: true }],
    })
  })

  test('an allow-list wins, and says so', async () => {
    const { body } = await testIp('198.51.100.7')
    expect(body).toMatchObject({
      verdict: 'cleared',
      sentence:
        'Listed by Bad (Malicious), but Our gateways (Corporate egress) clears it: an allow-list wins over every other list.',
    })
    expect(body.matches.map(({ feedId, isCounted }) => [feedId, isCounted])).toEqual([
      ['our-gateways', false],
      ['bad', false],
    ])
  })

  test.each([
    [
      '203.0.113.200',
      'not_counted',
      'Listed by Datacenters (Hosting), but not as anything that the policy malicious+tor counts.',
    ],
    ['192.0.2.99', 'not_listed', /^Not listed now by any of \d+ feeds\.$/],
    ['10.0.0.1', 'never_matched', '10.0.0.1 is private or reserved, so it is never matched.'],
    ['2002:c000:207::1', 'flagged', /^Flagged by Bad/],
  ])('%s: %s', async (ip, verdict, sentence) => {
    const { body } = await testIp(ip)
    expect(body.verdict).toBe(verdict)
    expect(body.sentence).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence))
  })

  test('the address that a 6to4 address carries is named', async () => {
    expect((await testIp('2002:c000:207::1')).body.matches).toMatchObject([{ ip: '192.0.2.7', range: '192.0.2.7' }])
  })

  test('entries of the autonomous system count, where it is known', async () => {
    await fill('Bad networks', ['{"asn":64500,"asname":"EXAMPLE"}'], { format: 'asn_drop' })
    expect((await testIp('192.0.2.50')).body).toMatchObject({ verdict: 'not_listed', asNumber: null })
    const raw = JSON.stringify({
      uuid: 'as-1',
      published: '2026-11-22T08:00:00.000Z',
      eventType: 'user.session.start',
      outcome: { result: 'SUCCESS' },
      actor: { id: '00u1', type: 'User' },
      client: { ipAddress: '192.0.2.50' },
      securityContext: { asNumber: 64500, asOrg: 'example' },
    })
    const at = new Date('2026-11-22T08:00:10.000Z')
    const outcome = parseEvent(raw, at)
    if (outcome.status === 'rejected') throw new Error(outcome.rejected.detail)
    await withTransaction((tx) => appendEvents(tx, 'example', [outcome.parsed], at))
    expect((await testIp('192.0.2.50')).body).toMatchObject({
      verdict: 'flagged',
      asNumber: 64500,
      asOrg: 'example',
      matches: [{ feedId: 'bad-networks', range: 'AS64500', ip: '192.0.2.50', isCounted: true }],
    })
  })

  test.each(['example.com', '198.51.100', '010.0.0.1', ''])('%j is no address', async (text) => {
    const { status, body } = await testIp(text)
    expect(status).toBe(422)
    expect(body.issues).toMatchObject([{ path: 'ip' }])
  })
})
