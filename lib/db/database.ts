// The process's two doors to PostgreSQL: a `pg` pool for bulk work and transactions of the pipeline, Prisma for everything else.
// Both hang off globalThis because Next loads modules once per bundle.
import { PrismaPg } from '@prisma/adapter-pg'
import pg, { type PoolClient } from 'pg'
import { AppError } from '@/lib/kernel/error'
import { env } from '@/lib/kernel/env'
import { logger } from '@/lib/kernel/logger'
import { PrismaClient, type Prisma } from './generated/client'
import type { Sql, Transaction } from './sql'

const PG_INT8 = 20
const PG_DATE = 1082
/** 15.0, as `server_version_num` writes it. */
const OLDEST_SERVER = 150000

interface Handles {
  pool: pg.Pool
  /** For `withSnapshot` alone. */
  snapshots: pg.Pool
  prisma: PrismaClient
}

const store = globalThis as typeof globalThis & { sallyportDatabase?: Handles }

/** Bigints stay exact; a date is a day and not an instant of some time zone. */
const types = {
  getTypeParser(id: number, format?: 'text' | 'binary') {
    if (format !== 'binary' && id === PG_INT8) return (text: string) => BigInt(text)
    if (format !== 'binary' && id === PG_DATE) return (text: string) => text
    return pg.types.getTypeParser(id, format as 'text')
  },
}

/** A pool with our type parsers and an error handler, without which a stopping server would end the process. */
export function openPool(connectionString: string, max = 10): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    types: types as unknown as pg.CustomTypesConfig,
    application_name: 'sallyport',
  })
  pool.on('error', (error) => logger.warn({ error: error.message }, 'database connection lost'))
  return pool
}

function handles(): Handles {
  if (store.sallyportDatabase) return store.sallyportDatabase
  const connectionString = env().DATABASE_URL
  if (!connectionString)
    throw new AppError('internal', 'DATABASE_URL is not set: start the product with npm start, or set it.')
  return useDatabase(connectionString)
}

/** Points this process at a database. Called by commands that start the embedded server, and by tests. */
export function useDatabase(connectionString: string): Handles {
  // Prisma's own limits (2 s to begin, 5 s to end) would fail a person's write that waits behind the commit of a large page.
  const transactionOptions = { maxWait: 10_000, timeout: 20_000 }
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 10 }), transactionOptions })
  store.sallyportDatabase = { pool: openPool(connectionString), snapshots: openPool(connectionString, 2), prisma }
  return store.sallyportDatabase
}

/** Prisma's client of this process. */
export function prisma(): PrismaClient {
  return handles().prisma
}

/** Statements outside a transaction. */
export function sql(): Sql {
  const { pool } = handles()
  return { query: async (text, values) => (await pool.query(text, values as unknown[])).rows as never }
}

/** A connection of its own, for `LISTEN`. The caller releases it. */
export function connect(): Promise<PoolClient> {
  return handles().pool.connect()
}

/** Runs `work` on one connection, e.g. under an advisory lock of its session. A broken connection is not given to anybody else. */
export async function withConnection<T>(work: (connection: Sql) => Promise<T>): Promise<T> {
  const client = await connect()
  let broken: Error | undefined
  const noteBroken = (error: Error) => (broken = error)
  client.on('error', noteBroken)
  try {
    return await work({ query: async (text, values) => (await client.query(text, values as unknown[])).rows as never })
  } catch (error) {
    if (!(error instanceof AppError)) broken = error as Error
    throw error
  } finally {
    client.off('error', noteBroken)
    client.release(broken)
  }
}

/** Runs `work` in one transaction on one connection: commits its result, or rolls back and rethrows. */
export function withTransaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return transact(handles().pool, 'BEGIN', work)
}

/**
 * Reads everything as of one instant. It has connections of its own and waits for no lock, so whoever holds locks may wait for it, even
 * while every other connection waits for those locks.
 */
export function withSnapshot<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return transact(handles().snapshots, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work)
}

async function transact<T>(pool: pg.Pool, begin: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  // Without a listener, a connection that the server ends between two statements would end the process.
  const noteBroken = (error: Error) => (broken = error)
  client.on('error', noteBroken)
  try {
    await client.query(begin)
    const result = await work({
      client,
      query: async (text, values) => (await client.query(text, values as unknown[])).rows as never,
    })
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure))
    throw error
  } finally {
    client.off('error', noteBroken)
    client.release(broken)
  }
}

/** Statements inside a Prisma transaction, so that stores written for `Sql` join it. */
export function sqlOf(transaction: Prisma.TransactionClient): Sql {
  return { query: (text, values = []) => transaction.$queryRawUnsafe(text, ...values) as never }
}

/** Ends both doors. The server may stop only after this. */
export async function closeDatabase(): Promise<void> {
  const open = store.sallyportDatabase
  delete store.sallyportDatabase
  if (!open) return
  await open.prisma.$disconnect()
  await Promise.all([open.pool.end(), open.snapshots.end()])
}

/**
 * Proves that a server answers and is new enough.
 *
 * @throws Error with one line that says what to do.
 */
export async function probeDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {}) // the statement below reports it
  const where = describeServer(connectionString)
  try {
    await client.connect()
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    throw new Error(
      `Cannot reach the database at ${where} (${code ?? message}): start it, or correct DATABASE_URL, or unset it to use the embedded one.`,
      { cause: error },
    )
  }
  try {
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num')
    if (Number(rows[0]!.server_version_num) < OLDEST_SERVER) {
      throw new Error(`The database at ${where} is older than PostgreSQL 15: use a newer server.`)
    }
  } finally {
    await client.end()
  }
}

/** Host, port and database of a connection string, without user and password. */
function describeServer(connectionString: string): string {
  const url = new URL(connectionString)
  return `${url.hostname}:${url.port || '5432'}${url.pathname}`
}
