// Cells of an account that drawing and table of step 6 share.
import Link from 'next/link'
import type { AccountFacts } from '@/lib/runbook/contract/steps'
import { signalReference } from '@/lib/signals/model'

export function Roles({ roles }: { roles: AccountFacts['roles'] }) {
  if (roles === null) return <span className="text-ink-muted">not known</span>
  if (roles.length === 0) return <span className="text-ink-muted">none</span>
  return (
    <bdi className="inline-block max-w-36 truncate align-middle" title={roles.join(', ')}>
      {roles.join(', ')}
    </bdi>
  )
}

export function OpenSignals({ account, signalId }: { account: AccountFacts; signalId: number }) {
  const others = account.openSignalIds.filter((id) => id !== signalId)
  return (
    <>
      {others.slice(0, 2).map((id) => (
        <Link key={id} href={`/signals/${signalReference(id)}`} prefetch={false} className="mr-2">
          {signalReference(id)}
        </Link>
      ))}
      {others.length > 2 && <span className="text-ink-muted">+{others.length - 2} </span>}
      {others.length === 0 && <span className="text-ink-muted">{account.isThisAccount ? 'this signal' : 'none'}</span>}
    </>
  )
}
