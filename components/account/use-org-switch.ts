'use client'
// Going on in another of the own orgs. A session is bound to one org and all tabs share it: the numbers of signals mean something else
// afterwards, so every tab starts anew.
import { useEffect, useMemo } from 'react'
import type { OrgSwitching } from '@/components/patterns/org-menu'
import { showToast } from '@/components/patterns/toast'
import type { OwnOrg } from '@/lib/auth/contract'
import { ApiError } from '@/lib/http/client'
import { switchOrg } from './account-client'

const CHANNEL = 'sallyport-org'
const HINTS = { okta: undefined, simulated: 'demo', imported: 'imported' } as const

/** What the header needs to switch between orgs; undefined while there is nothing to choose from. */
export function useOrgSwitch(orgs: readonly OwnOrg[]): OrgSwitching | undefined {
  const current = orgs.find(({ isCurrent }) => isCurrent)?.orgId
  useEffect(() => {
    if (typeof BroadcastChannel === 'undefined') return
    const channel = new BroadcastChannel(CHANNEL)
    channel.onmessage = ({ data }) => data !== current && startAnew()
    return () => channel.close()
  }, [current])
  return useMemo(() => {
    if (orgs.length < 2 || current === undefined) return undefined
    const choices = orgs.map(({ orgId, name, kind }) => ({ value: orgId, label: name, hint: HINTS[kind] }))
    return { current, choices, onSwitch: goOnIn }
  }, [orgs, current])
}

function goOnIn(orgId: string) {
  switchOrg(orgId).then(tellOtherTabs, (error: unknown) => {
    const reason = error instanceof ApiError ? error.message : 'The server did not answer. Try again.'
    showToast({ message: `The org was not switched. ${reason}`, isError: true })
  })

  function tellOtherTabs() {
    if (typeof BroadcastChannel !== 'undefined') {
      const channel = new BroadcastChannel(CHANNEL)
      channel.postMessage(orgId)
      channel.close()
    }
    startAnew()
  }
}

/** A full load: nothing of the other org stays in memory. */
function startAnew() {
  window.location.replace(new URL('/', window.location.origin))
}
