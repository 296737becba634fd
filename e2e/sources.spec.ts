// The sources page: a spoiled feed is held, and a person sees why and decides; the catalogue, tests of addresses, rights. Tests that
// change a feed have one of their own, which flags nothing, so that nobody else notices.
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { spoilFeed } from './simulator'

// One after the other: all spoil the same list of the simulated org, and another's fetch would take the fault away.
test.describe.configure({ mode: 'default' })

const PATH = '/feeds/brute-force.stix.json'

interface OwnFeed {
  feedId: string
  name: string
  entryCount: number
}

const rowOf = (page: Page, { feedId }: Pick<OwnFeed, 'feedId'>) => page.locator(`[data-feed="${feedId}"]`)
const heldOf = (page: Page, { feedId }: OwnFeed) => page.locator(`[data-held="${feedId}"]`)

/** What the API says, as the signed-in person. */
async function ask<Answer>(page: Page, method: 'GET' | 'POST' | 'PATCH', path: string, data?: unknown) {
  const response = await page.request.fetch(path, {
    method,
    data,
    headers: { origin: process.env.SALLYPORT_E2E_ADDRESS! },
  })
  return { status: response.status(), body: (await response.json()) as Answer }
}

/** A feed of this test alone, read once. */
async function addFeed(page: Page): Promise<OwnFeed> {
  const name = `Own ${randomUUID().slice(0, 8)}`
  const url = `${process.env.SALLYPORT_E2E_SIMULATOR}${PATH}`
  const { body } = await ask<OwnFeed>(page, 'POST', '/api/feeds', {
    ...{ name, url, format: 'stix', category: 'spam', intent: 'unknown', cadenceSeconds: 86_400 },
  })
  const { feedId } = body
  await expect
    .poll(async () => (await ask<OwnFeed>(page, 'GET', `/api/feeds/${feedId}`)).body.entryCount, { timeout: 30_000 })
    .toBeGreaterThan(50)
  return (await ask<OwnFeed>(page, 'GET', `/api/feeds/${feedId}`)).body
}

/** A feed of this test whose last run is held, on screen. */
async function openHeld(page: Page): Promise<OwnFeed> {
  const feed = await addFeed(page)
  await page.goto(`/sources?feed=${feed.feedId}`)
  await spoilFeed('feed_shrink', PATH)
  await rowOf(page, feed).getByRole('button', { name: 'Fetch now' }).click()
  await expect(heldOf(page, feed)).toContainText('nothing was changed')
  return feed
}

async function entriesOf(page: Page, { feedId }: OwnFeed): Promise<number> {
  return (await ask<OwnFeed>(page, 'GET', `/api/feeds/${feedId}`)).body.entryCount
}

/** An open panel may ask for its run once more before it hears that it was decided. */
const LATE_QUESTION = /404 .*\/held$/

test('a feed that shrinks is held: the operator sees why, rejects by the keyboard, and nothing changed', async ({
  page,
  loginAs,
  allowComplaint,
  expectAccessible,
}) => {
  allowComplaint(LATE_QUESTION)
  const admin = await loginAs('admin')
  const feed = await openHeld(page)
  const held = heldOf(page, feed)
  await expect(rowOf(page, feed)).toHaveAttribute('data-state', 'held')
  await expect(page.locator('[data-slot="sentence"]')).toContainText(/held/i)
  await expect(held).toContainText(/% less/)
  await expect(held.getByRole('list', { name: 'What it would change' })).toContainText(`${feed.entryCount} now`)
  await expect(held.getByRole('list', { name: 'Removed, in use first' })).toContainText('2001:db8:')
  await expect(held).toContainText('If you reject')
  await expect(held.getByText('2001:db8:').locator('xpath=ancestor-or-self::a')).toHaveCount(0) // text, never links
  await expectAccessible(page)

  const reject = held.getByRole('button', { name: 'Reject run' })
  await reject.focus()
  await page.keyboard.press('Enter')
  await expect(held).toHaveCount(0)
  await expect(rowOf(page, feed)).not.toHaveAttribute('data-state', 'held')
  await expect(rowOf(page, feed).getByRole('button', { expanded: true }).first()).toBeFocused()
  await expect(rowOf(page, feed)).toContainText(`rejected by ${admin.name}`)
  expect(await entriesOf(page, feed)).toBe(feed.entryCount)
})

test('accepting a held run asks for its count, and then its entries are in force', async ({
  page,
  loginAs,
  allowComplaint,
  expectAccessible,
}) => {
  allowComplaint(LATE_QUESTION)
  await loginAs('admin')
  const feed = await openHeld(page)
  await heldOf(page, feed)
    .getByRole('button', { name: /Accept run/ })
    .click()
  const dialog = page.getByRole('dialog', { name: /Accept the held run/ })
  const accept = dialog.getByRole('button', { name: 'Accept run' })
  const count = dialog.getByRole('textbox', { name: /^Type \d+ to accept/ })
  await expect(count).toBeFocused()
  await expectAccessible(page)
  await count.fill('1')
  await expect(accept).toBeDisabled()
  const wanted = /Type (\d+)/.exec((await dialog.getByText(/^Type \d+ to accept/).textContent())!)![1]!
  await count.fill(wanted)
  await dialog.getByRole('checkbox', { name: /shrink like this without asking/ }).check()
  await page.keyboard.press('Tab')
  await count.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(heldOf(page, feed)).toHaveCount(0)
  await expect(rowOf(page, feed)).toContainText('a run that lists less than half of before')
  await expect.poll(() => entriesOf(page, feed)).toBe(feed.entryCount - Number(wanted))
})

test('of two people who decide at once, the second sees who was faster', async ({
  page,
  loginAs,
  allowComplaint,
  browser,
  baseURL,
}) => {
  const admin = await loginAs('admin')
  allowComplaint(LATE_QUESTION)
  allowComplaint(/409/)
  const feed = await openHeld(page)
  const state = await page.context().storageState()
  const { body: run } = await ask<{ run: { runId: string } }>(page, 'GET', `/api/feeds/${feed.feedId}/held`)
  // The screen is kept from hearing of the decision before it sends its own.
  await page.route(`**/api/feeds/${feed.feedId}/held`, async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    const colleague = await browser.newContext({ baseURL, storageState: state })
    await colleague.request.post(`/api/feeds/${feed.feedId}/held`, {
      data: { runId: run.run.runId, decision: 'reject' },
      headers: { origin: baseURL! },
    })
    await colleague.close()
    return route.continue()
  })
  await heldOf(page, feed).getByRole('button', { name: 'Reject run' }).click()
  const notice = rowOf(page, feed).getByRole('alert').filter({ hasText: 'Not saved.' })
  await expect(notice).toContainText(`${admin.name} rejected this run`)
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notice).toHaveCount(0)
})

test('settings are edited in a drawer, and what the server refuses stands beside the field', async ({
  page,
  loginAs,
  allowComplaint,
  expectAccessible,
}) => {
  await loginAs('admin')
  allowComplaint(/422/)
  const feed = await addFeed(page)
  await page.goto(`/sources?feed=${feed.feedId}`)
  await rowOf(page, feed).locator('[data-feed-button]').focus()
  await page.keyboard.press('e')
  const drawer = page.getByRole('dialog', { name: `Edit ${feed.name}` })
  await expect(drawer.getByLabel('Name', { exact: true })).toBeFocused()
  await expectAccessible(page)
  await drawer.getByLabel('Address', { exact: true }).fill('http://192.0.2.10/list.txt')
  await drawer.getByRole('button', { name: 'Save feed' }).click()
  await expect(drawer.getByLabel('Address', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expect(drawer.getByLabel('Address', { exact: true })).toBeFocused()
  await drawer.getByLabel('Address', { exact: true }).fill('')
  await drawer.getByLabel('Terms of use').fill('Only for tests')
  await drawer.getByRole('button', { name: 'Save feed' }).click()
  await expect(drawer).toBeHidden()
  await expect(rowOf(page, feed)).toContainText('spam · Only for tests')

  await rowOf(page, feed).getByRole('button', { name: 'Switch off' }).click()
  await expect(rowOf(page, feed)).toHaveAttribute('data-state', 'off')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rowOf(page, feed)).not.toHaveAttribute('data-state', 'off')
})

test('the catalogue names terms; a feed that cannot be switched on says why, and nothing is lost', async ({
  page,
  loginAs,
  allowComplaint,
  expectAccessible,
}) => {
  await loginAs('admin')
  allowComplaint(/ERR_|422/)
  await page.goto('/sources')
  await page.getByRole('button', { name: /Add feed/ }).click()
  const drawer = page.getByRole('dialog', { name: 'Add feed' })
  const first = drawer
    .locator('[data-catalogue]')
    .filter({ has: page.getByRole('button', { name: /^Switch on/ }) })
    .first()
  await expect(first).toContainText('Terms:')
  await expectAccessible(page)
  await page.route('**/api/feed-catalogue/*', (route) => route.abort())
  await drawer
    .getByRole('button', { name: /^Switch on/ })
    .first()
    .click()
  await expect(drawer.getByRole('alert').first()).toContainText('Not switched on. Sallyport did not answer.')

  await page.unroute('**/api/feed-catalogue/*')
  await drawer.getByRole('button', { name: 'Add your own feed' }).click()
  const form = page.getByRole('dialog', { name: 'Add your own feed' })
  await form.getByLabel('Name', { exact: true }).fill('Inside')
  await form.getByLabel('Address', { exact: true }).fill('https://127.0.0.1/list.txt')
  await form.getByRole('button', { name: 'Add feed' }).click()
  await expect(form.getByLabel('Address', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expect(form.getByRole('alert')).toContainText(/internal|FEED_ALLOWED_HOSTS/)
})

test('an address in any fanging is tested: every match, who wins, and the way to the address', async ({
  page,
  loginAs,
  allowComplaint,
  expectAccessible,
}) => {
  allowComplaint(/422/)
  await loginAs('analyst')
  await page.goto('/sources')
  await expect(page.getByRole('table', { name: 'Feeds' })).toBeVisible()
  await page.keyboard.press('i')
  const field = page.getByRole('textbox', { name: 'Address to test' })
  await expect(field).toBeFocused()
  // An office of ours, on a malicious list by mistake.
  await page.keyboard.type('192.0.2[.]30')
  await page.keyboard.press('Enter')
  const result = page.getByRole('region', { name: 'Result of the test' })
  await expect(result).toHaveAttribute('data-verdict', 'cleared')
  await expect(result).toContainText('wins')
  await expect(result.getByRole('table')).toContainText('Attack sources')
  await expect(result.getByRole('table')).toContainText('Corporate egress')
  await expect(result.getByRole('link', { name: 'Open the address' })).toHaveAttribute('href', '/ips/192.0.2.30')
  await expectAccessible(page)
  await field.fill('not an address')
  await field.press('Enter')
  await expect(result.getByRole('alert')).toBeVisible()
})

for (const role of ['viewer', 'analyst'] as const) {
  test(`a person with the role ${role} sees every fact and can change nothing`, async ({ page, loginAs }) => {
    await loginAs(role)
    await page.goto('/sources?feed=tor-exits')
    const row = rowOf(page, { feedId: 'tor-exits' })
    await expect(row).toContainText('Suspicious, default of the category')
    await expect(row).toContainText('Changing them needs the role admin')
    await expect(page.getByRole('button', { name: /Add feed|Fetch|Edit|Switch|Reject|Accept/ })).toHaveCount(0)
    const refused = await ask(page, 'PATCH', '/api/feeds/tor-exits', { isEnabled: false })
    expect(refused.status).toBe(403)
  })
}

test('without an answer the page says so, and without a feed that nothing can flag an address', async ({
  page,
  loginAs,
  allowComplaint,
  expectAccessible,
}) => {
  allowComplaint(/404/)
  await loginAs('admin')
  await page.route('**/api/feeds', (route) =>
    route.fulfill({ status: 404, json: { code: 'not_found', detail: 'Away.' } }),
  )
  await page.goto('/sources')
  const failed = page.getByRole('alert').filter({ hasText: 'Away.' })
  await expect(failed.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expectAccessible(page)
  await page.unroute('**/api/feeds')
  await page.route('**/api/feeds', (route) => route.fulfill({ json: { feeds: [], sentence: 'No feeds yet.' } }))
  await page.reload()
  await expect(page.getByText('No feeds yet: nothing can flag an address.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Recommended feeds' }).getByRole('listitem').first()).toBeVisible()
  await expectAccessible(page)
})

test('two hundred feeds are searched and walked by keys', async ({ page, loginAs, expectAccessible }) => {
  await loginAs('viewer')
  await page.route('**/api/feeds', async (route) => {
    const answer = (await (await route.fetch()).json()) as {
      feeds: { feedId: string; name: string }[]
      sentence: string
    }
    const [model] = answer.feeds
    const feeds = Array.from({ length: 200 }, (_, n) => ({
      ...model,
      ...{ feedId: `feed-${n}`, name: `Feed ${n}`, heldRunId: null },
    }))
    await route.fulfill({ json: { feeds, sentence: 'All are current.' } })
  })
  await page.goto('/sources')
  await expect(page.locator('[data-feed]')).toHaveCount(200)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(rowOf(page, { feedId: 'feed-1' }).locator('[data-feed-button]')).toBeFocused()
  await page.keyboard.press('/')
  await page.keyboard.type('feed 19')
  await expect(page.locator('[data-feed]')).toHaveCount(11)
  await expect(page.getByText('11 of 200 shown')).toBeVisible()
  await expectAccessible(page)
})
