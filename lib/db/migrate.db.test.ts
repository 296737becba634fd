import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sql } from './database'
import { migrate } from './migrate'
import { useTestDatabase } from './testing/use-test-database'

const database = useTestDatabase()

describe('migrate', () => {
  test('a second run applies nothing', async () => {
    expect(await migrate(database.url())).toEqual({ applied: [] })
  })

  test('records each migration as Prisma does: name, checksum of the file, one step', async () => {
    const rows = await sql().query<{ migration_name: string; checksum: string; applied_steps_count: number }>(
      'SELECT migration_name, checksum, applied_steps_count FROM _prisma_migrations ORDER BY migration_name',
    )
    const folders = fs
      .readdirSync('prisma/migrations')
      .filter((name) => !name.endsWith('.toml'))
      .sort()
    expect(rows).toEqual(
      folders.map((name) => ({
        migration_name: name,
        checksum: createHash('sha256')
          .update(fs.readFileSync(`prisma/migrations/${name}/migration.sql`))
          .digest('hex'),
        applied_steps_count: 1,
      })),
    )
  })

  test('refuses an applied migration whose file was edited', async () => {
    await sql().query(`UPDATE _prisma_migrations SET checksum = 'edited'`)
    await expect(migrate(database.url())).rejects.toThrow(/was edited after it was applied: restore its file/)
  })
})
