// Browser tests run against the product as `npm start` serves it; e2e/global-setup.ts starts it once.
import { defineConfig, devices } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  projects: [
    { name: 'journeys', testIgnore: '**/trouble.spec.ts' },
    { name: 'trouble', testMatch: '**/trouble.spec.ts', dependencies: ['journeys'] },
  ],
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-GB',
    // A zone nobody here lives in: code that forgets time zones fails.
    timezoneId: 'Asia/Kathmandu',
    trace: 'retain-on-failure',
    video: 'off', // would need ffmpeg
    launchOptions: { executablePath: process.env.SALLYPORT_BROWSER || undefined },
  },
})
