import { expect, it } from 'vitest'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { accept, FEW, importList, useListFeed } from '../fixtures/list-feed'
import { importFeed } from './import-feed'
import { readMatrix } from './read-matrix'
import { readOpinions } from './read-opinions'

useTestDatabase()
const { actor } = useListFeed()

function matrixOf(ip: string, asNumber: number | null) {
  const now = new Date()
  return readMatrix({ orgId: actor().orgId, ip, asNumber, dayCount: 1, eventAt: null, alertAt: null, now })
}

it('names what feeds say about the address and about its autonomous system', async () => {
  await importList('198.51.100.0/24\n')
  await importFeed({ ...asns(), content: '{"asn":64500}\n' })
  const of = async (asNumber: number | null) =>
    (await matrixOf('198.51.100.7', asNumber)).feeds.flatMap(({ entries }) =>
      entries.map(({ range, category }) => `${range} ${category}`),
    )
  expect(await of(64500)).toEqual(['AS64500 malicious', '198.51.100.0/24 tor'])
  expect(await of(64501)).toEqual(['198.51.100.0/24 tor'])
  expect(await of(null)).toEqual(['198.51.100.0/24 tor'])
})

function asns() {
  return { actor: actor(), name: 'Bad networks', format: 'asn_drop', category: 'malicious' } as const
}

it('a feed whose first run was held counts as read from the moment it was accepted', async () => {
  const run = await importList(`${FEW}10.0.0.1\n`)
  const said = async (at: Date) => {
    const [feed] = await readOpinions({ orgId: actor().orgId, ip: '192.0.2.1', validAt: at, knownAt: at })
    return feed!.state
  }
  expect(run.result).toBe('held')
  expect(await said(new Date())).toBe('unknown')
  const { decidedAt } = await accept(run, 10)
  expect(await said(new Date(decidedAt!.getTime() - 1))).toBe('unknown')
  expect(await said(decidedAt!)).toBe('not_listed')
  const { feeds } = await matrixOf('192.0.2.1', null)
  expect(feeds).toMatchObject([{ firstReadAt: decidedAt }])
})
