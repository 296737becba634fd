// The main journey of an analyst: see a signal arrive, open it, see why, decide, and find the decision in its history.
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { publishFlagged } from './simulator'

/** The product under test polls every second; the screen must follow within one more. */
const LIVE_WITHIN_MS = 2_000

const rows = (page: Page) => page.getByRole('grid', { name: 'Signals' }).locator('[data-signal]')
const pill = (page: Page) => page.getByRole('button', { name: /new/ })

async function openQueue(page: Page, query = ''): Promise<void> {
  await page.goto(`/${query}`)
  await expect(rows(page).first()).toBeVisible()
}

/** Numbers of the signals on screen, in order. */
const idsOf = (page: Page) => rows(page).evaluateAll((list) => list.map((row) => row.getAttribute('data-signal')))

/** Tests run side by side on one database: each that changes a signal has one of its own. */
const SIGNALS = { read: '1002', changed: '1003', closed: '1005' }

async function openSignal(page: Page, id: string): Promise<string> {
  await page.goto(`/signals/SIG-${id}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  return id
}

test('an event that the org publishes is announced in time, and no row moves until the reader asks', async ({
  page,
  loginAs,
}) => {
  await loginAs('analyst')
  await openQueue(page)
  await expect(page.locator('[data-slot="live"]').first()).toContainText(/Live/)
  const before = await idsOf(page)
  await publishFlagged('high')
  const publishedAt = Date.now()
  await expect(pill(page)).toBeVisible({ timeout: 10_000 })
  test
    .info()
    .annotations.push({ type: 'live', description: `${Date.now() - publishedAt} ms (wanted: ${LIVE_WITHIN_MS})` })
  await expect(pill(page)).toContainText(/\d HIGH/i) // other tests may let one happen too
  expect(await idsOf(page)).toEqual(before)

  await page.keyboard.press('r')
  await expect(pill(page)).toBeHidden()
  // The rows below leave the window, and other tests close some meanwhile: the count says nothing.
  await expect.poll(async () => (await idsOf(page)).some((id) => !before.includes(id))).toBe(true)
})

test('keys select, open and lead back to the place in the queue', async ({ page, loginAs }) => {
  await loginAs('analyst')
  await openQueue(page)
  const ids = await idsOf(page)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const selected = page.locator('[data-signal][aria-selected="true"]')
  await expect(selected).toHaveAttribute('data-signal', ids[2]!)
  await expect(selected).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/signals/SIG-${ids[2]}`))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('u')
  await expect(selected).toHaveAttribute('data-signal', ids[2]!)
})

test('filters live in the address: a link shows the same view to somebody else', async ({ page, loginAs, context }) => {
  await page.setViewportSize({ width: 1440, height: 900 }) // narrower windows keep the facets in a drawer
  await loginAs('analyst')
  await openQueue(page)
  await page.getByRole('checkbox', { name: /^Medium/ }).check()
  await expect(page).toHaveURL(/severity=medium/)
  await expect(rows(page).first()).toHaveAttribute('aria-label', /^Medium/)
  const other = await context.newPage()
  await other.setViewportSize({ width: 1440, height: 900 })
  await other.goto(page.url())
  await expect(rows(other).first()).toBeVisible()
  await expect(other.getByRole('checkbox', { name: /^Medium/ })).toBeChecked()
  // Rows of the first hold still while the second, opened later, may show a signal more.
  const shown = await idsOf(page)
  await expect.poll(() => idsOf(other)).toEqual(expect.arrayContaining(shown))
  await expect(other.locator('[data-signal]:not([aria-label^="Medium"])')).toHaveCount(0)
})

test('a signal shows why it was raised: conditions, intelligence, events with their JSON, six steps', async ({
  page,
  loginAs,
}) => {
  await loginAs('viewer')
  const id = await openSignal(page, SIGNALS.read)
  await expect(page.getByText(`SIG-${id}`).first()).toBeVisible()
  await expect(page.getByText('outcome is SUCCESS')).toBeVisible()
  await expect(page.getByText(/^Intelligence behind it/)).toBeVisible()
  for (const step of [1, 2, 3, 4, 5, 6]) {
    await expect(page.locator(`#main [data-step-card="${step}"]`)).toHaveAttribute(
      'data-answer',
      /^(yes|no|cannot_tell)$/,
    )
  }
  await page.getByRole('button', { name: 'Show raw event' }).first().click()
  await expect(page.getByText(/"eventType"/).first()).toBeVisible()
  await page.keyboard.press('4')
  await expect(page.locator('#step-4')).toBeFocused()
  await expect(page.getByRole('button', { name: 'Verdict', exact: true })).toHaveCount(0)
})

test('a verdict by keys is kept with its note, name and time, and can be undone', async ({ page, loginAs }) => {
  const analyst = await loginAs('analyst')
  const id = await openSignal(page, SIGNALS.changed)
  await page.keyboard.press('e')
  await page.keyboard.press('1')
  await page.getByLabel('Note, optional').fill('<b>Looking</b> into it')
  await page.getByRole('button', { name: /^Save verdict/ }).click()
  await expect(page).not.toHaveURL(new RegExp(`SIG-${id}`)) // the next one comes by itself
  await expect(page.locator('[data-slot="toast"]')).toContainText(`SIG-${id}: malicious`)
  await page.goBack()
  const verdict = page.locator('[data-slot="verdict-in-force"]')
  await expect(verdict).toContainText('Malicious')
  await expect(verdict).toContainText(analyst.name)
  await expect(page.getByText('<b>Looking</b> into it').first()).toBeVisible() // as text, never as markup
  await page.keyboard.press('z')
  await expect(verdict).toHaveCount(0)
  await expect(page.getByRole('listitem').filter({ hasText: analyst.name }).nth(1)).toBeVisible()
})

test('a signal that somebody else closes greys out in place', async ({ page, loginAs, browser, baseURL }) => {
  await loginAs('analyst')
  await openQueue(page)
  const ids = await idsOf(page)
  const id = SIGNALS.closed
  expect(ids).toContain(id)
  const colleague = await browser.newContext({ baseURL, storageState: await page.context().storageState() })
  const { version } = (await (await colleague.request.get(`/api/signals/${id}`)).json()) as { version: number }
  const fact = { kind: 'address', ref: '198.51.100.7', step: 1, label: 'Seen by a colleague', at: null }
  const closed = await colleague.request.post(`/api/signals/${id}/verdict`, {
    data: { verdict: 'cannot_tell', version, evidence: [fact] },
    headers: { origin: baseURL! },
  })
  expect(closed.status()).toBe(200)
  await expect(page.locator(`[data-signal="${id}"]`)).toHaveAttribute('data-gone', 'true')
  expect(await idsOf(page)).toEqual(ids)
  await colleague.close()
})
