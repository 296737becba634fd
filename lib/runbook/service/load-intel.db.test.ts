import { beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { importFeed } from '@/lib/intel/service/import-feed'
import type { Actor } from '@/lib/kernel/actor'
import { IntelStep } from '../contract/steps'
import {
  caseEvent,
  createCaseOrg,
  DAY,
  ingestCase,
  KIM,
  MINUTE,
  openTestCase,
  START,
  storedWithGaps,
  TOR,
  type CaseOptions,
} from '../testing/case-org'
import { answerIntelStep } from './load-intel'

useTestDatabase()

let actor: Actor
beforeEach(async () => {
  actor = await createCaseOrg()
})

const read = async (options?: CaseOptions) => IntelStep.parse(await answerIntelStep(await openTestCase(actor, options)))
const list = (name: string, category: 'brute_force' | 'vpn' | 'corporate_egress', ...lines: string[]) =>
  importFeed({ actor, name, format: 'list', category, content: `${lines.join('\n')}\n` })
/** As if every feed had been read, and listed what it lists, since long before the event. */
async function readSince(days: number): Promise<void> {
  const at = new Date(START - days * DAY)
  const values = [actor.orgId, at]
  await sql().query('UPDATE indicator SET known_from = $2, valid_from = $2 WHERE org_id = $1', values)
  await sql().query('UPDATE feed_run SET started_at = $2, finished_at = $2 WHERE org_id = $1', values)
  await sql().query(`UPDATE feed_day SET day = $2::date WHERE org_id = $1`, values)
}
const withDebug = (text: string, debugData: object) =>
  JSON.stringify({ ...JSON.parse(text), debugContext: { debugData } })

describe('answerIntelStep', () => {
  it('tells what each feed said at the event, when the signal fired and now', async () => {
    await list('Attackers', 'brute_force', '192.0.2.9', TOR)
    await list('Others', 'brute_force', '192.0.2.9')
    await ingestCase(
      actor,
      caseEvent(0, 'user.session.start'),
      caseEvent(MINUTE, 'user.authentication.sso', { who: KIM }),
    )
    await readSince(30)
    await list('Attackers', 'brute_force', '192.0.2.9')
    const step = await read()
    expect(step).toMatchObject({
      ...{ answer: 'yes', weight: 'confirmed', isTorAtEvent: true, networkType: 'Tor', ip: TOR, asNumber: 64500 },
      counts: { feeds: 3, atEvent: 2, whenFired: 2, now: 1, notKnown: 0 },
      neighbours: { range: '198.51.100.0/24', entries: 1 },
      okta: { events: 2, threatSuspected: 0 },
      coverage: { isComplete: true },
    })
    expect(step.feeds.map(({ feedName, atEvent, whenFired, now }) => [feedName, atEvent, whenFired, now])).toEqual([
      ['Attackers', 'listed', 'listed', 'not_listed'],
      ['Tor exits', 'listed', 'listed', 'listed'],
      ['Others', 'not_listed', 'not_listed', 'not_listed'],
    ])
    expect(step.sentence).toBe(
      'A Tor exit at that moment; 2 of 3 feeds listed it at the event; 1 of 3 feeds lists it now. Okta marked no threat on its 2 stored events.',
    )
  })

  it('says what no feed could tell, because none had been read by then', async () => {
    await ingestCase(actor, caseEvent(0, 'user.session.start'))
    const step = await read()
    expect(step).toMatchObject({
      ...{ answer: 'yes', weight: 'possible', isTorAtEvent: null },
      counts: { feeds: 1, atEvent: 0, whenFired: 1, now: 1, notKnown: 1 },
      coverage: { isComplete: false },
    })
    expect(step.missing).toContain('What Tor exits said at the event is not known.')
    expect(step.sentence).toMatch(/^No feed had been read by the time of the event; Tor exits named it a Tor exit when/)
  })

  it("asks for Okta's own opinion, in columns and in texts", async () => {
    const tunnels = '[{"anonymous":true,"operator":"EXAMPLE","type":"VPN"}]'
    await ingestCase(
      actor,
      withDebug(caseEvent(0, 'user.session.start'), { threatSuspected: 'true', tunnels }),
      caseEvent(-DAY, 'security.threat.detected', { who: { id: TOR, type: 'IP address' }, outcome: 'DENY' }),
      caseEvent(-9 * DAY, 'user.session.start', { who: KIM, outcome: 'FAILURE' }),
    )
    expect(await read()).toMatchObject({
      okta: { events: 2, threatSuspected: 1, threatInsight: 1, services: ['VPN EXAMPLE'] },
      weight: 'likely',
    })
  })

  it('lets a list of good addresses win', async () => {
    await ingestCase(actor, caseEvent(0, 'user.session.start'))
    await readSince(30)
    await list('Offices', 'corporate_egress', TOR)
    expect(await read()).toMatchObject({ answer: 'no', weight: 'none', speaksForBenign: true })
    expect(await read({ coverageOf: storedWithGaps })).toMatchObject({ answer: 'cannot_tell', speaksForBenign: true })
  })

  it('survives a missing network, and hostile names', async () => {
    const evil = `\u202e<b>${'x'.repeat(10_000)}`
    const tunnels = JSON.stringify([{ type: evil, operator: evil }])
    await ingestCase(actor, withDebug(caseEvent(0, 'user.session.start', { as: null }), { tunnels }))
    const step = await read()
    expect([step.asNumber, step.asOrg]).toEqual([null, null])
    expect(step.missing).toContain('Nothing names the network of the address.')
    expect(step.sentence).not.toContain('\u202e')
    expect(step.sentence.length).toBeLessThan(500)
  })

  it('knows nothing of other orgs', async () => {
    await list('Attackers', 'brute_force', TOR)
    actor = await createCaseOrg()
    await ingestCase(actor, caseEvent(0, 'user.session.start'))
    expect((await read()).feeds.map(({ feedName }) => feedName)).toEqual(['Tor exits'])
  })
})
