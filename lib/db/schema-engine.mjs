#!/usr/bin/env node
// Stand-in for Prisma's native schema engine: speaks the same JSON-RPC on standard input and output, and runs the same
// engine, compiled to WebAssembly, over the `pg` driver. Named in prisma.config.ts. Why: lib/decisions/002-prisma-without-downloads.md.
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { createRequire } from 'node:module'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'

const require = createRequire(import.meta.url)

const PG_TYPE_CHAR = 18
const PG_TYPE_TEXT = 25
const COLUMN_TYPE_CHARACTER = 6
const RPC_ERROR = 4466

const options = readArguments(process.argv.slice(2))

function readArguments(argv) {
  const read = { datamodels: [], datasource: {}, command: null, isVersion: false }
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--datamodels') read.datamodels.push(argv[++i])
    else if (argv[i] === '--datasource') read.datasource = JSON.parse(argv[++i])
    else if (argv[i] === '--enabled-preview-features' || argv[i] === '--extension-types') i++
    else if (argv[i] === 'cli') read.command = argv[++i]
    else if (argv[i] === '--version' || argv[i] === '-V') read.isVersion = true
  }
  return read
}

function log(level, message, fields = {}) {
  const line = { timestamp: new Date().toISOString(), level, fields: { message, ...fields }, target: 'schema_engine' }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}

function databaseName(url) {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres'
}

function onDatabase(url, name) {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(name)}`
  return changed.toString()
}

/** Runs one statement outside the database that the URL names, because that one is being made or dropped. */
async function runOnServer(url, statement) {
  for (const name of ['postgres', 'template1']) {
    const client = new pg.Client({ connectionString: onDatabase(url, name) })
    try {
      await client.connect()
      return await client.query(statement)
    } catch (error) {
      const isMissing = error.code === '3D000'
      if (!isMissing || name === 'template1') throw error
    } finally {
      await client.end().catch(() => {})
    }
  }
}

async function runCommand(command, url) {
  const name = pg.escapeIdentifier(databaseName(url))
  try {
    if (command === 'create-database') await runOnServer(url, `CREATE DATABASE ${name}`)
    else if (command === 'drop-database') await runOnServer(url, `DROP DATABASE IF EXISTS ${name}`)
    else if (command === 'can-connect-to-database') {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.end()
    } else throw new Error(`unknown command ${command}`)
    log('INFO', 'done')
  } catch (error) {
    log('ERROR', error.message || String(error), { error_code: prismaCode(error.code), is_panic: false })
    process.exitCode = 1
  }
}

function prismaCode(code) {
  if (code === '3D000') return 'P1003'
  if (code === '28P01' || code === '28000') return 'P1000'
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'].includes(code)) return 'P1001'
  return 'P1011'
}

/** One connection per adapter: the engine's advisory lock belongs to a session. */
class SingleConnectionFactory {
  provider = 'postgres'
  adapterName = '@prisma/adapter-pg'

  constructor(url) {
    this.url = url
  }

  connect() {
    return this.#open(this.url, async () => {})
  }

  // The stock adapter would hand `pg` the main database's connection string here, and the shadow would be the real one.
  async connectToShadowDb() {
    if (options.datasource.shadowDatabaseUrl) return this.#open(options.datasource.shadowDatabaseUrl, async () => {})
    const name = `prisma_migrate_shadow_db_${randomUUID()}`
    await runOnServer(this.url, `CREATE DATABASE ${pg.escapeIdentifier(name)}`)
    return this.#open(onDatabase(this.url, name), () =>
      runOnServer(this.url, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
    )
  }

  async #open(url, afterClose) {
    const schema = new URL(url).searchParams.get('schema') ?? undefined
    const searchPath = schema ? { options: `-c search_path=${schema}` } : {}
    const pool = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0, ...searchPath })
    pool.on('error', () => {}) // a server that stops under us fails the next query, which reports it
    const adapter = await new PrismaPg(pool, { schema }).connect()
    readCharColumns(adapter)
    // Whole script in one simple query: the stock adapter splits on every semicolon, also inside function bodies.
    adapter.executeScript = async (script) => {
      try {
        await pool.query(script)
      } catch (error) {
        adapter.onError(error)
      }
    }
    adapter.dispose = async () => {
      await pool.end()
      await afterClose()
    }
    return adapter
  }
}

/** Introspection reads columns of the internal type "char", which the stock adapter cannot deserialise. */
function readCharColumns(adapter) {
  const performIO = adapter.performIO.bind(adapter)
  const queryRaw = adapter.queryRaw.bind(adapter)
  let charColumns = []
  adapter.performIO = async (query) => {
    const result = await performIO(query)
    charColumns = []
    result.fields?.forEach((field, index) => {
      if (field.dataTypeID !== PG_TYPE_CHAR) return
      field.dataTypeID = PG_TYPE_TEXT
      charColumns.push(index)
    })
    return result
  }
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query)
    for (const index of charColumns) result.columnTypes[index] = COLUMN_TYPE_CHARACTER
    return result
  }
}

async function loadEngine() {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm'))
  const { instance } = await WebAssembly.instantiate(fs.readFileSync(path.join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': glue,
  })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return glue.SchemaEngine
}

async function serve() {
  const SchemaEngine = await loadEngine()
  let opened
  const open = (url = options.datasource.url) =>
    (opened ??= SchemaEngine.new(
      {
        datamodels: options.datamodels.length
          ? options.datamodels.map((f) => [f, fs.readFileSync(f, 'utf8')])
          : undefined,
      },
      () => {},
      bindMigrationAwareSqlAdapterFactory(new SingleConnectionFactory(url)),
    ))
  const write = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)

  async function answer(method, params) {
    if (method === 'createDatabase') {
      const url = params.datasource?.url ?? options.datasource.url
      await runOnServer(url, `CREATE DATABASE ${pg.escapeIdentifier(databaseName(url))}`)
      return { databaseName: databaseName(url) }
    }
    if (method === 'getDatabaseVersion') return (await open()).version(params)
    if (method === 'dbExecute') {
      await (await open(params.datasourceType?.url)).dbExecute(params)
      return null
    }
    const engine = await open(params?.to?.url ?? params?.from?.url ?? options.datasource.url)
    if (method === 'evaluateDataLoss' || method === 'createMigration') {
      // Both read the shadow database's schema from a cache that only a drift check in the same engine fills.
      const { migrationsList, filters } = params
      await engine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: true })
    }
    const result = await engine[method](params)
    if (method === 'diff' && result.stdout != null) {
      write({ id: `print-${randomUUID()}`, method: 'print', params: { content: result.stdout } })
      return { ...result, stdout: null }
    }
    return result ?? null
  }

  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const { id, method, params } = JSON.parse(line)
    if (!method) continue // the reply to `print`
    try {
      write({ id, result: await answer(method, params) })
    } catch (error) {
      const data = {
        is_panic: false,
        message: error?.message ?? String(error),
        meta: error?.meta,
        error_code: error?.code,
      }
      write({ id, error: { code: RPC_ERROR, message: 'An error happened. Check the data field for details.', data } })
    }
  }
  process.exit(0)
}

if (options.isVersion) {
  process.stdout.write(`schema-engine-wasm ${require('@prisma/engines-version').enginesVersion}\n`)
} else if (options.command) {
  await runCommand(options.command, options.datasource.url)
} else {
  await serve()
}
