// A benign verdict with what is expected from now on: shown before it is saved, hides what it names and counts it, never hides HIGH, and
// ends with its verdict when that is undone.
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { FLAGGED } from '@/lib/simulator/core/networks'
import { expect, test } from './fixtures'
import { findSignal, findSuppression, listSignalsOf, readSignal } from './signals'
import { eventOf, publish } from './simulator'

const [FIRST_IP, LATER_IP, LATEST_IP] = FLAGGED.malicious

/** An account of its own per test, so that what it hides is its own too. */
function newAccount() {
  const id = `00u${randomUUID().replaceAll('-', '').slice(0, 17)}`
  return { id, alternateId: `${id.slice(3, 11)}@example.com`, displayName: 'Robin Vale' }
}

async function suppressByKeys(page: Page, signalId: number): Promise<void> {
  await page.goto(`/signals/SIG-${signalId}`)
  await expect(page.locator('#main [data-step-card="6"]')).toHaveAttribute('data-answer', /^(yes|no|cannot_tell)$/)
  await page.keyboard.press('b')
  const drawer = page.getByRole('dialog', { name: 'Mark benign VPN' })
  await expect(drawer.getByRole('region', { name: 'In the last 30 days' })).toContainText('Would have hidden 1 MEDIUM')
  await expect(drawer.getByRole('link', { name: `SIG-${signalId}` })).toBeVisible()
  await expect(drawer.getByRole('radio', { checked: true })).toHaveAccessibleName(/AS64511/)
  await page.keyboard.press('Enter')
  await expect(drawer).toBeHidden()
}

test('what is expected is hidden and counted, and HIGH is shown still', async ({ page, loginAs }) => {
  await loginAs('analyst')
  const actor = newAccount()
  await publish(eventOf(actor, FIRST_IP))
  const { id } = await findSignal(page.request, actor.id, FIRST_IP)
  await suppressByKeys(page, id)
  await expect.poll(async () => (await readSignal(page.request, id)).verdict).toBe('benign_vpn')
  const { id: suppressionId } = await findSuppression(page.request, id)

  await page.goto('/suppressions')
  const row = page.locator(`[data-suppression="${suppressionId}"]`)
  await expect(row).toHaveAttribute('data-state', 'active')
  await expect(row).toContainText('none yet')
  await publish(eventOf(actor, LATER_IP))
  await expect.poll(async () => (await findSuppression(page.request, id)).hidden).toBe(1)
  await page.reload()
  await expect(row).toContainText('1 · 1 today')
  await row.getByRole('button').press('Enter')
  await expect(page.getByRole('dialog').getByRole('region', { name: 'Hidden so far' })).toContainText(LATER_IP)

  const token = { id: `00T${actor.id.slice(3)}` }
  await publish({ ...eventOf(actor, LATEST_IP), transaction: { type: 'WEB', detail: { requestApiTokenId: token.id } } })
  expect(await findSignal(page.request, actor.id, LATEST_IP)).toMatchObject({ severity: 'high', kind: 'api_token' })
  // The HIGH came later than the hidden one, so had that opened a signal it would be here.
  expect((await listSignalsOf(page.request, actor.id)).map(({ ip }) => ip)).not.toContain(LATER_IP)
})

test('undo takes the verdict back and ends its suppression', async ({ page, loginAs }) => {
  await loginAs('analyst')
  const actor = newAccount()
  await publish(eventOf(actor, FIRST_IP))
  const { id, reference } = await findSignal(page.request, actor.id, FIRST_IP)
  await suppressByKeys(page, id)
  const message = page.locator('[data-slot="toast"]')
  await expect(message).toContainText(`${reference}: benign, VPN or privacy tool, expected for 30 days`)
  await page.keyboard.press('z')
  await expect(message).toContainText(`${reference} is open again, and its suppression ended`)
  expect(await readSignal(page.request, id)).toMatchObject({ status: 'open', verdict: null })
  expect((await findSuppression(page.request, id)).state).toBe('ended')
  await publish(eventOf(actor, LATER_IP))
  expect(await findSignal(page.request, actor.id, LATER_IP)).toMatchObject({ status: 'open' })
})
