// Taking a verdict back: undo, reopening, the verdict that replaces an escalation, and what becomes of suppressions and newer signals.
import { describe, expect, test } from 'vitest'
import { readHistory } from '@/lib/audit/service/read-history'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { buildFinding } from '../fixtures/build-finding'
import {
  ana,
  ben,
  decide,
  detailOf,
  ID,
  NEXT_DAY,
  reopen,
  sentencesOf,
  suppression,
  suppressionsOf,
  withdraw,
  withSignal,
} from '../fixtures/decide-in-org'
import { eventsOf, fold, now } from '../fixtures/fold-in-org'
import { acknowledgeNote, addNote } from './add-note'

useTestDatabase()

describe('an escalation', () => {
  test('writes a hand-off note from the evidence, so that nothing must be typed', async () => {
    const orgId = await withSignal()
    await decide(orgId, { verdict: 'suspicious_escalated', note: '**Ask** her manager.' })
    const { notes, verdicts } = await detailOf(orgId)
    expect(notes).toMatchObject([
      {
        id: verdicts[0]!.id,
        kind: 'handoff',
        body: '**Ask** her manager.\n\nEscalated as suspicious. It rests on E1.',
        authorName: 'Ana Silva',
        acknowledgedAt: null,
      },
    ])
  })

  test('is replaced by the next verdict, and back in force when that one is undone', async () => {
    const orgId = await withSignal()
    await decide(orgId, { verdict: 'suspicious_escalated' })
    await decide(orgId, { verdict: 'malicious', version: 2 }, ben)
    let detail = await detailOf(orgId)
    expect(detail).toMatchObject({ status: 'closed', verdict: 'malicious', notes: [{ acknowledgedByName: 'Ben Ito' }] })
    expect(detail.verdicts.map(({ verdict, withdrawnByName }) => [verdict, withdrawnByName])).toEqual([
      ['malicious', null],
      ['suspicious_escalated', 'Ben Ito'],
    ])
    expect(await withdraw(orgId, 3)).toEqual({
      ...{ signalId: ID, version: 4, status: 'in_review', verdict: 'suspicious_escalated' },
    })
    detail = await detailOf(orgId)
    expect(detail).toMatchObject({
      ...{ status: 'in_review', verdict: 'suspicious_escalated', version: 4 },
      notes: [{ acknowledgedAt: null, acknowledgedByName: null }],
    })
    expect(await withdraw(orgId, 4)).toMatchObject({ status: 'open', verdict: null })
    expect(await sentencesOf(orgId)).toEqual([
      'Ana Silva pinned E1 Tor exit on 22 Nov 2026',
      'Ana Silva gave the verdict suspicious, escalated on E1, and handed it on',
      'Ben Ito gave the verdict malicious instead of suspicious, escalated on E1, and closed it',
      'Ana Silva undid the verdict malicious: suspicious, escalated again, status in review',
      'Ana Silva undid the verdict suspicious, escalated, status open',
    ])
  })

  test('stays taken over by whoever did so before it was replaced', async () => {
    const orgId = await withSignal()
    const { verdictId } = await decide(orgId, { verdict: 'suspicious_escalated' })
    const early = new Date(now.getTime() - 1)
    await acknowledgeNote({ actor: ben(orgId), signalId: ID, noteId: verdictId, now: early })
    await decide(orgId, { version: 2 }, ben)
    await withdraw(orgId, 3)
    expect((await detailOf(orgId)).notes).toMatchObject([{ acknowledgedAt: early.toISOString() }])
  })

  test('is withdrawn when somebody puts the signal back', async () => {
    const orgId = await withSignal()
    await decide(orgId, { verdict: 'suspicious_escalated' })
    expect(await reopen(orgId, 2)).toMatchObject({
      status: 'open',
      verdict: null,
      notes: [{ acknowledgedByName: 'Ben Ito' }],
    })
    expect((await sentencesOf(orgId)).at(-1)).toBe(
      'Ben Ito changed status from in review to open, which withdrew the verdict suspicious, escalated',
    )
  })
})

describe('line 15: a benign verdict with a suppression', () => {
  test('makes both or neither', async () => {
    const orgId = await withSignal()
    const answer = await decide(orgId, { verdict: 'benign_vpn', suppression })
    expect(answer.suppressionId).toBe(1)
    expect(await suppressionsOf(orgId)).toMatchObject([{ id: 1, ended_at: null, signal_id: ID }])
    expect((await sentencesOf(orgId)).at(-1)).toBe(
      'Ana Silva gave the verdict benign, VPN or privacy tool on E1, suppressed as SUP-1, and closed it',
    )
    const other = await withSignal()
    await expect(
      decide(other, { verdict: 'benign_vpn', suppression: { ...suppression, scope: 'org_network' } }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    expect(await detailOf(other)).toMatchObject({ status: 'open', version: 1, evidence: [], verdicts: [] })
    expect(await suppressionsOf(other)).toEqual([])
  })

  test('undo ends the suppression if told so, and leaves it else', async () => {
    const orgId = await withSignal()
    await decide(orgId, { verdict: 'benign_vpn', suppression })
    await withdraw(orgId, 2)
    expect(await suppressionsOf(orgId)).toMatchObject([{ ended_at: null }])
    await decide(orgId, { verdict: 'benign_vpn', suppression, version: 3 })
    expect(await withdraw(orgId, 4, true)).toMatchObject({ status: 'open', verdict: null })
    expect(await suppressionsOf(orgId)).toMatchObject([{ ended_at: null }, { ended_at: NEXT_DAY }])
    const said = await sentencesOf(orgId)
    expect(said).toContain('Ana Silva undid the verdict benign, VPN or privacy tool, status open; SUP-1 stays')
    expect(said.at(-1)).toBe('Ana Silva undid the verdict benign, VPN or privacy tool, status open; SUP-2 ended')
    expect((await readHistory(sql(), orgId, 'suppression', '2')).map(({ action }) => action)).toEqual([
      'suppression.created',
      'suppression.ended',
    ])
  })
})

describe('undo', () => {
  test('works at any time, restores the status before, and keeps the verdict on record', async () => {
    const orgId = await withSignal()
    await reopen(orgId, 1, 'in_review')
    await decide(orgId, { version: 2 })
    expect(await withdraw(orgId, 3)).toEqual({ signalId: ID, version: 4, status: 'in_review', verdict: null })
    expect((await detailOf(orgId)).verdicts).toMatchObject([
      { verdict: 'malicious', withdrawnAt: NEXT_DAY.toISOString(), withdrawnByName: 'Ana Silva' },
    ])
  })

  test('sent again changes nothing; of a signal without a verdict it is refused', async () => {
    const orgId = await withSignal()
    await expect(withdraw(orgId, 1)).rejects.toMatchObject({ code: 'conflict', message: /has no verdict to undo/ })
    await decide(orgId)
    const [first, second] = await Promise.all([withdraw(orgId, 2), withdraw(orgId, 2)])
    expect(second).toEqual(first)
    await expect(withdraw(orgId, 2, false, ben)).rejects.toMatchObject({ code: 'conflict' })
    expect(await detailOf(orgId)).toMatchObject({ version: 3 })
  })

  test('and another verdict at once: one wins', async () => {
    for (let round = 0; round < 5; round++) {
      const orgId = await withSignal()
      await decide(orgId, { verdict: 'suspicious_escalated' })
      const outcomes = await Promise.allSettled([withdraw(orgId, 2), decide(orgId, { version: 2 }, ben)])
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const { verdict, verdicts } = await detailOf(orgId)
      expect(verdicts.filter(({ withdrawnAt }) => withdrawnAt === null).map((one) => one.verdict)).toEqual(
        verdict === null ? [] : [verdict],
      )
    }
  })
})

describe('line 10: reopening', () => {
  test('withdraws the verdict and says so; events join again', async () => {
    const orgId = await withSignal()
    await decide(orgId, { verdict: 'benign_vpn', suppression })
    expect(await reopen(orgId, 2)).toMatchObject({
      status: 'open',
      verdict: null,
      version: 3,
      verdicts: [{ withdrawnByName: 'Ben Ito' }],
    })
    expect((await sentencesOf(orgId)).at(-1)).toBe(
      'Ben Ito reopened as open, which withdrew the verdict benign, VPN or privacy tool; SUP-1 stays',
    )
    expect(await fold(orgId, [buildFinding(60)])).toMatchObject({ reinforced: [ID], opened: [] })
  })

  test('new events never reopen; a newer signal that nobody touched becomes part of the reopened one with the next event', async () => {
    const orgId = await withSignal()
    await decide(orgId)
    expect(await fold(orgId, [buildFinding(60)])).toMatchObject({ opened: [1002] })
    await reopen(orgId, 2)
    expect((await sentencesOf(orgId)).at(-1)).toBe(
      'Ben Ito reopened as open, which withdrew the verdict malicious; SIG-1002 was opened after it',
    )
    // Reopening alone moves nothing.
    expect(await eventsOf(orgId)).toEqual({ 1001: ['event-0'], 1002: ['event-60'] })
    expect(await fold(orgId, [buildFinding(120)])).toMatchObject({ merged: [1002], opened: [] })
    expect(await eventsOf(orgId)).toEqual({ 1001: ['event-0', 'event-60', 'event-120'] })
  })

  test('a newer signal that somebody touched stays, and later events join it', async () => {
    const orgId = await withSignal()
    await decide(orgId)
    await fold(orgId, [buildFinding(60)])
    await addNote({ actor: ana(orgId), signalId: 1002, note: { kind: 'note', body: 'Mine.' }, now })
    await withdraw(orgId, 2)
    expect((await sentencesOf(orgId)).at(-1)).toContain('; SIG-1002 was opened after it')
    expect(await fold(orgId, [buildFinding(120)])).toMatchObject({ merged: [], opened: [] })
    expect(await eventsOf(orgId)).toEqual({ 1001: ['event-0'], 1002: ['event-60', 'event-120'] })
  })
})
