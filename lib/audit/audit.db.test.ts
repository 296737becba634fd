import { beforeAll, describe, expect, test } from 'vitest'
import { prisma, sql, sqlOf, withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { systemActor } from '@/lib/kernel/actor'
import { appendAudit } from './service/append-audit'
import { readHistory } from './service/read-history'
import { verifyChain } from './service/verify-chain'

useTestDatabase()

const at = new Date('2026-11-22T08:14:07.123Z')
const record = (subjectId: string, detail: Record<string, unknown> = {}) => ({
  action: 'signal.opened',
  subjectType: 'signal',
  subjectId,
  detail,
})
const append = (orgId: string, ...records: ReturnType<typeof record>[]) =>
  withTransaction((tx) => appendAudit(tx, systemActor(orgId), records, at))

beforeAll(async () => {
  await append(
    'history',
    record('1', { z: 1, a: { d: 1e21, c: 0.1 }, odd: 'a\u0000b\ud800', big: 12345678901234567890n }),
    record('2'),
  )
})

describe('appendAudit', () => {
  test('what was stored still has the hash it was given, also with odd detail', async () => {
    expect(await verifyChain('history')).toEqual({ status: 'intact', entries: 2 })
  })

  test('joins a transaction of Prisma', async () => {
    await prisma().$transaction((tx) =>
      appendAudit(sqlOf(tx), systemActor('prisma'), [record('1', { note: 'ünï' }), record('2')], at),
    )
    expect(await verifyChain('prisma')).toEqual({ status: 'intact', entries: 2 })
  })

  test('concurrent appends to one org leave no gap and no fork', async () => {
    await Promise.all(Array.from({ length: 24 }, (_, index) => append('busy', record(`${index}`), record(`${index}`))))
    expect(await verifyChain('busy')).toEqual({ status: 'intact', entries: 48 })
    expect(await readHistory(sql(), 'busy', 'signal', '7')).toHaveLength(2)
  })

  test('a rolled back transaction records nothing and leaves no gap', async () => {
    await append('rollback', record('1'))
    await expect(
      withTransaction(async (tx) => {
        await appendAudit(tx, systemActor('rollback'), [record('2')], at)
        throw new Error('changed our mind')
      }),
    ).rejects.toThrow('changed our mind')
    await append('rollback', record('3'))
    expect(await verifyChain('rollback')).toEqual({ status: 'intact', entries: 2 })
  })

  test('orgs have chains of their own', async () => {
    await append('other', record('1'))
    const [first] = await readHistory(sql(), 'other', 'signal', '1')
    expect(first).toMatchObject({ seq: 1n, actorKind: 'system', at })
  })
})

describe('audit_entry', () => {
  test.each([
    `UPDATE audit_entry SET detail = '{}' WHERE org_id = 'history'`,
    `DELETE FROM audit_entry WHERE org_id = 'history'`,
    'TRUNCATE audit_entry',
  ])('refuses %s', async (statement) => {
    await expect(sql().query(statement)).rejects.toThrow('audit entries are append-only')
  })
})

describe('verifyChain', () => {
  test('finds what somebody with the rights of a superuser changed', async () => {
    await append('tampered', record('1'), record('2'), record('3'))
    await sql().query('ALTER TABLE audit_entry DISABLE TRIGGER USER')
    await sql().query(`UPDATE audit_entry SET actor_name = 'Nobody' WHERE org_id = 'tampered' AND seq = 2`)
    await sql().query('ALTER TABLE audit_entry ENABLE TRIGGER USER')
    expect(await verifyChain('tampered')).toEqual({ status: 'broken', seq: 2n, reason: 'hash' })
  })

  test('finds that the newest entries were cut off', async () => {
    await append('cut', record('1'), record('2'))
    await sql().query('ALTER TABLE audit_entry DISABLE TRIGGER USER')
    await sql().query(`DELETE FROM audit_entry WHERE org_id = 'cut' AND seq = 2`)
    await sql().query('ALTER TABLE audit_entry ENABLE TRIGGER USER')
    expect(await verifyChain('cut')).toEqual({ status: 'broken', seq: 2n, reason: 'gap' })
  })

  test('an org without entries is intact', async () => {
    expect(await verifyChain('empty')).toEqual({ status: 'intact', entries: 0 })
  })
})
