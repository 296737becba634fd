'use client'
// Frame of the signed-in pages: shell, live updates, the way out.
import type { ReactNode } from 'react'
import { signOut } from '@/components/account/account-client'
import { useOrgSwitch } from '@/components/account/use-org-switch'
import { LiveIndicator } from '@/components/notifications/live-indicator'
import { LiveProvider } from '@/components/notifications/live-provider'
import { NotificationBell } from '@/components/notifications/notification-bell'
import { Shell } from '@/components/patterns/shell'
import { showToast } from '@/components/patterns/toast'
import type { OwnOrg } from '@/lib/auth/contract'
import { ConflictDialog } from './conflict-dialog'

const NAV = [
  { href: '/', label: 'Queue' },
  { href: '/ips', label: 'IPs' },
  { href: '/sources', label: 'Sources' },
  { href: '/suppressions', label: 'Suppressions' },
  { href: '/health', label: 'Health' },
]

export interface TriageFrameProps {
  actor: { name: string; detail: string }
  org: { name: string }
  /** Those the person can switch between. */
  orgs: readonly OwnOrg[]
  isDemo: boolean
  /** When the newest event reached us, ISO 8601; null when none ever did. */
  lastEventReceivedAt: string | null
  children: ReactNode
}

export function TriageFrame({ actor, org, orgs, isDemo, lastEventReceivedAt, children }: TriageFrameProps) {
  const switching = useOrgSwitch(orgs)
  return (
    <LiveProvider lastEventReceivedAt={lastEventReceivedAt}>
      <Shell
        nav={NAV}
        actor={actor}
        org={{ ...org, switching }}
        isDemo={isDemo}
        onSignOut={leave}
        live={<LiveIndicator />}
        bell={<NotificationBell />}
      >
        {children}
      </Shell>
      <ConflictDialog />
    </LiveProvider>
  )
}

function leave() {
  signOut().then(
    // A full load: nothing of this session stays in memory.
    () => window.location.replace(new URL('/sign-in', window.location.origin)),
    () => showToast({ message: 'You are still signed in: the server did not answer. Try again.', isError: true }),
  )
}
