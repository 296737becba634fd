// Two people at one signal: each sees the other, nothing is overwritten unseen, and a verdict can be taken back.
import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from '@playwright/test'
import { FLAGGED } from '@/lib/simulator/core/networks'
import { expect, test as base, type Person } from './fixtures'
import { findSignal, readSignal } from './signals'
import { eventOf, publish } from './simulator'

interface Colleague extends Person {
  page: Page
}

const test = base.extend<{ colleague: Colleague; signalId: number }>({
  colleague: async ({ browser, baseURL, loginAs }, use) => {
    const window: BrowserContext = await browser.newContext({ baseURL })
    const person = await loginAs('analyst', window)
    await use({ ...person, page: await window.newPage() })
    await window.close()
  },
  /** A signal that nobody else decides. */
  signalId: async ({ page, loginAs }, use) => {
    await loginAs('analyst')
    const id = `00u${randomUUID().replaceAll('-', '').slice(0, 17)}`
    await publish(
      eventOf({ id, alternateId: `${id.slice(3, 11)}@example.com`, displayName: 'Kim Ode' }, FLAGGED.tor[0]),
    )
    await use((await findSignal(page.request, id)).id)
  },
})

async function open(page: Page, signalId: number): Promise<void> {
  await page.goto(`/signals/SIG-${signalId}`)
  await expect(page.locator('#main [data-step-card="6"]')).toHaveAttribute('data-answer', /^(yes|no|cannot_tell)$/)
}

/** Chooses a verdict by its key and saves it. */
async function decide(page: Page, key: string): Promise<void> {
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog', { name: /^Verdict for/ })).toBeVisible()
  await page.keyboard.press(key)
  await page.keyboard.press('Enter')
}

test('who works on a signal is seen by others, who may take it over', async ({ page, signalId, colleague }) => {
  await open(page, signalId)
  await open(colleague.page, signalId)
  await colleague.page.keyboard.press('c')
  await expect(colleague.page.getByText(/^Claimed by you/)).toBeVisible()
  await expect(page.getByText(`Claimed by ${colleague.name}`)).toBeVisible()
  await page.keyboard.press('c')
  await expect(page.getByRole('dialog', { name: 'Take over' })).toContainText(
    `${colleague.name} works on SIG-${signalId}`,
  )
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^Claimed by you/)).toBeVisible()
  await expect(colleague.page.getByText(/^Claimed by Test analyst/)).toBeVisible()
})

test('of two verdicts the second is not saved: both are shown, and the reader chooses', async ({
  page,
  signalId,
  colleague,
  allowComplaint,
}) => {
  allowComplaint(/409/)
  await open(page, signalId)
  await page.keyboard.press('l') // paused, this page does not hear of what the colleague does
  await open(colleague.page, signalId)
  await decide(colleague.page, '3')
  await expect.poll(async () => (await readSignal(page.request, signalId)).verdict).toBe('benign_expected')
  await decide(page, '1')
  await page.getByRole('button', { name: 'See both' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: new RegExp(`SIG-${signalId}`) })
  await expect(dialog.getByRole('region', { name: 'Theirs' })).toContainText('Benign, expected')
  await expect(dialog.getByRole('region', { name: 'Theirs' })).toContainText(colleague.name)
  await expect(dialog.getByRole('region', { name: 'Yours' })).toContainText('Malicious')
  expect((await readSignal(page.request, signalId)).verdict).toBe('benign_expected')
  await dialog.getByRole('button', { name: 'Save mine instead' }).press('Enter')
  await expect.poll(async () => (await readSignal(page.request, signalId)).verdict).toBe('malicious')
  const { verdicts } = await readSignal(page.request, signalId)
  expect(verdicts.filter(({ withdrawnAt }) => withdrawnAt !== null).map(({ verdict }) => verdict)).toEqual([
    'benign_expected',
  ])
})

test('a closed signal can be reopened for good, by whoever finds the verdict wrong', async ({
  page,
  signalId,
  colleague,
}) => {
  await open(colleague.page, signalId)
  await decide(colleague.page, '3')
  await expect.poll(async () => (await readSignal(page.request, signalId)).status).toBe('closed')
  await open(page, signalId)
  await expect(page.locator('[data-slot="verdict-in-force"]')).toContainText('Benign, expected')
  await page.getByRole('button', { name: 'Reopen' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Verdict', exact: true })).toBeVisible()
  await expect.poll(async () => (await readSignal(page.request, signalId)).status).toBe('open') // it is drawn before it is saved
  const { verdict, verdicts, history } = await readSignal(page.request, signalId)
  expect(verdict).toBeNull()
  expect(verdicts).toHaveLength(1) // kept, as withdrawn
  expect(history.at(-1)?.text ?? '').not.toBe('')
})
