'use client'
// Top of the signal page: where it stands in the queue, what happened in one sentence, its state, and the facts people ask first.
import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { EntityChip } from '@/components/patterns/entity-chip'
import { FactsStrip } from '@/components/patterns/facts-strip'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { When } from '@/components/patterns/when'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { IntelNow, WithdrawnBadge } from './intel-now'
import { SeenRange } from './seen-range'
import { SeverityBadge } from './severity-badge'
import { actorLabel, formatNumber, KIND_WORD, STATUS_WORD } from './signal-words'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import { StatusControl } from './status-control'
import { signalPageKeys } from './triage-keys'
import type { Neighbours } from './use-neighbours'

export interface SignalHeadProps {
  signal: SignalDetail
  neighbours: Neighbours
  queueHref: string
  hrefOf: (signalId: number) => string
  canChange: boolean
}

export function SignalHead({ signal, neighbours, queueHref, hrefOf, canChange }: SignalHeadProps) {
  return (
    <header className="border-b border-hairline px-4 pt-2 pb-3.5 min-column:px-6">
      <Crumb neighbours={neighbours} queueHref={queueHref} hrefOf={hrefOf} />
      <div className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <SeverityBadge severity={signal.severity} variant="page" />
        <h1 className="min-w-0 text-20 max-column:order-last max-column:w-full">{signal.title}</h1>
        {signal.intelWithdrawnAt && <WithdrawnBadge />}
        <p className="ml-auto text-12 text-ink-muted">
          {signal.reference} · {STATUS_WORD[signal.status]} · rule version {signal.ruleVersion}
        </p>
      </div>
      <p className="mt-1 max-w-[124ch] text-15">{signal.sentence}</p>
      <div className="mt-1 max-w-[124ch]">
        <IntelNow signal={signal} />
      </div>
      <div className="my-3 flex min-h-8 flex-wrap items-center gap-x-6 gap-y-2">
        <p className="min-w-0 flex-1 basis-64">
          <StateSentence signal={signal} hrefOf={hrefOf} />
        </p>
        <div data-print="hide">
          <StatusControl key={signal.id} signal={signal} canChange={canChange} keys={signalPageKeys} />
        </div>
      </div>
      <FactsStrip label="Facts" facts={factsOf(signal)} />
    </header>
  )
}

function Crumb({ neighbours, queueHref, hrefOf }: Pick<SignalHeadProps, 'neighbours' | 'queueHref' | 'hrefOf'>) {
  const router = useRouter()
  const { previousId, nextId, position, total } = neighbours
  const open = (signalId: number | null) => (signalId === null ? undefined : () => router.push(hrefOf(signalId)))
  useKeys(signalPageKeys, { back: () => router.push(queueHref), previous: open(previousId), next: open(nextId) })
  const backKey = useShortcut(signalPageKeys, 'back')
  const previousKey = useShortcut(signalPageKeys, 'previous')
  const nextKey = useShortcut(signalPageKeys, 'next')
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
      <Step label="Previous" href={previousId === null ? null : hrefOf(previousId)} shortcut={previousKey} />
      <Step label="Next" href={nextId === null ? null : hrefOf(nextId)} shortcut={nextKey} />
    </nav>
  )
}

function Step({ label, href, shortcut }: { label: string; href: string | null; shortcut: string | null }) {
  if (href === null) return null
  return (
    <Button asChild tone="quiet" size="small" shortcut={shortcut}>
      <Link href={href}>{label}</Link>
    </Button>
  )
}

function StateSentence({ signal, hrefOf }: Pick<SignalHeadProps, 'signal' | 'hrefOf'>) {
  const links: ReactNode[] = []
  const link = (to: { id: number; reference: string }) => (
    <Link key={to.id} href={hrefOf(to.id)} className="underline">
      {to.reference}
    </Link>
  )
  if (signal.mergedInto) links.push(<> Merged into {link(signal.mergedInto)}, where its events are now.</>)
  if (signal.follows) links.push(<> Follows {link(signal.follows)} of the same account and address.</>)
  if (signal.followedBy.length > 0) links.push(<> Followed by {joined(signal.followedBy.map(link))}.</>)
  if (signal.merged.length > 0) links.push(<> Took up {joined(signal.merged.map(link))}.</>)
  return (
    <>
      <b className="font-semibold">{STATUS_WORD[signal.status]}.</b> {KIND_WORD[signal.kind]}, opened{' '}
      <When at={signal.openedAt} mode="both" />
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
    { label: 'Events', value: formatNumber(signal.eventCount) },
    { label: 'First to last event', value: <SeenRange from={signal.firstSeen} to={signal.lastSeen} /> },
    ...(signal.tokens.length > 0
      ? [
          {
            label: signal.tokens.length === 1 ? 'API token' : `API tokens, ${signal.tokens.length}`,
            value: signal.tokens.slice(0, 3).map((token) => (
              <span key={token.id} className="mr-2">
                <EntityChip
                  look="bare"
                  kind="token"
                  value={token.id}
                  label={shortTokenId(token.id)}
                  detail={token.kind === 'unknown' ? 'kind unknown' : token.kind}
                />
              </span>
            )),
          },
        ]
      : []),
    { label: 'Policy when it fired', value: `${signal.intentPolicy}, version ${signal.policyVersion}` },
  ]
}

function network({ asNumber, asOrg, country }: SignalDetail): ReactNode {
  if (asNumber === null && asOrg === null) return <span className="text-ink-muted">not given by Okta</span>
  return [asNumber === null ? null : `AS${asNumber}`, asOrg, country].filter(Boolean).join(' ')
}
