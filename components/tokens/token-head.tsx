'use client'
// Top of the page of a token: what it is called, its state in Okta in one badge, what can be done with it, and the facts of its making.
import { Copy } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { copyText } from '@/components/patterns/copy-text'
import { EntityChip } from '@/components/patterns/entity-chip'
import { FactsStrip, type Fact } from '@/components/patterns/facts-strip'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { When } from '@/components/patterns/when'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import type { TokenDetail } from '@/lib/timeline/contract/token'
import { tokenPageKeys } from './token-keys'
import { ORIGIN_SOURCE, TOKEN_KIND, TOKEN_STATE } from './token-words'
import type { TokenLookup } from './use-token-lookup'

export function TokenHead({ id, token }: { id: string; token: TokenDetail | null }) {
  const router = useRouter()
  const copyKey = useShortcut(tokenPageKeys, 'copyId')
  const openKey = useShortcut(tokenPageKeys, 'signal')
  const signal = token?.signals[0] ?? null
  const href = signal && `/signals/${signal.reference}`
  const copy = () => void copyText(id, 'the id of the token')
  useKeys(tokenPageKeys, { copyId: copy, signal: href === null ? undefined : () => router.push(href) })
  return (
    <header className="flex flex-wrap items-start gap-x-6 gap-y-3 pt-3.5 pb-3.5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="text-12 text-ink-muted">API token</p>
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className={`min-w-0 text-20 break-all ${token?.name ? '' : 'font-mono'}`}>
            <bdi>{token?.name ?? shortTokenId(id)}</bdi>
          </h1>
          {token && <Badge mark={TOKEN_STATE[token.okta.state].mark}>{TOKEN_STATE[token.okta.state].word}</Badge>}
        </div>
        {(token?.name || shortTokenId(id) !== id) && <p className="font-mono text-12 break-all text-ink-muted">{id}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-2 min-column:justify-end" data-print="hide">
        <Button shortcut={copyKey} icon={<Copy aria-hidden size={12} />} onClick={copy}>
          Copy id
        </Button>
        {href && (
          <Button asChild shortcut={openKey}>
            <Link href={href}>Open {signal?.reference}</Link>
          </Button>
        )}
      </div>
    </header>
  )
}

/** Who made it when and from where, as whom it acts, and what Okta says of it now, with its age. */
export function TokenProvenance({ token, lookup }: { token: TokenDetail; lookup: TokenLookup }) {
  const { created, okta } = token
  const message = lookup.problem ?? okta.message
  return (
    <section aria-label="Where it comes from" data-slot="token-provenance">
      <FactsStrip isStacked label="Facts about the token" facts={[...originFacts(token), ...oktaFacts(token)]} />
      <p className="mt-2">
        <bdi>{created.sentence}</bdi>
      </p>
      <p className="text-12 text-ink-muted" aria-busy={lookup.isAsking || undefined}>
        <OktaAge token={token} isAsking={lookup.isAsking} />
        {message && <bdi> {message}</bdi>}
      </p>
    </section>
  )
}

function originFacts({ created, owner, kind, clientId }: TokenDetail): Fact[] {
  const { event } = created
  return [
    { label: 'Kind', value: TOKEN_KIND[kind] },
    {
      label: ['Created', ORIGIN_SOURCE[created.source]].filter(Boolean).join(', '),
      value: created.at ? <When at={created.at} /> : <Unknown />,
    },
    { label: 'Created by', value: accountChip(event?.actorLogin ?? event?.actorId) },
    { label: 'Created from', value: event?.ip ? <EntityChip look="bare" kind="ip" value={event.ip} /> : <Unknown /> },
    {
      label: 'In session',
      value: event?.sessionId ? (
        <EntityChip look="bare" kind="session" value={event.sessionId} label={shortTokenId(event.sessionId)} />
      ) : (
        <Unknown />
      ),
    },
    { label: 'Acts as', value: accountChip(owner?.login ?? owner?.id) },
    ...(clientId === null ? [] : [{ label: 'Issued to the app', value: <bdi className="font-mono">{clientId}</bdi> }]),
  ]
}

function oktaFacts({ okta }: TokenDetail): Fact[] {
  const known = okta.state === 'active' || okta.network !== null || okta.lastUsed !== null
  if (!known) return []
  return [
    { label: 'May be used', value: okta.network ? <bdi>{okta.network}</bdi> : <Unknown /> },
    { label: 'Last used, by Okta', value: okta.lastUsed ? <When at={okta.lastUsed} /> : <Unknown /> },
    { label: 'Expires', value: okta.expiresAt ? <When at={okta.expiresAt} mode="day" /> : <Unknown /> },
  ]
}

function OktaAge({ token: { kind, okta }, isAsking }: { token: TokenDetail; isAsking: boolean }) {
  if (kind === 'oauth') return null
  if (okta.at === null)
    return isAsking ? 'Okta’s record of the token: asking.' : 'Okta’s record of the token: not asked.'
  return (
    <>
      Okta’s record of the token of <When at={okta.at} mode="both" />
      {isAsking ? ', asking again.' : '.'}
    </>
  )
}

function accountChip(name: string | null | undefined): ReactNode {
  return name ? (
    <bdi>
      <EntityChip look="bare" kind="user" value={name} />
    </bdi>
  ) : (
    <Unknown />
  )
}

function Unknown() {
  return <span className="text-ink-muted">not known</span>
}
