// Every page and every answer: who is let in, and which headers protect it. Addresses are derived from the file system.
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from './fixtures'

const files = fs.readdirSync('app', { recursive: true, encoding: 'utf8' }).map((file) => file.split(path.sep).join('/'))

/** `(triage)/signals/[signalId]/page.tsx` → `/signals/1001`. */
function addressOf(file: string): string {
  const parts = path.posix.dirname(file).split('/')
  const shown = parts.filter((part) => part !== '.' && !/^\(.*\)$/.test(part))
  return `/${shown.map((part) => part.replace(/^\[.*\]$/, '1001')).join('/')}`
}

const pages = files.filter((file) => /(^|\/)page\.tsx$/.test(file)).map(addressOf)
const routes = files.filter((file) => /(^|\/)route\.ts$/.test(file)).map(addressOf)
const PUBLIC_PAGES = ['/sign-in', '/welcome']
const PUBLIC_ROUTES = ['/api/health', '/api/openapi.json', '/api/auth/1001']
/** Not served by the built product. */
const DEVELOPMENT_PAGES = ['/gallery']

test('the search finds what it must guard', () => {
  expect(pages.length).toBeGreaterThanOrEqual(5)
  expect(routes.length).toBeGreaterThanOrEqual(8)
})

test('a stranger gets no page but the account pages, and no answer but the public ones', async ({ request }) => {
  for (const page of pages.filter((address) => !PUBLIC_PAGES.includes(address))) {
    const response = await request.get(page, { maxRedirects: 0 })
    expect(response.status(), page).toBe(307)
    expect(response.headers().location, page).toContain('/sign-in')
  }
  for (const route of routes.filter((address) => !PUBLIC_ROUTES.includes(address))) {
    const response = await request.get(route, { maxRedirects: 0 })
    expect([401, 405], route).toContain(response.status())
    if (response.status() === 401) expect(await response.json(), route).toMatchObject({ code: 'unauthenticated' })
  }
})

test('every page and answer carries the security headers', async ({ request }) => {
  for (const address of [...pages, ...routes.filter((route) => route !== '/api/live'), '/no-such-page']) {
    const response = await request.get(address, { maxRedirects: 0 })
    const headers = response.headers()
    expect(headers['content-security-policy'], address).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/)
    expect(headers['x-content-type-options'], address).toBe('nosniff')
    expect(headers['x-frame-options'], address).toBe('DENY')
    expect(headers['x-powered-by'], address).toBeUndefined()
  }
})

for (const role of ['viewer', 'analyst', 'admin'] as const) {
  test(`a person with the role ${role} sees every page of the product`, async ({ page, loginAs }) => {
    await loginAs(role)
    for (const address of pages.filter((one) => ![...PUBLIC_PAGES, ...DEVELOPMENT_PAGES].includes(one))) {
      const response = await page.goto(address)
      expect(response?.status(), address).toBe(200)
      await expect(page.getByRole('heading', { level: 1 }).or(page.getByRole('grid')).first()).toBeVisible()
    }
  })
}

test('a write from another site is refused, whoever is signed in', async ({ page, loginAs }) => {
  await loginAs('admin')
  const response = await page.request.patch('/api/signals/1001', {
    data: { status: 'in_review', version: 1 },
    headers: { origin: 'https://evil.example.com' },
  })
  expect(response.status()).toBe(403)
})
