// Every screen in light and dark, wide and narrow: no accessibility problem that a machine can find, and nothing cut off sideways.
import type { Page } from '@playwright/test'
import type { SignalDetail, SignalPage } from '@/lib/signals/contract/signal'
import { expect, test } from './fixtures'
import { readSignal } from './signals'

const SIZES = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
  smallest: { width: 320, height: 640 },
}
const SCREENS = {
  queue: '/',
  'empty queue': '/?q=nothing-has-this-name',
  signal: '/signals/1001',
  'missing signal': '/signals/999999',
  sources: '/sources?feed=tor-exits&ip=192.0.2.30',
  health: '/health',
  suppressions: '/suppressions',
  'missing token': '/tokens/00Tnothing',
}

for (const scheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`${scheme}, ${size}`, async ({ page, loginAs, expectAccessible, allowComplaint }) => {
      allowComplaint(/404/)
      await loginAs('analyst')
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.setViewportSize(viewport)
      for (const [name, address] of Object.entries(SCREENS)) {
        await test.step(name, async () => {
          await page.goto(address)
          await expect(page.getByRole('main')).toBeVisible()
          await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
          await expectFine(page, expectAccessible)
        })
      }
    })
  }
}

/** What opens over the page of a signal, by its key. */
const WINDOWS = { verdict: 'e', 'benign VPN': 'b', 'more actions': 'm', keys: '?' }

for (const scheme of ['light', 'dark'] as const) {
  for (const size of ['wide', 'narrow'] as const) {
    test(`the runbook and its windows, ${scheme}, ${size}`, async ({ page, loginAs, expectAccessible }) => {
      await loginAs('analyst')
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.setViewportSize(SIZES[size])
      const { id, tokens, events } = await oldTokenUse(page)
      await page.goto(`/signals/SIG-${id}`)
      for (const step of [1, 2, 3, 4, 5, 6]) {
        const card = page.locator(`#main [data-step-card="${step}"]`)
        await expect(card).toHaveAttribute('data-answer', /^(yes|no|cannot_tell)$/)
        const unfold = card.getByRole('button', { name: 'Show details' })
        if (await unfold.isVisible()) await unfold.press('Enter')
      }
      await expectFine(page, expectAccessible)
      for (const step of ['1', '2', '3', '4', '5', '6']) await page.keyboard.type(`${step}v`)
      await test.step('as tables', () => expectFine(page, expectAccessible))
      for (const [name, key] of Object.entries(WINDOWS)) {
        await test.step(name, async () => {
          await page.keyboard.press(key)
          const window = page.getByRole('dialog').or(page.getByRole('menu'))
          await expect(window).toBeVisible()
          await expect(window.getByText(/^Loading/)).toHaveCount(0)
          await expectFine(page, expectAccessible)
          await page.keyboard.press('Escape')
          await expect(window).toBeHidden()
        })
      }
      for (const address of [`/tokens/${tokens[0]!.id}`, `/events/${events.events[0]!.uuid}`]) {
        await page.goto(address)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
        await test.step(address, () => expectFine(page, expectAccessible))
      }
    })
  }
}

/** A signal in whose steps there is much to draw, and which no other test decides: the oldest use of a token from a flagged address. */
async function oldTokenUse(page: Page): Promise<SignalDetail> {
  const answer = await page.request.get('/api/signals?severity=high&status=open&limit=200')
  const { signals } = (await answer.json()) as SignalPage
  return readSignal(page.request, Math.min(...signals.map(({ id }) => id)))
}

async function expectFine(page: Page, expectAccessible: (page: Page) => Promise<void>): Promise<void> {
  await expectAccessible(page)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow, 'wider than the window').toBeLessThanOrEqual(0)
}
