// Applies prisma/migrations at start without Prisma's command line, and leaves `_prisma_migrations` as `prisma migrate deploy`
// would: both may be used on one database. Source of the table's shape and lock number: Prisma's schema engine.
import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'

/** Prisma's own advisory lock: excludes a `prisma migrate deploy` that runs at the same time. */
const MIGRATION_LOCK = 72707369

interface Migration {
  name: string
  sql: string
  /** SHA-256 of the file's bytes, hex. */
  checksum: string
}

interface AppliedRow {
  migration_name: string
  checksum: string
  finished_at: Date | null
  rolled_back_at: Date | null
}

/** Names of the migrations that this call applied. */
export type MigrateResult = { applied: string[] }

/**
 * Brings a database to the newest migration.
 *
 * @throws Error that says what to do: a migration failed earlier (P3009), the schema is not ours (P3005), an applied file was edited.
 */
export async function migrate(connectionString: string, folder = 'prisma/migrations'): Promise<MigrateResult> {
  const migrations = readMigrations(folder)
  const client = new pg.Client({ connectionString, application_name: 'sallyport-migrate' })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await makeHistory(client)
    const done = await readHistory(client, migrations)
    const applied: string[] = []
    for (const migration of migrations) {
      if (done.has(migration.name)) continue
      await apply(client, migration)
      applied.push(migration.name)
    }
    return { applied }
  } finally {
    await client.end()
  }
}

function readMigrations(folder: string): Migration[] {
  const names = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return names.map((name) => {
    const bytes = fs.readFileSync(path.join(folder, name, 'migration.sql'))
    return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') }
  })
}

async function makeHistory(client: pg.Client): Promise<void> {
  const found = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`,
  )
  if (found.rows[0]!.exists) return
  const foreign = await client.query(
    `SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v') LIMIT 1`,
  )
  if (foreign.rowCount) {
    throw new Error('The database holds tables that are not ours (P3005): name an empty database in DATABASE_URL.')
  }
  await client.query(`CREATE TABLE "_prisma_migrations" (
    "id"                    VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"              VARCHAR(64) NOT NULL,
    "finished_at"           TIMESTAMPTZ,
    "migration_name"        VARCHAR(255) NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        TIMESTAMPTZ,
    "started_at"            TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count"   INTEGER NOT NULL DEFAULT 0
)`)
}

async function readHistory(client: pg.Client, migrations: Migration[]): Promise<Set<string>> {
  const { rows } = await client.query<AppliedRow>(
    'SELECT migration_name, checksum, finished_at, rolled_back_at FROM "_prisma_migrations" ORDER BY started_at',
  )
  const failed = rows.find((row) => !row.finished_at && !row.rolled_back_at)
  if (failed) {
    throw new Error(
      `The migration ${failed.migration_name} failed earlier (P3009): see its logs in _prisma_migrations, mend the cause, then run: npx prisma migrate resolve --rolled-back ${failed.migration_name}`,
    )
  }
  const done = new Map(rows.filter((row) => !row.rolled_back_at).map((row) => [row.migration_name, row.checksum]))
  const edited = migrations.find(
    (migration) => done.has(migration.name) && done.get(migration.name) !== migration.checksum,
  )
  if (edited) throw new Error(`The migration ${edited.name} was edited after it was applied: restore its file.`)
  return new Set(done.keys())
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const id = randomUUID()
  await client.query(
    'INSERT INTO "_prisma_migrations" ("id", "checksum", "started_at", "migration_name") VALUES ($1, $2, now(), $3)',
    [id, migration.checksum, migration.name],
  )
  try {
    await client.query(migration.sql) // the whole file is one simple query, hence one transaction
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    const { code, message } = error as { code?: string; message: string }
    await client.query('UPDATE "_prisma_migrations" SET "logs" = $2 WHERE "id" = $1', [id, `${code ?? ''} ${message}`])
    throw new Error(`The migration ${migration.name} failed: ${message}`, { cause: error })
  }
  await client.query('RESET search_path')
  await client.query(
    'UPDATE "_prisma_migrations" SET "finished_at" = now(), "applied_steps_count" = "applied_steps_count" + 1 WHERE "id" = $1',
    [id],
  )
}
