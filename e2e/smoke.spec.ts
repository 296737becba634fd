// The product as a whole: it is up, lets the right people in, and shows what it polled.
import fs from 'node:fs'
import path from 'node:path'
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

test('the link that npm start prints signs the first administrator in, once', async ({ page, context }) => {
  const log = fs.readFileSync(path.join(process.env.SALLYPORT_DATA!, 'product.log'), 'utf8')
  const [link] = /http\S+\/welcome\?token=\S+/.exec(log)!
  await page.goto(link)
  await page.getByLabel('E-mail').fill('first.administrator@example.com')
  await page.getByLabel('Your name').fill('First Administrator')
  await page.getByLabel('Password').fill('a few words are easiest')
  await page.getByRole('button', { name: 'Set password and sign in' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page).toHaveURL(/\/$/)

  await page.goto('about:blank') // a page that is open would ask on without its session
  await context.clearCookies()
  await page.goto(link)
  await expect(page.getByLabel('Password')).toHaveCount(0)
})
