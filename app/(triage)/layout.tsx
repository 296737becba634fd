// Frame of all signed-in pages. Each page authorises by itself; without a session it redirects, so nothing is framed here.
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { TriageFrame } from '@/components/signals/triage-frame'
import { findActor } from '@/lib/auth/service/find-actor'
import { listOwnOrgs } from '@/lib/auth/service/list-own-orgs'
import { readHealth } from '@/lib/pipeline/service/read-health'

export default async function TriageLayout({ children }: { children: ReactNode }) {
  const actor = await findActor(await headers())
  if (!actor) return children
  const [health, orgs] = await Promise.all([readHealth(actor), listOwnOrgs({ actor })])
  const [org] = health.orgs
  return (
    <TriageFrame
      actor={{ name: actor.name, detail: actor.role }}
      org={{ name: org?.name ?? actor.orgId }}
      orgs={orgs}
      isDemo={org?.kind === 'simulated'}
      lastEventReceivedAt={org?.lastEventReceivedAt ?? null}
    >
      {children}
    </TriageFrame>
  )
}
