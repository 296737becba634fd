'use client'
// Everything that works on every page: keys, time zone, query cache, messages, announcements.
import { setNonce } from 'get-nonce'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { KeysProvider } from './keys/keys-provider'
import { LiveRegion } from './live-region'
import { QueryProvider } from './query-provider'
import { TimeZoneProvider } from './time-zone'
import { ToastRegion } from './toast'

// Radix adds a style element while a dialog locks scrolling; the content policy lets it pass only with the nonce of this
// document. The attribute reads empty for safety, the property does not.
if (typeof document !== 'undefined') {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce
  if (nonce) setNonce(nonce)
}

export function AppProviders({
  initialZone,
  initialNow,
  children,
}: {
  initialZone: string | null
  initialNow: string
  children: ReactNode
}) {
  return (
    <NuqsAdapter>
      <QueryProvider>
        <KeysProvider>
          <TimeZoneProvider initialZone={initialZone} initialNow={initialNow}>
            {children}
            <ToastRegion />
            <LiveRegion />
          </TimeZoneProvider>
        </KeysProvider>
      </QueryProvider>
    </NuqsAdapter>
  )
}
