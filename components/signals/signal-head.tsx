'use client'
// Top of the signal page: where it stands in the queue, who works on it, what happened in one sentence, and the facts people ask first.
import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { MouseEvent, ReactNode } from 'react'
import { EntityChip } from '@/components/patterns/entity-chip'
import { FactsStrip } from '@/components/patterns/facts-strip'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { When } from '@/components/patterns/when'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import { ClaimControl } from './claim-control'
import { IntelNow, WithdrawnBadge } from './intel-now'
import { reportHref } from './report-href'
import { SeenRange } from './seen-range'
import { SeverityBadge } from './severity-badge'
import { actorLabel, KIND_WORD, STATUS_WORD } from './signal-words'
import { signalPageKeys } from './triage-keys'
import type { Neighbours } from './use-neighbours'

export interface SignalHeadProps {
  signal: SignalDetail
  neighbours: Neighbours
  queueHref: string
  hrefOf: (signalId: number) => string
  /** Shows another signal without loading a page. */
  onGo: (signalId: number) => void
  canChange: boolean
  actorId: string
}

export function SignalHead(props: SignalHeadProps) {
  const { signal, hrefOf, canChange, actorId } = props
  return (
    <header className="px-4 pt-2 pb-2.5 min-column:px-6">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
        <Crumb {...props} />
        <div data-print="hide" className="ml-auto flex min-h-7 min-w-0 items-center">
          <ClaimControl signal={signal} canChange={canChange} actorId={actorId} keys={signalPageKeys} />
        </div>
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <SeverityBadge severity={signal.severity} variant="page" />
        <h1
          data-slot="signal-title"
          tabIndex={-1}
          className="min-w-0 rounded-md text-20 outline-none max-column:order-last max-column:w-full"
        >
          {signal.title}
        </h1>
        {signal.intelWithdrawnAt && <WithdrawnBadge />}
        <p className="ml-auto text-12 text-ink-muted">
          {signal.reference} · {STATUS_WORD[signal.status]} · rule version {signal.ruleVersion}
        </p>
      </div>
      <p className="mt-1 max-w-[124ch] text-15">{signal.sentence}</p>
      <p className="text-12 text-ink-muted">
        <StateSentence signal={signal} hrefOf={hrefOf} />
      </p>
      <div className="mt-1 max-w-[124ch]">
        <IntelNow signal={signal} />
      </div>
      <div className="mt-2.5">
        <FactsStrip label="Facts" facts={factsOf(signal)} />
      </div>
    </header>
  )
}

function Crumb({ signal, neighbours, queueHref, hrefOf, onGo }: SignalHeadProps) {
  const router = useRouter()
  const { previousId, nextId, position, total } = neighbours
  const open = (signalId: number | null) => (signalId === null ? undefined : () => onGo(signalId))
  useKeys(signalPageKeys, {
    back: () => router.push(queueHref),
    previous: open(previousId),
    next: open(nextId),
    report: () => router.push(reportHref(signal.reference)),
  })
  const backKey = useShortcut(signalPageKeys, 'back')
  return (
    <nav
      aria-label="Place in the queue"
      data-print="hide"
      className="flex min-h-7 flex-wrap items-center gap-1 text-12"
    >
      <Link
        href={queueHref}
        aria-keyshortcuts={backKey ?? undefined}
        className="inline-flex min-h-6 items-center gap-1"
      >
        <ChevronLeft aria-hidden size={12} />
        Queue
        {backKey && <Kbd keys={backKey} />}
      </Link>
      {position !== null && (
        <span className="mr-1 ml-3 text-ink-muted">
          {position} of {total}
        </span>
      )}
      <Step label="Previous" signalId={previousId} command="previous" hrefOf={hrefOf} onGo={onGo} />
      <Step label="Next" signalId={nextId} command="next" hrefOf={hrefOf} onGo={onGo} />
    </nav>
  )
}

function Step({
  label,
  signalId,
  command,
  hrefOf,
  onGo,
}: {
  label: string
  signalId: number | null
  command: 'previous' | 'next'
} & Pick<SignalHeadProps, 'hrefOf' | 'onGo'>) {
  const shortcut = useShortcut(signalPageKeys, command)
  if (signalId === null) return null
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onGo(signalId)
  }
  return (
    <Button asChild tone="quiet" size="small" shortcut={shortcut}>
      <a href={hrefOf(signalId)} onClick={follow}>
        {label}
      </a>
    </Button>
  )
}

/** Kind and history of the signal, and the signals it is connected with. */
function StateSentence({ signal, hrefOf }: Pick<SignalHeadProps, 'signal' | 'hrefOf'>) {
  const links: ReactNode[] = []
  const link = (to: { id: number; reference: string }) => (
    <Link key={to.id} href={hrefOf(to.id)} className="underline">
      {to.reference}
    </Link>
  )
  if (signal.mergedInto) links.push(<> Merged into {link(signal.mergedInto)}, where its events are now.</>)
  if (signal.duplicateOf) links.push(<> Duplicate of {link(signal.duplicateOf)}.</>)
  if (signal.follows) links.push(<> Follows {link(signal.follows)} of the same account and address.</>)
  if (signal.followedBy.length > 0) links.push(<> Followed by {joined(signal.followedBy.map(link))}.</>)
  if (signal.merged.length > 0) links.push(<> Took up {joined(signal.merged.map(link))}.</>)
  return (
    <>
      {KIND_WORD[signal.kind]}, opened <When at={signal.openedAt} mode="both" />
      {signal.raisedAt && (
        <>
          , raised to high <When at={signal.raisedAt} mode="relative" />
        </>
      )}
      .{signal.isRetroactive && ' Retroactive: the address was listed only after the event.'}
      {links.map((one, index) => (
        <span key={index}>{one}</span>
      ))}
    </>
  )
}

function joined(nodes: readonly ReactNode[]): ReactNode {
  return nodes.map((node, index) => (
    <span key={index}>
      {index > 0 && ', '}
      {node}
    </span>
  ))
}

function factsOf(signal: SignalDetail) {
  const { actor } = signal
  const login = actor.login ?? actor.id
  return [
    {
      label: actor.type === null || actor.type === 'User' ? 'Account' : `Account, ${actor.type}`,
      value: (
        <EntityChip
          look="bare"
          kind="user"
          value={login}
          label={actorLabel(actor)}
          detail={actor.name ?? undefined}
          filterHref={`/?q=${encodeURIComponent(login)}`}
        />
      ),
    },
    {
      label: 'Address',
      value: (
        <EntityChip
          look="bare"
          kind="ip"
          value={signal.ip}
          href={`/ips/${signal.ip}?signal=${signal.reference}`}
          filterHref={`/?q=${encodeURIComponent(signal.ip)}`}
        />
      ),
    },
    { label: 'Network', value: network(signal) },
    { label: 'First to last event', value: <SeenRange from={signal.firstSeen} to={signal.lastSeen} /> },
    ...(signal.tokens.length > 0 ? [tokensFact(signal)] : []),
  ]
}

function tokensFact({ tokens }: SignalDetail) {
  return {
    label: tokens.length === 1 ? 'API token' : `API tokens, ${tokens.length}`,
    value: tokens.slice(0, 3).map((token) => (
      <span key={token.id} className="mr-2">
        <EntityChip
          look="bare"
          kind="token"
          value={token.id}
          label={shortTokenId(token.id)}
          detail={token.kind === 'unknown' ? 'kind unknown' : token.kind}
          href={`/tokens/${encodeURIComponent(token.id)}`}
        />
      </span>
    )),
  }
}

function network({ asNumber, asOrg, country }: SignalDetail): ReactNode {
  if (asNumber === null && asOrg === null) return <span className="text-ink-muted">not given by Okta</span>
  return <bdi>{[asNumber === null ? null : `AS${asNumber}`, asOrg, country].filter(Boolean).join(' ')}</bdi>
}
