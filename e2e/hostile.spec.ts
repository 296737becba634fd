// Names and user agents are typed by strangers. Whatever they hold, it is text: on every screen that shows them, nothing becomes markup.
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { FLAGGED } from '@/lib/simulator/core/networks'
import { expect, test } from './fixtures'
import { findSignal } from './signals'
import { eventOf, publish } from './simulator'

const MARKUP =
  '<x-hostile><img src=x-hostile onerror="globalThis.hostile=1"><script>globalThis.hostile=1</script></x-hostile>'
/** Right-to-left override, and a name so long that no layout expects it. */
const NAME = `${MARKUP} \u202Emoc.elpmaxe \u2066${'long '.repeat(2_000)}`
const AGENT = `"><svg onload="globalThis.hostile=1">${MARKUP}`

async function expectOnlyText(page: Page): Promise<void> {
  const made = page.locator('x-hostile, [src*="x-hostile"], [onload], [onerror]')
  await expect(made).toHaveCount(0)
  expect(await page.evaluate(() => 'hostile' in globalThis)).toBe(false)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow, 'wider than the window').toBeLessThanOrEqual(0)
}

test('hostile names and user agents are text on every screen', async ({ page, loginAs }) => {
  await loginAs('analyst')
  const id = `00u${randomUUID().replaceAll('-', '').slice(0, 17)}`
  const actor = { id, alternateId: `${id.slice(3, 11)}<x-hostile>@example.com`, displayName: NAME }
  const ip = FLAGGED.malicious[3]
  const tokenId = `00T${id.slice(3)}`
  const device = { id: `guo${id.slice(3)}`, name: NAME, os_platform: MARKUP, registered: true, managed: false }
  const session = {
    ...eventOf(actor, ip),
    client: { ipAddress: ip, userAgent: { rawUserAgent: AGENT, os: MARKUP, browser: MARKUP } },
    device,
  }
  const factor = {
    ...session,
    eventType: 'user.mfa.factor.activate',
    target: [{ id, type: 'User', alternateId: actor.alternateId, displayName: NAME, detailEntry: null }],
  }
  const tokenUse = {
    ...session,
    eventType: 'group.user_membership.add',
    displayMessage: MARKUP,
    target: [{ id: tokenId, type: 'Token', alternateId: MARKUP, displayName: NAME, detailEntry: null }],
    transaction: { type: 'WEB', detail: { requestApiTokenId: tokenId } },
  }
  await publish(session, factor, tokenUse)
  await expect.poll(async () => (await findSignal(page.request, id)).severity).toBe('high')
  const signal = await findSignal(page.request, id)

  await page.goto(`/?q=${ip}`)
  await expect(page.locator(`[data-signal="${signal.id}"]`)).toBeVisible()
  await expectOnlyText(page)

  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport)
    await page.goto(`/signals/${signal.reference}`)
    for (const step of [1, 2, 3, 4, 5, 6]) {
      const card = page.locator(`#main [data-step-card="${step}"]`)
      await expect(card).toHaveAttribute('data-answer', /^(yes|no|cannot_tell)$/)
      const unfold = card.getByRole('button', { name: 'Show details' })
      if (await unfold.isVisible()) await unfold.press('Enter')
    }
    await expectOnlyText(page)
    await page.keyboard.press('3')
    await page.keyboard.press('v')
    await expectOnlyText(page)
    await page.getByRole('button', { name: 'Show raw event' }).first().press('Enter')
    await expect(page.getByText('x-hostile').first()).toBeVisible()
    await expectOnlyText(page)
    for (const key of ['e', 'b']) {
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectOnlyText(page)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    }
    for (const address of [`/ips/${ip}`, `/tokens/${tokenId}`]) {
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      await expectOnlyText(page)
    }
  }
})
