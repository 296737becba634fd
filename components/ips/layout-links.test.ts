import { expect, test } from 'vitest'
import { BAR_X, DRAWING_WIDTH, layoutLinks } from './layout-links'

const address = (ip: string, isThis = false) => ({ ip, isThis, categories: [], isAllowed: false, feeds: 0 })
const account = (actorId: string, severity?: 'high') => ({
  actorId,
  login: null,
  name: null,
  successes: 1,
  openSignals: severity ? [{ id: 1, severity, ip: 'a' }] : [],
})
const elsewhere = {
  addresses: [address('a', true), address('b')],
  accounts: [account('1', 'high'), account('2')],
  links: [
    { ip: 'a', actorId: '1', successes: 100, failures: 2 },
    { ip: 'a', actorId: '2', successes: 0, failures: 3 },
    { ip: 'b', actorId: '1', successes: 1, failures: 0 },
    { ip: 'unknown', actorId: '1', successes: 1, failures: 0 },
  ],
  otherAccounts: 0,
  otherAddresses: 0,
}

test('successes and failures are lines of their own; what is not drawn has none', () => {
  const { links } = layoutLinks(elsewhere)
  expect(links.map(({ ip, actorId, kind }) => `${ip}${actorId} ${kind}`).sort()).toEqual([
    'a1 failures',
    'a1 successes',
    'a2 failures',
    'b1 successes',
  ])
})

test('the colour is that of the open signal at that very address, drawn on top', () => {
  const { links } = layoutLinks(elsewhere)
  expect(links.at(-1)).toMatchObject({ ip: 'a', actorId: '1', kind: 'successes', severity: 'high' })
  expect(links.filter(({ severity }) => severity !== null)).toHaveLength(1)
})

test('more successes are wider, and everything stays inside', () => {
  const { links, height, addresses, accounts } = layoutLinks(elsewhere)
  const width = (ip: string) => links.find((link) => link.ip === ip && link.kind === 'successes')!.width
  expect(width('a')).toBeGreaterThan(width('b'))
  for (const { y } of addresses) expect(y).toBeGreaterThanOrEqual(0)
  for (const { y, barHeight } of accounts) expect(y + barHeight).toBeLessThanOrEqual(height)
  expect(BAR_X).toBeLessThan(DRAWING_WIDTH)
})

test('the same data gives the same drawing', () => {
  expect(layoutLinks(elsewhere)).toEqual(layoutLinks(elsewhere))
})
