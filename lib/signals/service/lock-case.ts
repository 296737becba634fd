// What every act of a person on a signal begins with: the lock of its row, and the refusal of one that is part of another by now.
import type { Sql } from '@/lib/db/sql'
import { AppError } from '@/lib/kernel/error'
import { signalReference, type Signal } from '../model'
import { lockSignals } from '../store/signal'

/** The signal, locked to the end of the transaction. @throws AppError not_found; conflict (`mergedIntoId`) when it became part of another */
export async function lockCase(tx: Sql, orgId: string, signalId: number): Promise<Signal> {
  const [signal] = await lockSignals(tx, orgId, [signalId])
  return requireLive(signal, signalId)
}

/** @throws AppError not_found, conflict */
export function requireLive(signal: Signal | undefined, signalId: number): Signal {
  const reference = signalReference(signalId)
  if (!signal) throw new AppError('not_found', `There is no signal ${reference}.`)
  const { status, version, mergedIntoId } = signal
  if (status !== 'merged') return signal
  const target = mergedIntoId === null ? 'another signal' : signalReference(mergedIntoId)
  throw new AppError('conflict', `${reference} became part of ${target}: go on there.`, {
    detail: { status, version, mergedIntoId },
  })
}
