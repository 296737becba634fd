// What every browser test builds on: a signed-in person of any role, and failure on whatever the browser complains about.
import { randomUUID } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test'
import { sessionCookieName } from '@/lib/auth/core/session'
import { encodeSession } from '@/lib/auth/service/read-session'
import { readOrMakeSecret } from '@/lib/kernel/installation-secret'
import { prisma } from '@/lib/db/database'
import { openDatabase, type OpenDatabase } from '@/lib/db/open-database'
import type { Role } from '@/lib/kernel/actor'
import { DEMO_ORG_ID } from '@/lib/pipeline/service/connect-okta'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

export interface Person {
  id: string
  email: string
  name: string
  role: Role
}

interface TestFixtures {
  /** Makes a person of that role and signs the browser in, or another window that has nothing in common with it, without typing a password. */
  loginAs: (role: Role, window?: BrowserContext) => Promise<Person>
  /** Fails the test when a page has accessibility problems of WCAG 2.1 A or AA, and lists them. */
  expectAccessible: (page: Page) => Promise<void>
  /** Takes back the failure for one expected complaint, e.g. of a request that the test refuses on purpose. */
  allowComplaint: (pattern: RegExp) => void
}

interface WorkerFixtures {
  database: OpenDatabase
}

export const test = base.extend<TestFixtures & { complaints: RegExp[] }, WorkerFixtures>({
  baseURL: async ({}, use) => use(process.env.SALLYPORT_E2E_ADDRESS),

  database: [
    async ({}, use) => {
      process.env.SALLYPORT_SECRET = readOrMakeSecret(process.env.SALLYPORT_DATA!)
      const database = await openDatabase() // adopts the server that the product runs
      await use(database)
      await database.close()
    },
    { scope: 'worker' },
  ],

  loginAs: async ({ context, database: _, baseURL }, use) => {
    await use(async (role, window = context) => {
      const person = await makePerson(role)
      const session = {
        orgId: DEMO_ORG_ID,
        userId: person.id,
        sessionVersion: 1,
        startedAt: Math.floor(Date.now() / 1000),
      }
      const value = await encodeSession(session)
      await window.addCookies([
        { name: sessionCookieName(false), value, url: baseURL!, httpOnly: true, sameSite: 'Lax' },
      ])
      return person
    })
  },

  expectAccessible: async ({}, use) => {
    await use(async (page) => {
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
      const report = violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target }) => `${id}: ${help} at ${target}`),
      )
      expect(report).toEqual([])
    })
  },

  complaints: [async ({}, use) => use([]), { auto: true }],

  allowComplaint: async ({ complaints }, use) => use((pattern) => void complaints.push(pattern)),

  page: async ({ page, complaints }, use) => {
    const heard: string[] = []
    page.on(
      'console',
      (message) => message.type() === 'error' && heard.push(`console: ${message.text()} ${message.location().url}`),
    )
    page.on('pageerror', (error) => heard.push(`page: ${error.stack ?? error.message}`))
    page.on('response', (response) => response.status() >= 500 && heard.push(`${response.status()} ${response.url()}`))
    await use(page)
    expect(heard.filter((line) => !complaints.some((allowed) => allowed.test(line)))).toEqual([])
  },
})

export { expect }

async function makePerson(role: Role): Promise<Person> {
  const id = randomUUID()
  const person = { id, email: `${role}-${id.slice(0, 8)}@example.com`, name: `Test ${role} ${id.slice(0, 4)}`, role }
  await prisma().user.create({ data: { orgId: DEMO_ORG_ID, ...person, sessionVersion: 1 } })
  return person
}
