// What the product says while Okta fails. Runs after all others: a refused poller waits a minute before it asks again, and they publish
// events that must be read at once.
import { expect, test } from './fixtures'
import { clearFaults, injectFault } from './simulator'

test('when Okta fails, the health page says what is wrong and the trouble passes by itself', async ({
  page,
  loginAs,
}) => {
  await loginAs('viewer')
  await page.goto('/health')
  await injectFault('unauthorized')
  const trouble = page.getByText(/does not accept the API token/).first()
  try {
    await expect(trouble).toBeVisible({ timeout: 20_000 })
  } finally {
    await clearFaults()
  }
  await expect(trouble).toBeHidden({ timeout: 90_000 })
})
