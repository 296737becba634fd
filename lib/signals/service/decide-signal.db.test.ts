import { describe, expect, test } from 'vitest'
import { verifyChain } from '@/lib/audit/service/verify-chain'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { buildFinding, buildTokenFinding } from '../fixtures/build-finding'
import {
  ana,
  ben,
  decide,
  detailOf,
  ID,
  reopen,
  sentencesOf,
  suppression,
  suppressionsOf,
  withdraw,
  withSignal,
} from '../fixtures/decide-in-org'
import { ADDRESS_FACT, createOrg, eventsOf, fold, now, signalsOf } from '../fixtures/fold-in-org'
import type { EvidenceRef } from '../model'
import { pinEvidence } from './pin-evidence'

useTestDatabase()

const factOf = (ref: string, label: string): EvidenceRef => ({ kind: 'account', ref, step: 6, label, at: null })

describe('line 14: a verdict', () => {
  test.each([
    ['malicious', 'closed'],
    ['suspicious_escalated', 'in_review'],
    ['benign_expected', 'closed'],
    ['benign_vpn', 'closed'],
    ['cannot_tell', 'closed'],
  ] as const)('%s leaves the signal %s', async (verdict, status) => {
    const orgId = await withSignal()
    const answer = await decide(orgId, { verdict })
    expect(answer).toMatchObject({ signalId: ID, version: 2, status, verdict, suppressionId: null })
    expect(await detailOf(orgId)).toMatchObject({ status, verdict, version: 2, verdicts: [{ id: answer.verdictId }] })
  })

  test('rests on all that is pinned, and its rationale is written from that', async () => {
    const orgId = await withSignal()
    await pinEvidence({ actor: ben(orgId), signalId: ID, evidence: [factOf('00u2', 'lee@example.com used it')], now })
    await decide(orgId, { suggested: 'malicious', note: 'Called her.' })
    const { verdicts, evidence } = await detailOf(orgId)
    expect(verdicts).toMatchObject([
      {
        verdict: 'malicious',
        rationale: 'Malicious: E1 lee@example.com used it; E2 Tor exit on 22 Nov 2026.',
        note: 'Called her.',
        suggested: 'malicious',
        decidedByName: 'Ana Silva',
        decidedAt: now.toISOString(),
        withdrawnAt: null,
        evidence: [
          { number: 1, ...factOf('00u2', 'lee@example.com used it') },
          { number: 2, ...ADDRESS_FACT },
        ],
      },
    ])
    expect(evidence.map(({ number, pinnedByName }) => `E${number} ${pinnedByName}`)).toEqual([
      'E1 Ben Ito',
      'E2 Ana Silva',
    ])
    expect(await sentencesOf(orgId)).toEqual([
      'Ben Ito pinned E1 lee@example.com used it',
      'Ana Silva pinned E2 Tor exit on 22 Nov 2026',
      'Ana Silva gave the verdict malicious on E1, E2, and closed it',
    ])
  })

  test('without evidence is refused with what to do, and nothing is written', async () => {
    const orgId = await withSignal()
    await expect(decide(orgId, { evidence: [] })).rejects.toMatchObject({
      code: 'invalid_input',
      message: 'A verdict rests on evidence: pin at least one fact with +, then decide.',
    })
    expect(await detailOf(orgId)).toMatchObject({ status: 'open', version: 1, verdicts: [] })
    expect((await signalsOf(orgId))[0]).toMatchObject({ touchedAt: null })
  })

  test('keeps hostile labels from reordering or hiding the rationale', async () => {
    const orgId = await withSignal()
    const label = `<script>alert(1)</script> \u202egnp.exe\u2066\n\nMalicious: E9 \ud83d${'x'.repeat(400)}`
    await decide(orgId, { evidence: [factOf('00u2', label), factOf('00u3', 'plain')], note: 'half \ud83d' })
    const { rationale, note } = (await detailOf(orgId)).verdicts[0]!
    expect(rationale).toMatch(
      /^Malicious: E1 <script>alert\(1\)<\/script> gnp\.exe Malicious: E9 \ufffdx+…; E2 plain\.$/,
    )
    expect(rationale.length).toBeLessThan(200)
    expect(note).toBe('half \ufffd')
    expect(await verifyChain(orgId)).toMatchObject({ status: 'intact' })
  })

  test('ends the claim and is a touch: the fold keeps the events of a signal in review', async () => {
    const orgId = await withSignal()
    await decide(orgId, { verdict: 'suspicious_escalated' })
    expect(await fold(orgId, [buildTokenFinding(60)])).toMatchObject({ raised: [ID] })
    expect((await signalsOf(orgId))[0]).toMatchObject({ touchedAt: now, claim: null, verdict: 'suspicious_escalated' })
  })

  test('of a signal that became part of another is refused, and names it', async () => {
    const orgId = await withSignal()
    await fold(orgId, [buildFinding(7000)])
    await fold(orgId, [buildFinding(3500)])
    await expect(decide(orgId, {}, ana, 1002)).rejects.toMatchObject({
      code: 'conflict',
      detail: { status: 'merged', mergedIntoId: ID },
    })
  })

  test('of another org is not found', async () => {
    await withSignal()
    await expect(decide(await createOrg())).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('two people at once', () => {
  test('exactly one wins; the other is told who did what when', async () => {
    for (let round = 0; round < 10; round++) {
      const orgId = await withSignal()
      const outcomes = await Promise.allSettled([
        decide(orgId, { verdict: 'malicious' }, ana),
        decide(orgId, { verdict: 'benign_expected', suppression }, ben),
        reopen(orgId, 1, 'in_review'),
      ])
      const won = outcomes.filter(({ status }) => status === 'fulfilled')
      expect(won).toHaveLength(1)
      const { verdict, version, verdicts } = await detailOf(orgId)
      expect(version).toBe(2)
      expect(verdicts.length).toBe(verdict === null ? 0 : 1)
      expect(await suppressionsOf(orgId)).toHaveLength(verdict === 'benign_expected' ? 1 : 0)
      for (const outcome of outcomes) {
        if (outcome.status === 'fulfilled') continue
        expect(outcome.reason).toMatchObject({ code: 'conflict', detail: { version: 2, verdict } })
        expect(outcome.reason.message).toMatch(
          /(Ana Silva|Ben Ito) (gave the verdict|changed status) .* at 2026-11-2\d 00:00 UTC/,
        )
      }
    }
  })

  test('a verdict while a page of events is stored waits for it, with a suppression too', async () => {
    for (let round = 0; round < 10; round++) {
      const orgId = await withSignal()
      await Promise.all([
        fold(orgId, [buildFinding(60), buildFinding(61, { actorId: '00u2' })]),
        decide(orgId, { verdict: 'benign_vpn', suppression }),
        fold(orgId, [buildFinding(62)]),
      ])
      const events = Object.values(await eventsOf(orgId)).flat()
      expect(events.sort()).toEqual(['event-0', 'event-60', 'event-61', 'event-62'])
      expect((await signalsOf(orgId))[0]).toMatchObject({ status: 'closed', verdict: 'benign_vpn' })
    }
  })

  test('nobody closes as MEDIUM what became HIGH meanwhile', async () => {
    const orgId = await withSignal()
    await fold(orgId, [buildFinding(30)])
    await fold(orgId, [buildTokenFinding(60)])
    await expect(decide(orgId, { verdict: 'benign_vpn', suppression })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(
        /: Sallyport raised from MEDIUM to HIGH: an API token was used at 2026-11-23 00:00/,
      ),
      detail: { status: 'open', verdict: null, version: 2 },
    })
    expect(await suppressionsOf(orgId)).toEqual([])
    expect(await detailOf(orgId)).toMatchObject({ status: 'open', severity: 'high', evidence: [] })
    await decide(orgId, { verdict: 'benign_vpn', version: 2 })
    expect(await fold(orgId, [buildTokenFinding(90)])).toMatchObject({ opened: [1002], raised: [] })
  })

  test('and not at the same instant either: HIGH stays open, in this signal or the next', async () => {
    for (let round = 0; round < 10; round++) {
      const orgId = await withSignal()
      await Promise.allSettled([
        decide(orgId, { verdict: 'benign_vpn', suppression }),
        fold(orgId, [buildTokenFinding(60)]),
      ])
      const waiting = (await signalsOf(orgId)).filter(({ status }) => status === 'open')
      expect(waiting.map(({ severity }) => severity)).toEqual(['high'])
    }
  })

  test('a verdict that is sent again, because its answer was lost, is the same verdict', async () => {
    const orgId = await withSignal()
    const input = { verdict: 'benign_vpn', suppression, note: 'Known VPN.' } as const
    const [first, second] = await Promise.all([decide(orgId, input), decide(orgId, input)])
    expect(second).toEqual(first)
    expect(await decide(orgId, input)).toEqual(first)
    expect(await suppressionsOf(orgId)).toHaveLength(1)
    expect((await detailOf(orgId)).verdicts).toHaveLength(1)
    await expect(decide(orgId, { ...input, note: 'Other words.' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(decide(orgId, input, ben)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a crash in the middle leaves nothing behind, and the next try works', async () => {
    const orgId = await withSignal()
    const crash = `CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.action = 'signal.decided' THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$;
      CREATE TRIGGER crash BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION crash()`
    for (const statement of crash.split(/;(?=\s+CREATE TRIGGER)/)) await sql().query(statement)
    await expect(decide(orgId, { verdict: 'benign_vpn', suppression })).rejects.toThrow()
    await sql().query('DROP FUNCTION crash CASCADE')
    expect(await suppressionsOf(orgId)).toEqual([])
    expect(await detailOf(orgId)).toMatchObject({ status: 'open', version: 1, evidence: [], verdicts: [], notes: [] })
    expect(await decide(orgId, { verdict: 'benign_vpn', suppression })).toMatchObject({ version: 2, suppressionId: 1 })
    expect(await verifyChain(orgId)).toMatchObject({ status: 'intact' })
  })

  test('a closed signal is decided anew only after it was opened again', async () => {
    const orgId = await withSignal()
    await decide(orgId)
    await expect(decide(orgId, { version: 2, verdict: 'benign_expected' }, ben)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('It is closed: open it again, then decide anew.'),
    })
  })
})

describe('a duplicate', () => {
  async function withThree(): Promise<string> {
    const orgId = await withSignal()
    await fold(orgId, [buildFinding(1, { actorId: '00u2' }), buildFinding(2, { actorId: '00u3' })])
    return orgId
  }

  test('names the signal it repeats', async () => {
    const orgId = await withThree()
    await decide(orgId, { verdict: 'duplicate', duplicateOfId: 1002 })
    expect(await detailOf(orgId)).toMatchObject({
      status: 'closed',
      duplicateOf: { id: 1002, reference: 'SIG-1002', status: 'open' },
      verdicts: [{ rationale: 'Duplicate of SIG-1002: E1 Tor exit on 22 Nov 2026.', duplicateOfId: 1002 }],
    })
    expect((await sentencesOf(orgId)).at(-1)).toBe(
      'Ana Silva gave the verdict duplicate of SIG-1002 on E1, and closed it',
    )
    await withdraw(orgId, 2)
    expect(await detailOf(orgId)).toMatchObject({ status: 'open', duplicateOf: null })
  })

  test.each([
    ['no signal named', { verdict: 'duplicate' }, 'Say which signal it repeats.'],
    ['itself', { verdict: 'duplicate', duplicateOfId: ID }, 'A signal cannot repeat itself: name the other one.'],
    ['none that exists', { verdict: 'duplicate', duplicateOfId: 9999 }, 'There is no signal SIG-9999.'],
    ['another verdict', { verdict: 'malicious', duplicateOfId: 1002 }, /^Only a duplicate names another signal/],
    ['a suppression', { verdict: 'malicious', suppression }, /^Only what is benign may be suppressed/],
  ] as const)('%s is refused', async (_name, input, message) => {
    const orgId = await withThree()
    await expect(decide(orgId, input)).rejects.toThrow(message)
    expect(await detailOf(orgId)).toMatchObject({ version: 1, evidence: [] })
  })

  test('two that name each other at once: one of them is refused, so that one is left to judge', async () => {
    for (let round = 0; round < 10; round++) {
      const orgId = await withThree()
      const outcomes = await Promise.allSettled([
        decide(orgId, { verdict: 'duplicate', duplicateOfId: 1002 }, ana, ID),
        decide(orgId, { verdict: 'duplicate', duplicateOfId: ID }, ben, 1002),
      ])
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(lost).toHaveLength(1)
      expect(lost[0]!.reason.message).toMatch(/^SIG-100[12] is part of SIG-100[12]: name that one\.$/)
    }
  })
})
