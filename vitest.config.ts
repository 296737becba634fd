import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const alias = { '@': path.resolve(import.meta.dirname) }
// A zone nobody here lives in: code that forgets time zones fails.
// Servers of tests listen on this machine, where feeds may not be fetched from unless it is allowed.
const env = {
  TZ: 'Asia/Kathmandu',
  LOG_LEVEL: 'silent',
  FEED_ALLOWED_HOSTS: '127.0.0.1',
  SALLYPORT_SECRET: 'only for tests: a secret of sufficient length',
}

/** No test waits for time; this only ends one that hangs, also where the machine does much else. */
const SLOW_MACHINE_MS = 30_000

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          env,
          testTimeout: SLOW_MACHINE_MS,
          include: ['lib/**/*.test.ts', 'app/**/*.test.ts', 'components/**/*.test.ts'],
          exclude: ['**/*.db.test.ts'],
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'db',
          env,
          include: ['lib/**/*.db.test.ts', 'app/**/*.db.test.ts'],
          globalSetup: ['lib/db/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          // Vitest wants groups of their own for projects that differ in workers.
          sequence: { groupOrder: 1 },
        },
      },
      {
        plugins: [react()],
        resolve: { alias },
        test: {
          name: 'components',
          env,
          testTimeout: SLOW_MACHINE_MS,
          environment: 'jsdom',
          include: ['components/**/*.test.tsx'],
        },
      },
    ],
  },
})
