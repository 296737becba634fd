import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { sql } from './database'
import { useTestDatabase } from './testing/use-test-database'

useTestDatabase()

interface Constraint {
  name: string
  table: string
  columns: string[]
}

const NOT_OURS = ['_prisma_migrations']

/** Primary keys, unique keys and foreign keys, and unique indexes that are no constraint. */
function listKeys(): Promise<Constraint[]> {
  return sql().query<Constraint>(`
    SELECT c.conname AS name, c.conrelid::regclass::text AS table,
      array(SELECT attname::text FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = ANY (c.conkey)) AS columns
    FROM pg_constraint c WHERE c.contype IN ('p', 'u', 'f') AND c.connamespace = 'public'::regnamespace
    UNION ALL
    SELECT i.indexrelid::regclass::text, i.indrelid::regclass::text,
      array(SELECT attname::text FROM pg_attribute WHERE attrelid = i.indrelid AND attnum = ANY (i.indkey::int2[]))
    FROM pg_index i JOIN pg_class k ON k.oid = i.indrelid AND k.relnamespace = 'public'::regnamespace WHERE i.indisunique`)
}

describe('schema', () => {
  test('every table carries org_id', async () => {
    const tables = await sql().query<{ table: string; has: boolean }>(`
      SELECT t.relname AS table, EXISTS (
        SELECT FROM pg_attribute WHERE attrelid = t.oid AND attname = 'org_id' AND attnotnull) AS has
      FROM pg_class t WHERE t.relkind IN ('r', 'p') AND t.relnamespace = 'public'::regnamespace`)
    const ours = tables.filter(({ table }) => !NOT_OURS.includes(table))
    expect(ours.length).toBeGreaterThan(20)
    expect(ours.filter(({ has }) => !has)).toEqual([])
  })

  test('every primary key, unique key and foreign key includes org_id', async () => {
    const keys = (await listKeys()).filter(({ table }) => !NOT_OURS.includes(table.replaceAll('"', '')))
    expect(keys.length).toBeGreaterThan(30)
    expect(keys.filter(({ columns }) => !columns.includes('org_id'))).toEqual([])
  })

  test('every instant has milliseconds, so that what JavaScript reads is what is stored', async () => {
    const rows = await sql().query(`
      SELECT table_name, column_name, data_type, datetime_precision FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type LIKE 'timestamp%' AND table_name <> '_prisma_migrations'
        AND (data_type <> 'timestamp with time zone' OR datetime_precision <> 3)`)
    expect(rows).toEqual([])
  })

  test('indicator ranges and stored addresses use SP-GiST and never GiST', async () => {
    const rows = await sql().query<{ table: string; method: string }>(`
      SELECT i.indrelid::regclass::text AS table, a.amname AS method FROM pg_index i
      JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam WHERE a.amname LIKE '%gist'`)
    expect(rows.map(({ method }) => method)).toEqual(['spgist', 'spgist', 'spgist'])
  })

  test('every model states its invariant or meaning in the schema', () => {
    const folder = 'prisma/schema'
    const undocumented = fs.readdirSync(folder).flatMap((file) => {
      const lines = fs.readFileSync(path.join(folder, file), 'utf8').split('\n')
      return lines.filter((line, index) => /^model /.test(line) && !lines[index - 1]?.startsWith('///'))
    })
    expect(undocumented).toEqual([])
  })

  test('every index names the query it serves', () => {
    const folder = 'prisma/schema'
    const silent = fs.readdirSync(folder).flatMap((file) => {
      const lines = fs.readFileSync(path.join(folder, file), 'utf8').split('\n')
      return lines.filter((line, index) => /^ {2}@@index/.test(line) && !lines[index - 1]?.trim().startsWith('///'))
    })
    expect(silent).toEqual([])
  })
})
