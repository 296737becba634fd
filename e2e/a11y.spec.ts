// Every screen in light and dark, wide and narrow: no accessibility problem that a machine can find, and nothing cut off sideways.
import { expect, test } from './fixtures'

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
          await expectAccessible(page)
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0)
        })
      }
    })
  }
}

test('the keys sheet and the status form are accessible too', async ({ page, loginAs, expectAccessible }) => {
  await loginAs('analyst')
  await page.goto('/signals/1001')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('e')
  await expect(page.getByLabel('Note')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(page)
})
