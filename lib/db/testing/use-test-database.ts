// Gives a test file a database of its own: a clone of the migrated template, dropped afterwards.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { closeDatabase, useDatabase } from '../database'

/** Call once at the top of a `.db.test.ts` file: `prisma()`, `sql()` and `withTransaction()` then reach the clone. */
export function useTestDatabase(): { url: () => string } {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  let url = ''
  beforeAll(async () => {
    await onServer(`CREATE DATABASE ${name} TEMPLATE template`)
    const clone = new URL(inject('templateUrl'))
    clone.pathname = `/${name}`
    url = clone.toString()
    useDatabase(url)
  })
  afterAll(async () => {
    await closeDatabase()
    await onServer(`DROP DATABASE ${name} WITH (FORCE)`)
  })
  return { url: () => url }
}

async function onServer(statement: string): Promise<void> {
  const server = new URL(inject('templateUrl'))
  server.pathname = '/postgres'
  const client = new pg.Client({ connectionString: server.toString() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
