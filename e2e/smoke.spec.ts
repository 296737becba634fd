// The product as a whole: it is up, lets the right people in, and shows what it polled.
import { expect, test } from './fixtures'

test('health answers before sign-in, without details', async ({ request }) => {
  const response = await request.get('/api/health')
  expect(response.status()).toBe(200)
  expect(await response.json()).toMatchObject({ orgs: [], feeds: [] })
})

test('a stranger is asked to sign in, and comes back to the page afterwards', async ({ page, expectAccessible }) => {
  await page.goto('/health')
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fhealth/)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expectAccessible(page)
})

test('an analyst sees the queue of the simulated org, marked as a demo', async ({
  page,
  loginAs,
  expectAccessible,
}) => {
  await loginAs('analyst')
  await page.goto('/')
  await expect(page.getByText(/demo/i).first()).toBeVisible()
  await expect(page.getByText('HIGH').or(page.getByText('High')).first()).toBeVisible()
  await expectAccessible(page)
})

test('a viewer sees the health of org and feeds', async ({ page, loginAs, expectAccessible }) => {
  await loginAs('viewer')
  await page.goto('/health')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expectAccessible(page)
})
