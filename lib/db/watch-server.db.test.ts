import { expect, test, vi } from 'vitest'
import { sql } from './database'
import { useTestDatabase } from './testing/use-test-database'
import { watchServer } from './watch-server'

const database = useTestDatabase()

const endWatchers = () =>
  sql().query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sallyport-supervisor' AND datname = current_database()`,
  )

test('tells once that the server ended the connection', async () => {
  const onLost = vi.fn()
  await watchServer(database.url(), onLost)
  await endWatchers()
  await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce())
})

test('tells nothing after it was stopped', async () => {
  const onLost = vi.fn()
  const stop = await watchServer(database.url(), onLost)
  await stop()
  expect(onLost).not.toHaveBeenCalled()
})
