import { beforeEach, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { Actor } from '@/lib/kernel/actor'
import type { OktaRecord } from '@/lib/okta/model'
import { TokenStep } from '../contract/steps'
import {
  type CaseOptions,
  caseEvent as event,
  createCaseOrg,
  DAY,
  DANA,
  ingestCase,
  KIM,
  MINUTE,
  OFFICE,
  openTestCase,
  START,
  storedWithGaps,
  TOKEN,
  TOR,
  WHOLE_FROM,
} from '../testing/case-org'
import { answerTokenStep } from './load-token'

useTestDatabase()

let actor: Actor
beforeEach(async () => {
  actor = await createCaseOrg()
})

async function read(options?: CaseOptions) {
  return TokenStep.parse(await answerTokenStep(await openTestCase(actor, options)))
}
const at = (ms: number) => new Date(START + ms).toISOString()
const usual = { ip: OFFICE, as: 64496, token: TOKEN, os: 'curl' }
const usualCalls = (days: number) =>
  Array.from({ length: days }, (_, day) => event(-(day + 1) * DAY, 'app.user_management', usual))

function record(changes: Partial<Extract<OktaRecord, { kind: 'api_token' }>> = {}): OktaRecord {
  return {
    kind: 'api_token',
    subjectId: TOKEN,
    askedAt: new Date(START + DAY),
    foundAt: new Date(START + DAY),
    result: 'found',
    problemMessage: null,
    content: {
      name: 'ci-deploy',
      userId: DANA.id,
      clientName: 'Okta API',
      created: '2026-02-18T07:31:12.000Z',
      lastUpdated: at(DAY),
      expiresAt: at(30 * DAY),
      network: { connection: 'ZONE', include: ['nzo1'], exclude: [] },
    },
    ...changes,
  }
}

describe('answerTokenStep', () => {
  it('says no only over a log that is stored whole, and that this is no proof', async () => {
    await ingestCase(actor, event(0, 'user.session.start', { session: 's1' }))
    const whole = await read()
    expect(whole).toMatchObject({ answer: 'no', weight: 'none', tokens: [], window: { from: at(0) } })
    expect(whole.sentence).toMatch(/^The only event of this signal names no API token, and the account made none/)
    expect(whole.sentence).toContain('no event is not proof of no use')
    const broken = await read({ coverageOf: storedWithGaps })
    expect(broken).toMatchObject({ answer: 'cannot_tell' })
    expect(broken.missing[0]).toMatch(/^Okta does not log most API reads/)
  })

  it('finds tokens that the account made afterwards', async () => {
    await ingestCase(
      actor,
      event(-MINUTE, 'system.api_token.create', { ip: OFFICE, session: 's0', targets: [{ id: '00Told' }] }),
      event(0, 'user.session.start', { session: 's1' }),
      event(3 * MINUTE, 'system.api_token.create', {
        session: 's1',
        targets: [{ id: '00Tnew', displayName: 'backup' }],
      }),
      event(4 * MINUTE, 'system.api_token.create', { who: KIM, ip: OFFICE, targets: [{ id: '00Tkim' }] }),
    )
    const step = await read()
    expect(step).toMatchObject({
      answer: 'yes',
      weight: 'confirmed',
      createdAfter: [{ at: at(3 * MINUTE), targets: ['backup'] }],
    })
    expect(step.sentence).toContain('The account made 1 API token since.')
  })

  describe('of a token used from a Tor exit', () => {
    beforeEach(async () => {
      await ingestCase(
        actor,
        event(-30 * DAY, 'system.api_token.create', {
          ...{ ip: OFFICE, session: 'made', who: KIM },
          targets: [{ id: TOKEN, type: 'Token', displayName: 'ci-deploy' }],
        }),
        ...usualCalls(5),
        event(0, 'group.user_membership.add', { token: TOKEN }),
        event(MINUTE, 'zone.update', { token: TOKEN }),
        event(2 * MINUTE, 'system.api_token.request_outside_allowed_range', { token: TOKEN, outcome: 'DENY' }),
        event(3 * MINUTE, 'system.api_token.create', { token: TOKEN, targets: [{ id: '00Tnew' }] }),
      )
    })

    it('tells its making, its addresses, what it changed and what its zone refused', async () => {
      const step = await read({ records: [record()] })
      const [token] = step.tokens
      expect(token).toMatchObject({
        id: TOKEN,
        kind: 'ssws',
        name: 'ci-deploy',
        owner: { id: DANA.id, login: 'dana@example.com' },
        created: {
          at: at(-30 * DAY),
          source: 'event',
          event: { actorLogin: 'kim@example.com', ip: OFFICE, sessionId: 'made', isAfter: false },
        },
        okta: { state: 'active', expiresAt: at(30 * DAY), network: 'only from zone nzo1', at: at(DAY) },
        flaggedAddresses: 1,
        otherAddresses: 0,
        calls: 9,
        outsideRange: [{ at: at(2 * MINUTE), outcome: 'DENY' }],
      })
      expect(token!.created!.sentence).toBe(
        "Created 18 Feb 2026 07:31 UTC by kim@example.com from 203.0.113.4, in session made, says its event. Okta's token API says the same.",
      )
      expect(token!.addresses).toMatchObject([
        { ip: TOR, calls: 4, isFlagged: true, categories: ['tor'], days: [{ day: '2026-03-20', calls: 4 }] },
        { ip: OFFICE, calls: 5, isFlagged: false, categories: [] },
      ])
      expect(token!.changes.map(({ eventType }) => eventType)).toContain('zone.update')
      expect(step).toMatchObject({ answer: 'yes', weight: 'confirmed', createdAfter: [{ at: at(3 * MINUTE) }] })
      expect(step.sentence).toMatch(
        /^4 logged calls with API token 00Tabc…9xQ “ci-deploy” from this address\. 2 addresses have used it, 1 of them flagged\. It was not seen here before; its network zone refused it once; \d unusual changes were made with it since\. The account made 1 API token since\.$/,
      )
      expect(step.evidence[0]).toMatchObject({ kind: 'token', ref: TOKEN, step: 4 })
    })

    it.each([
      ['revoked', record({ result: 'not_found' }), 'gone', /revoked, or it expired/],
      [
        'refused',
        record({ result: 'refused', content: null, problemMessage: 'Grant okta.apiTokens.read.' }),
        'refused',
        /okta\.apiTokens\.read/,
      ],
    ] as const)('says what Okta says of one that is %s', async (_, said, state, message) => {
      const { tokens, missing } = await read({ records: [said] })
      expect(tokens[0]!.okta).toMatchObject({ state, message: expect.stringMatching(message) })
      if (state === 'refused') expect(missing.join(' ')).toMatch(message)
    })

    it('says that Okta was not asked', async () => {
      const { tokens, missing } = await read()
      expect(tokens[0]!.okta.state).toBe('not_asked')
      expect(missing.join(' ')).toContain('Okta was not asked about token 00Tabc…9xQ')
    })
  })

  describe('when it was made', () => {
    it.each([
      [
        'by Okta, where the event is older than the log',
        [record()],
        undefined,
        'okta',
        /^Created 18 Feb 2026 07:31 UTC, says Okta/,
      ],
      [
        'before the log begins',
        [],
        undefined,
        'before_retention',
        /^Older than the stored log: nothing created it since 8 Feb 2026/,
      ],
      [
        'before the log begins, and gone',
        [record({ result: 'not_found', content: null })],
        undefined,
        'before_retention',
        /Okta has it no more/,
      ],
      ['not known where the log has gaps', [], storedWithGaps, 'unknown', /which have gaps/],
    ] as const)('is told %s', async (_, records, coverageOf, source, sentence) => {
      await ingestCase(actor, event(0, 'zone.update', { token: TOKEN }))
      const { tokens } = await read({ records, ...(coverageOf === undefined ? {} : { coverageOf }) })
      expect(tokens[0]!.created).toMatchObject({ source, sentence: expect.stringMatching(sentence), event: null })
      expect(WHOLE_FROM.toISOString()).toBe('2026-02-08T07:31:12.000Z')
    })

    it('says where event and token API differ', async () => {
      await ingestCase(
        actor,
        event(-10 * DAY, 'system.api_token.create', { ip: null, session: null, targets: [{ id: TOKEN }] }),
        event(0, 'zone.update', { token: TOKEN }),
      )
      const { tokens } = await read({ records: [record()] })
      expect(tokens[0]!.created!.sentence).toBe(
        "Created 10 Mar 2026 07:31 UTC by dana@example.com, from an address that Okta did not name, in no named session, says its event. Okta's token API says 18 Feb 2026 07:31 UTC, which differs.",
      )
    })
  })

  it('says that a creation after the first use cannot be', async () => {
    await ingestCase(
      actor,
      event(-DAY, 'app.user_management', { token: TOKEN, ip: OFFICE }),
      event(0, 'zone.update', { token: TOKEN }),
      event(MINUTE, 'system.api_token.create', { session: 's1', targets: [{ id: TOKEN }] }),
    )
    const { tokens } = await read()
    expect(tokens[0]!.created.sentence).toMatch(
      /Yet a stored event names it 19 Mar 2026 07:31 UTC, before that: the two contradict each other\.$/,
    )
  })

  it('tells of a token that Okta knows no more who revoked it, where the log says so', async () => {
    await ingestCase(
      actor,
      event(0, 'zone.update', { token: TOKEN }),
      event(MINUTE, 'system.api_token.revoke', { ip: OFFICE, who: KIM, targets: [{ id: TOKEN }] }),
    )
    const { tokens } = await read({ records: [record({ result: 'not_found', content: null })] })
    expect(tokens[0]!.okta).toMatchObject({
      state: 'gone',
      message: 'Okta knows no such token now: it was revoked 20 Mar 2026 07:32 UTC by kim@example.com.',
    })
  })

  it('tells of two tokens what makes them suspicious', async () => {
    const other = '00Tother2def3ghi41aB'
    await ingestCase(
      actor,
      ...usualCalls(3),
      event(0, 'zone.update', { token: TOKEN }),
      event(MINUTE, 'zone.update', { token: other }),
    )
    const step = await read()
    expect(step).toMatchObject({ weight: 'confirmed' })
    expect(step.sentence).toMatch(
      /^2 tokens were used from this address, .* 1 of them was not seen there before; 2 unusual changes were made with them since\.$/,
    )
  })

  it('knows OAuth tokens by their client and other tokens by nothing', async () => {
    await ingestCase(
      actor,
      event(0, 'zone.update', { token: 'AT.abc123def456', clientId: '0oa1client' }),
      event(MINUTE, 'zone.update', { token: 'xyz-123' }),
    )
    const { tokens, sentence, missing } = await read()
    expect(tokens).toMatchObject([
      { kind: 'oauth', clientId: '0oa1client', created: { source: 'unknown' }, okta: { state: 'not_applicable' } },
      { kind: 'unknown', clientId: null, created: { source: 'unknown' }, okta: { state: 'not_applicable' } },
    ])
    expect(sentence).toMatch(/^2 tokens were used from this address, with 2 logged calls/)
    expect(missing.join(' ')).not.toContain('AT.abc')
  })

  it('holds the usual place of a token for innocent', async () => {
    await ingestCase(
      actor,
      ...[5, 4, 3, 2].map((day) => event(-day * DAY, 'app.user_management', { token: TOKEN, outcome: 'FAILURE' })),
      event(0, 'app.user_management', { token: TOKEN }),
    )
    const step = await read()
    expect(step).toMatchObject({ answer: 'yes', weight: 'possible', speaksForBenign: true })
    expect(step.sentence).toContain('This address is one of its usual places.')
  })

  it('draws flagged addresses first, however few their calls, and counts the rest', async () => {
    await ingestCase(
      actor,
      ...Array.from({ length: 30 }, (_, n) => [
        event(-n * MINUTE - DAY, 'app.user_management', { token: TOKEN, ip: `192.0.2.${n}` }),
        event(-n * MINUTE - 2 * DAY, 'app.user_management', { token: TOKEN, ip: `192.0.2.${n}` }),
      ]).flat(),
      event(0, 'app.user_management', { token: TOKEN }),
    )
    const { tokens } = await read()
    expect(tokens[0]!.addresses).toHaveLength(20)
    expect(tokens[0]!.addresses[0]).toMatchObject({ ip: TOR, calls: 1 })
    expect(tokens[0]).toMatchObject({ otherAddresses: 11, otherCalls: 22, calls: 61, flaggedAddresses: 1 })
  })
})
