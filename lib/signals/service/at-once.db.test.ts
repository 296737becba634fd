// Everything that people and machines do to one signal, at the same time: nothing waits for ever, nothing is lost, nothing fails but a 409.
import { expect, test } from 'vitest'
import { verifyChain } from '@/lib/audit/service/verify-chain'
import { withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { forgetIndexes, loadIndex } from '@/lib/intel/service/load-index'
import { AppError } from '@/lib/kernel/error'
import { endNow } from '@/lib/suppressions/service/end-now'
import { lockSuppressions } from '@/lib/suppressions/service/lock-suppressions'
import { renewSuppression } from '@/lib/suppressions/service/renew-suppression'
import { suppressSignal } from '@/lib/suppressions/service/suppress-signal'
import { buildFinding, buildTokenFinding } from '../fixtures/build-finding'
import { ana, ben, decide, detailOf, ID, reopen, suppression, withdraw, withSignal } from '../fixtures/decide-in-org'
import { ADDRESS_FACT, eventsOf, fold, now, signalsOf } from '../fixtures/fold-in-org'
import { addNote } from './add-note'
import { claimSignal, releaseClaim } from './claim-signal'
import { pinEvidence } from './pin-evidence'

useTestDatabase()

test('verdicts, undo, reopening, claims, evidence, notes, suppressions and pages of events', async () => {
  for (let round = 0; round < 15; round++) {
    const orgId = await withSignal()
    await suppressSignal({ actor: ben(orgId), signalId: ID, draft: suppression, now })
    forgetIndexes() // so that reopening must read intelligence while it holds locks
    const outcomes = await Promise.allSettled([
      decide(orgId, { verdict: 'benign_vpn', suppression }),
      decide(orgId, {}, ben),
      reopen(orgId, 2),
      withdraw(orgId, 2, true),
      fold(orgId, [buildFinding(60)]),
      fold(orgId, [buildTokenFinding(61), buildFinding(62, { actorId: '00u2' })]),
      endNow({ actor: ana(orgId), suppressionId: 1, now }),
      renewSuppression({ actor: ana(orgId), suppressionId: 1, renewal: { reason: 'other', days: 3 }, now }),
      claimSignal({ actor: ana(orgId), signalId: ID, takeOver: true, now }),
      claimSignal({ actor: ben(orgId), signalId: ID, takeOver: false, now }),
      releaseClaim({ actor: ben(orgId), signalId: ID, now }),
      pinEvidence({ actor: ben(orgId), signalId: ID, evidence: [{ ...ADDRESS_FACT, ref: '198.51.100.8' }], now }),
      addNote({ actor: ben(orgId), signalId: ID, note: { kind: 'note', body: 'Called her.' }, now }),
    ])
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'conflict' })
    }
    expect(
      Object.values(await eventsOf(orgId))
        .flat()
        .sort(),
    ).toEqual(['event-0', 'event-60', 'event-61', 'event-62'])
    const signals = await signalsOf(orgId)
    const high = signals.filter(({ severity, status }) => severity === 'high' && status !== 'merged')
    expect(high).toHaveLength(1)
    // Who closed the HIGH one has seen it: its version is that of the raise.
    if (high[0]!.status === 'closed') expect(high[0]!.version).toBeGreaterThan(2)
    const { verdict, verdicts } = await detailOf(orgId)
    expect(verdicts.filter(({ withdrawnAt }) => withdrawnAt === null).map((one) => one.verdict)).toEqual(
      verdict === null ? [] : [verdict],
    )
    expect(await verifyChain(orgId)).toMatchObject({ status: 'intact' })
  }
})

test('whoever holds the lock gets intelligence even while every other connection waits for it', async () => {
  const orgId = await withSignal()
  let waiting: Promise<unknown>[] = []
  await withTransaction(async (tx) => {
    await lockSuppressions(tx, orgId)
    waiting = Array.from({ length: 20 }, () => endNow({ actor: ana(orgId), suppressionId: 9, now }))
    waiting.forEach((one) => one.catch(() => {}))
    forgetIndexes()
    expect(await loadIndex(orgId, tx)).toMatchObject({ version: 0 })
  })
  for (const outcome of await Promise.allSettled(waiting)) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(AppError) })
  }
})
