import { expect, test } from 'vitest'
import { sql, withConnection, withTransaction } from './database'
import type { Sql } from './sql'
import { useTestDatabase } from './testing/use-test-database'

useTestDatabase()

/** Ends the connection as a server that stops does, while nothing is asked of it. */
async function end(connection: Sql): Promise<void> {
  const [row] = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const { pid } = row!
  await sql().query('SELECT pg_terminate_backend($1, 5000)', [pid])
}

test.each([
  ['a transaction', withTransaction],
  ['a connection', withConnection],
])('%s that the server ends fails, and the process goes on', async (_name, run) => {
  await expect(
    run(async (connection) => {
      await end(connection)
      return connection.query('SELECT 1')
    }),
  ).rejects.toThrow()
  expect(await sql().query('SELECT 1 AS one')).toEqual([{ one: 1 }])
})
