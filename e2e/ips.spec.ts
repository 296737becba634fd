// The timeline of an address: found in any writing, read day by day, with the three verdicts, by keys alone.
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'

/** The address that was flagged last. */
async function flaggedAddress(page: Page): Promise<string> {
  await page.goto('/ips')
  const row = page.getByRole('table', { name: 'Flagged addresses' }).locator('[data-ip]').first()
  return (await row.getAttribute('data-ip'))!
}

const board = (page: Page) => page.locator('#main [data-slot="day-matrix"]') // what still streams stands outside

test('any writing of an address leads to its one page', async ({ page, loginAs }) => {
  await loginAs('viewer')
  await page.goto('/ips')
  await page.getByLabel('IP address').fill('hxxps://203.0.113[.]95:443/login')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: '203.0.113.95' })).toBeVisible()
  await page.goto('/ips/::ffff:203.0.113.95?days=30')
  await expect(page).toHaveURL(/\/ips\/203\.0\.113\.95\?days=30$/)
  await page.goto('/ips/2001:DB8:0:0::7')
  await expect(page).toHaveURL(/\/ips\/2001:db8::7$/)
})

test('what is no address says what to type', async ({ page, loginAs, allowComplaint, expectAccessible }) => {
  allowComplaint(/404/)
  await loginAs('viewer')
  await page.goto('/ips/203.0.113.0%2F24')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This is no IP address')
  await expect(page.getByRole('main')).toContainText('but a range')
  await expectAccessible(page)
  await page.getByLabel('IP address').fill('localhost')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('main')).toContainText('"localhost" is no IP address')
})

test('a flagged address shows verdicts, days, accounts and events', async ({ page, loginAs, expectAccessible }) => {
  await loginAs('analyst')
  const ip = await flaggedAddress(page)
  await page.goto(`/ips/${ip}`)
  const verdicts = page.getByRole('list', { name: 'Verdicts of the feeds' })
  await expect(verdicts.getByRole('listitem')).toHaveCount(3)
  await expect(verdicts).toContainText('Malicious')
  await expect(board(page).locator('tr[data-feed]').first()).toBeVisible()
  await expect(board(page).locator('tr[data-account]').first()).toBeVisible()
  await expect(page.getByRole('table', { name: 'Events from this address' }).getByRole('row').nth(1)).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await expectAccessible(page)
})

test('keys read the matrix, turn it into a table and open the signal', async ({ page, loginAs }) => {
  await loginAs('analyst')
  const ip = await flaggedAddress(page)
  await page.goto(`/ips/${ip}`)
  await board(page).focus()
  await page.keyboard.press('ArrowRight')
  const readout = page.locator('[data-slot="readout"]')
  await expect(readout).toContainText(/UTC: /)
  const first = await readout.innerText()
  await page.keyboard.press('ArrowDown')
  await expect(readout).not.toHaveText(first)
  await page.keyboard.press('v')
  await expect(page.getByRole('table', { name: 'Feeds and accounts by day, as a table' })).toBeVisible()
  await page.keyboard.press('d')
  await expect(page).toHaveURL(/days=30/)
  await page.keyboard.press('o')
  await expect(page).toHaveURL(/\/signals\/SIG-/)
})

test('an address that never came says since when that is known', async ({ page, loginAs, expectAccessible }) => {
  await loginAs('viewer')
  await page.goto('/ips/192.0.2.254')
  await expect(page.getByText(/No event from 192\.0\.2\.254 is stored since/).first()).toBeVisible()
  await page.goto('/ips/10.1.2.3')
  await expect(page.locator('[data-note="private"]')).toContainText('never matched against feeds')
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await expectAccessible(page)
})

test('parts fail one by one and are asked again', async ({ page, loginAs, allowComplaint }) => {
  allowComplaint(/500/)
  await loginAs('analyst')
  const ip = await flaggedAddress(page)
  const events = '**/api/ips/*/events*' // an IPv6 address is written otherwise in a path
  await page.route(events, (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{}' }),
  )
  await page.goto(`/ips/${ip}`)
  const part = page.locator('[data-slot="address-events"]')
  await expect(part.getByRole('alert')).toContainText('The events could not be read.', { timeout: 30_000 })
  await expect(board(page)).toBeVisible()
  await page.unroute(events)
  await part.getByRole('button', { name: 'Try again' }).click()
  await expect(part.getByRole('table')).toBeVisible()
})

test('nothing is looked up without a click', async ({ page, loginAs }) => {
  await loginAs('analyst')
  const ip = await flaggedAddress(page)
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/lookups')) asked.push(request.url())
  })
  await page.goto(`/ips/${ip}`)
  await expect(page.locator('[data-slot="lookups"] [data-provider]').first()).toBeVisible()
  expect(asked).toEqual([])
})

test('on a phone the matrix scrolls inside its own frame', async ({ page, loginAs }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await loginAs('viewer')
  const ip = await flaggedAddress(page)
  await page.goto(`/ips/${ip}`)
  await expect(board(page)).toBeVisible()
  const sizes = await board(page).evaluate(
    (frame) => [frame.scrollWidth, frame.clientWidth, window.innerWidth] as const,
  )
  expect(sizes[0]).toBeGreaterThan(sizes[1])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(sizes[2])
})
