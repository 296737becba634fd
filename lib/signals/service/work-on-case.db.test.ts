// What people keep beside a signal before they decide: pinned facts, notes, the claim, reviewed steps. Each act touches the signal, is in its
// history, and may be sent twice.
import { describe, expect, test } from 'vitest'
import { sql, withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { parseEvent } from '@/lib/okta/core/parse-event'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import { appendEvents } from '@/lib/okta/store/event'
import { dropPartitionsBefore } from '@/lib/okta/store/partition'
import { buildFinding } from '../fixtures/build-finding'
import { ana, ben, decide, detailOf, ID, sentencesOf, withSignal } from '../fixtures/decide-in-org'
import { ADDRESS_FACT, createOrg, fold, now, signalsOf } from '../fixtures/fold-in-org'
import type { EvidenceRef } from '../model'
import { acknowledgeNote, addNote } from './add-note'
import { claimSignal, releaseClaim } from './claim-signal'
import { getEvent } from './get-event'
import { pinEvidence, unpinEvidence } from './pin-evidence'
import { reviewStep } from './review-step'

useTestDatabase()

const MINUTE = 60_000
const later = (minutes: number) => new Date(now.getTime() + minutes * MINUTE)

async function store(orgId: string, uuid: string, published: string): Promise<string> {
  const raw = JSON.stringify(oktaEvent({ uuid, published }), null, 1)
  const outcome = parseEvent(raw, now)
  if (outcome.status === 'rejected') throw new Error(outcome.rejected.detail)
  await withTransaction((tx) => appendEvents(tx, orgId, [outcome.parsed], now))
  return raw
}

describe('evidence', () => {
  const pin = (orgId: string, evidence: EvidenceRef[], by = ana) =>
    pinEvidence({ actor: by(orgId), signalId: ID, evidence, now })
  const unpin = (orgId: string, number: number) => unpinEvidence({ actor: ana(orgId), signalId: ID, number, now })
  const fact = (ref: string): EvidenceRef => ({ ...ADDRESS_FACT, ref })
  const numbers = ({ evidence }: { evidence: { number: number; ref: string }[] }) =>
    evidence.map(({ number, ref }) => `E${number} ${ref}`)

  test('is numbered in order; the same fact keeps its number; a number is never used again', async () => {
    const orgId = await withSignal()
    expect(numbers(await pin(orgId, [fact('a'), fact('b'), fact('a')]))).toEqual(['E1 a', 'E2 b'])
    expect(numbers(await pin(orgId, [fact('b'), fact('c')], ben))).toEqual(['E1 a', 'E2 b', 'E3 c'])
    expect(numbers(await unpin(orgId, 3))).toEqual(['E1 a', 'E2 b'])
    expect(numbers(await unpin(orgId, 3))).toEqual(['E1 a', 'E2 b'])
    expect(numbers(await pin(orgId, [fact('c')]))).toEqual(['E1 a', 'E2 b', 'E4 c'])
    await expect(unpin(orgId, 9)).rejects.toMatchObject({ code: 'not_found' })
    expect(await sentencesOf(orgId)).toEqual([
      'Ana Silva pinned E1 Tor exit on 22 Nov 2026; E2 Tor exit on 22 Nov 2026',
      'Ben Ito pinned E3 Tor exit on 22 Nov 2026',
      'Ana Silva removed E3 Tor exit on 22 Nov 2026',
      'Ana Silva pinned E4 Tor exit on 22 Nov 2026',
    ])
    expect((await signalsOf(orgId))[0]).toMatchObject({ touchedAt: now, version: 1 })
  })

  test('pinned by two at once has one number each', async () => {
    const orgId = await withSignal()
    await Promise.all(['a', 'b', 'a', 'c', 'b'].map((ref, index) => pin(orgId, [fact(ref)], index % 2 ? ben : ana)))
    const { evidence } = await detailOf(orgId)
    expect(evidence.map(({ number }) => number)).toEqual([1, 2, 3])
    expect(evidence.map(({ ref }) => ref).sort()).toEqual(['a', 'b', 'c'])
  })

  test('of kind event must be stored, and its text is copied, so that it outlives the log', async () => {
    const orgId = await withSignal()
    const uuid = '0f0e0d0c-0b0a-4908-8706-050403020100'
    const event: EvidenceRef = { kind: 'event', ref: uuid.toUpperCase(), step: 3, label: 'Role granted', at: null }
    await expect(pin(orgId, [event])).rejects.toMatchObject({ code: 'invalid_input', message: /is not stored/ })
    const raw = await store(orgId, uuid, '2025-01-10T08:00:00.000Z')
    expect(numbers(await pin(orgId, [event]))).toEqual([`E1 ${uuid}`])
    await withTransaction((tx) => dropPartitionsBefore(tx, new Date('2025-03-01T00:00:00.000Z')))
    expect(await getEvent({ actor: ana(orgId), uuid })).toMatchObject({
      raw,
      receivedAt: null,
      eventType: 'user.session.start',
    })
    expect(numbers(await pin(orgId, [event]))).toEqual([`E1 ${uuid}`])
    await expect(getEvent({ actor: ana(await createOrg()), uuid })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('is at most 200 facts', async () => {
    const orgId = await withSignal()
    for (let page = 0; page < 4; page++)
      await pin(
        orgId,
        Array.from({ length: 50 }, (_, at) => fact(`${page} ${at}`)),
      )
    await expect(pin(orgId, [fact('one more')])).rejects.toMatchObject({ code: 'invalid_input', message: /200/ })
    await decide(orgId, { evidence: [fact('0 0')] })
    const { rationale, evidence } = (await detailOf(orgId)).verdicts[0]!
    expect(evidence).toHaveLength(200)
    expect(rationale).toContain('; also E13, E14')
    expect(rationale.length).toBeLessThan(3000)
  })
})

describe('notes', () => {
  const add = (orgId: string, body: string, more: { kind?: 'note' | 'handoff'; id?: string } = {}, by = ana) =>
    addNote({ actor: by(orgId), signalId: ID, note: { kind: 'note', body, ...more }, now })

  test('are kept as typed, newest first, once each', async () => {
    const orgId = await withSignal()
    const id = '11111111-1111-4111-8111-111111111111'
    const body = '# <img src=x onerror=alert(1)> \u202e'
    await add(orgId, body, { id })
    expect((await add(orgId, body, { id })).notes).toMatchObject([{ id, kind: 'note', body, authorName: 'Ana Silva' }])
    await expect(add(orgId, 'other', { id })).rejects.toMatchObject({ code: 'conflict' })
    await expect(add(orgId, body, { id }, ben)).rejects.toMatchObject({ code: 'conflict' })
    expect(await sentencesOf(orgId)).toEqual(['Ana Silva added a note'])
    expect((await signalsOf(orgId))[0]).toMatchObject({ touchedAt: now, version: 1 })
  })

  test('a hand-off is acknowledged once, by the first who does', async () => {
    const orgId = await withSignal()
    const { notes } = await add(orgId, 'Known: Tor. Next: ask.', { kind: 'handoff' })
    const noteId = notes[0]!.id
    const acknowledge = (by = ben) => acknowledgeNote({ actor: by(orgId), signalId: ID, noteId, now })
    expect((await acknowledge()).notes).toMatchObject([
      { acknowledgedByName: 'Ben Ito', acknowledgedAt: now.toISOString() },
    ])
    expect((await acknowledge(ana)).notes).toMatchObject([{ acknowledgedByName: 'Ben Ito' }])
    expect(await sentencesOf(orgId)).toEqual(['Ana Silva wrote a hand-off note', 'Ben Ito took over from Ana Silva'])
    const { notes: more } = await add(orgId, 'plain', { id: '22222222-2222-4222-8222-222222222222' })
    const plain = { actor: ana(orgId), signalId: ID, noteId: more.find(({ kind }) => kind === 'note')!.id, now }
    await expect(acknowledgeNote(plain)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(acknowledgeNote({ ...plain, signalId: 9999 })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a claim', () => {
  const claim = (orgId: string, by = ana, minutes = 0, takeOver = false) =>
    claimSignal({ actor: by(orgId), signalId: ID, takeOver, now: later(minutes) })
  const stored = async (orgId: string) => (await signalsOf(orgId))[0]!.claim

  test('lasts 15 minutes and is renewed without filling the history', async () => {
    const orgId = await withSignal()
    expect(await claim(orgId)).toEqual({
      claim: { byId: 'ana', byName: 'Ana Silva', expiresAt: later(15).toISOString() },
    })
    expect((await claim(orgId, ana, 0.5)).claim!.expiresAt).toBe(later(15).toISOString())
    expect((await claim(orgId, ana, 10)).claim!.expiresAt).toBe(later(25).toISOString())
    expect(await sentencesOf(orgId)).toEqual(['Ana Silva claimed it'])
    expect((await signalsOf(orgId))[0]).toMatchObject({ touchedAt: now, version: 1 })
  })

  test('of somebody else is refused with who and how long, and taken over when that is said', async () => {
    const orgId = await withSignal()
    await claim(orgId)
    await expect(claim(orgId, ben, 5)).rejects.toMatchObject({
      code: 'conflict',
      message: 'Ana Silva claimed SIG-1001, for 10 min still. Take over, or leave it.',
      detail: { claimedBy: 'Ana Silva', expiresAt: later(15).toISOString() },
    })
    expect((await claim(orgId, ben, 5, true)).claim).toMatchObject({ byName: 'Ben Ito' })
    expect(await sentencesOf(orgId)).toEqual([
      'Ana Silva claimed it',
      'Ben Ito took it over from Ana Silva, who had claimed it',
    ])
  })

  test('that expired is void: free without taking over', async () => {
    const orgId = await withSignal()
    await claim(orgId)
    expect((await claim(orgId, ben, 15)).claim).toMatchObject({ byName: 'Ben Ito' })
    expect((await sentencesOf(orgId)).at(-1)).toBe('Ben Ito claimed it')
  })

  test('of two at once goes to one', async () => {
    const orgId = await withSignal()
    const outcomes = await Promise.allSettled([claim(orgId, ana), claim(orgId, ben)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('is given back by its owner only, and ends with a verdict', async () => {
    const orgId = await withSignal()
    await claim(orgId)
    const release = (by = ana) => releaseClaim({ actor: by(orgId), signalId: ID, now })
    expect((await release(ben)).claim).toMatchObject({ byName: 'Ana Silva' })
    expect(await release()).toEqual({ claim: null })
    expect(await release()).toEqual({ claim: null })
    expect((await sentencesOf(orgId)).at(-1)).toBe('Ana Silva gave the claim back')
    await claim(orgId)
    // Soft: it keeps nobody from deciding.
    await decide(orgId, {}, ben)
    expect(await stored(orgId)).toBeNull()
    await expect(claim(orgId)).rejects.toMatchObject({ code: 'conflict', message: /is closed/ })
  })
})

describe('reviewed steps', () => {
  test('are marked and unmarked, once each', async () => {
    const orgId = await withSignal()
    const review = (step: number, isReviewed: boolean, by = ana) =>
      reviewStep({ actor: by(orgId), signalId: ID, step, isReviewed, now })
    await review(3, true)
    await review(3, true, ben)
    expect(await review(1, true, ben)).toEqual({
      reviews: [
        { step: 1, reviewedAt: now.toISOString(), reviewerName: 'Ben Ito' },
        { step: 3, reviewedAt: now.toISOString(), reviewerName: 'Ana Silva' },
      ],
    })
    await review(3, false)
    expect((await review(3, false)).reviews).toHaveLength(1)
    expect(await sentencesOf(orgId)).toEqual([
      'Ana Silva reviewed step 3',
      'Ben Ito reviewed step 1',
      'Ana Silva took the mark off step 3',
    ])
  })
})

describe('similar signals', () => {
  test('share the account, the address or the network; newest first, with what was decided', async () => {
    const orgId = await withSignal()
    await fold(orgId, [
      buildFinding(10, { ip: '203.0.113.9', asNumber: 64501 }),
      buildFinding(20, { actorId: '00u2' }),
      buildFinding(30, { actorId: '00u3', ip: '203.0.113.10' }),
      buildFinding(40, { actorId: '00u4', ip: '203.0.113.11', asNumber: 64502 }),
      buildFinding(50, { actorId: '00u5', ip: '203.0.113.12', asNumber: null }),
    ])
    await decide(orgId, { verdict: 'benign_expected' }, ben, 1003)
    const { similar } = await detailOf(orgId)
    expect(similar).toMatchObject([
      { id: 1004, shares: ['network'], verdict: null, decidedByName: null },
      { id: 1003, shares: ['ip', 'network'], status: 'closed', verdict: 'benign_expected', decidedByName: 'Ben Ito' },
      { id: 1002, shares: ['account'] },
    ])
  })

  test('are the ten newest, however many there are', async () => {
    const orgId = await withSignal()
    await sql().query(
      `INSERT INTO signal SELECT (jsonb_populate_record(s, jsonb_build_object('id', 2000 + n, 'last_seen', s.last_seen - n * interval '1 second',
         'actor_id', CASE WHEN n % 2 = 0 THEN s.actor_id ELSE '00u' || n END))).* FROM signal s, generate_series(1, 3000) n WHERE s.org_id = $1`,
      [orgId],
    )
    await sql().query('ANALYZE signal')
    expect((await detailOf(orgId)).similar.map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, at) => 2001 + at),
    )
  })
})
