// A person who belongs to two orgs goes from one to the other and back, by the keyboard; every tab follows.
import { randomUUID } from 'node:crypto'
import { prisma } from '@/lib/db/database'
import { expect, test } from './fixtures'

test('the org in the header is text for who belongs to one', async ({ page, loginAs }) => {
  await loginAs('analyst')
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: /^Org: / })).toHaveCount(0)
})

test('switches between own orgs in every tab', async ({ page, context, loginAs, expectAccessible }) => {
  const { email, name } = await loginAs('analyst')
  const orgId = `acme-${randomUUID()}`
  await prisma().oktaOrg.create({ data: { orgId, name: 'Acme', kind: 'imported' } })
  await prisma().user.create({ data: { orgId, id: randomUUID(), email, name, role: 'viewer' } })
  const other = await context.newPage()
  for (const tab of [other, page]) await tab.goto('/health')
  const menu = page.getByRole('button', { name: /^Org: / })
  const first = (await menu.getAttribute('aria-label'))!
  expect(first).not.toBe('Org: Acme')

  await menu.press('Enter')
  await expect(page.getByRole('menuitemradio', { checked: true })).toHaveAccessibleName(new RegExp(first.slice(5)))
  await expectAccessible(page)
  await page.getByRole('menuitemradio', { name: /Acme/ }).press('Enter')
  for (const tab of [page, other]) {
    await expect(tab.getByRole('button', { name: 'Org: Acme' })).toBeVisible()
    await expect(tab).toHaveURL('/')
  }

  await page.setViewportSize({ width: 380, height: 700 })
  await page.getByRole('button', { name: /^Account: / }).press('Enter')
  await page.getByRole('menuitemradio', { name: new RegExp(first.slice(5)) }).press('Enter')
  await expect(other.getByRole('button', { name: first })).toBeVisible()
  await prisma().oktaOrg.delete({ where: { orgId } })
})
