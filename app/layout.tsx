// The document around every page. Rendered for each request: the content policy carries a fresh nonce, and theme and time
// zone come from cookies, so the first paint is already right.
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { AppProviders } from '@/components/patterns/app-providers'
import { THEME_COOKIE, themeOf, ZONE_COOKIE, zoneOf } from '@/components/patterns/preference-cookies'
import { now } from '@/lib/kernel/clock'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Sallyport', template: '%s · Sallyport' },
  description: 'Triage of Okta activity from malicious IP addresses.',
  icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' } },
  robots: { index: false, follow: false },
  // Numbers in events are ids, not telephone numbers to call.
  formatDetection: { telephone: false, email: false, address: false, date: false, url: false },
  referrer: 'same-origin',
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies()
  return (
    <html lang="en" data-theme={themeOf(jar.get(THEME_COOKIE)?.value)}>
      <body>
        <AppProviders initialZone={zoneOf(jar.get(ZONE_COOKIE)?.value)} initialNow={now().toISOString()}>
          {children}
        </AppProviders>
      </body>
    </html>
  )
}
