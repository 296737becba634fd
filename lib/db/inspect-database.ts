// Looks at a database without changing it, for the doctor.
import fs from 'node:fs'
import pg from 'pg'

export interface DatabaseInspection {
  /** E.g. `18.4`. */
  version: string
  /** Migrations that the next start applies. */
  pending: string[]
  /** Migrations that failed and hold up the next start. */
  failed: string[]
}

/** @throws Error when the server does not answer. */
export async function inspectDatabase(
  connectionString: string,
  folder = 'prisma/migrations',
): Promise<DatabaseInspection> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {}) // the statements below report it
  await client.connect()
  try {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
    const history = await readHistory(client)
    const names = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const isApplied = (name: string) => history.some((row) => row.migration_name === name && row.finished_at)
    return {
      version: rows[0]!.server_version.split(' ')[0]!,
      pending: names.map(({ name }) => name).filter((name) => !isApplied(name)),
      failed: history.filter((row) => !row.finished_at).map((row) => row.migration_name),
    }
  } finally {
    await client.end()
  }
}

async function readHistory(client: pg.Client): Promise<{ migration_name: string; finished_at: Date | null }[]> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`,
  )
  if (!rows[0]!.exists) return []
  const history = await client.query<{ migration_name: string; finished_at: Date | null }>(
    'SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  return history.rows
}
