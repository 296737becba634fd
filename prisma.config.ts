// Lets every Prisma command work without downloading the native engine: the stand-in runs the same engine as WebAssembly.
import path from 'node:path'
import { defineConfig } from 'prisma/config'

// Windows cannot start a script as an executable; there Prisma fetches its own engine.
if (process.platform !== 'win32') {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, 'lib/db/schema-engine.mjs')
}

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
