'use client'
// Top of the page of an address: what it is in one badge, what can be done with it, the facts, and three verdicts.
import { Copy } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { copyText } from '@/components/patterns/copy-text'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { When } from '@/components/patterns/when'
import { categoryWord, formatNumber } from '@/components/signals/signal-words'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'
import { defang } from '@/lib/kernel/defang'
import type { AddressDetail, VerdictAt } from '@/lib/timeline/contract/address'
import { ipPageKeys } from './ip-keys'
import { isThreat, VERDICT } from './ip-words'

export function IpHead({ ip, detail }: { ip: string; detail: AddressDetail | null }) {
  const copyKey = useShortcut(ipPageKeys, 'copyDefanged')
  const openKey = useShortcut(ipPageKeys, 'signal')
  const router = useRouter()
  const signal = detail?.signal ?? null
  const signalHref = signal && `/signals/${signal.reference}`
  useKeys(ipPageKeys, {
    copyDefanged: () => void copyText(defang(ip)),
    signal: signalHref === null ? undefined : () => router.push(signalHref),
  })
  return (
    <header className="flex flex-wrap items-start gap-x-6 gap-y-3 pt-3.5 pb-3.5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="text-12 text-ink-muted">
          <Link href="/ips" className="underline">
            IPs
          </Link>{' '}
          › timeline
        </p>
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="min-w-0 font-mono text-20 break-all">{ip}</h1>
          {detail && <CategoryBadge detail={detail} />}
        </div>
        {detail?.carries && (
          <p className="text-12 text-ink-muted">
            Carries {detail.carries}, which is looked up as well:{' '}
            <Link href={`/ips/${detail.carries}`} className="underline">
              its timeline
            </Link>
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2 min-column:justify-end" data-print="hide">
        <Button shortcut={copyKey} icon={<Copy aria-hidden size={12} />} onClick={() => void copyText(defang(ip))}>
          Copy defanged
        </Button>
        {signalHref && (
          <Button asChild shortcut={openKey}>
            <Link href={signalHref}>Open {signal?.reference}</Link>
          </Button>
        )}
      </div>
    </header>
  )
}

function CategoryBadge({ detail }: { detail: AddressDetail }) {
  if (detail.verdicts.now.verdict === 'benign') {
    return (
      <Badge tone="benign" mark="check">
        {categoryWord(detail.allowed[0]?.category ?? 'benign')}
      </Badge>
    )
  }
  const { categories } = detail.network
  if (categories.length === 0) return detail.isPublic ? null : <Badge>Private or reserved</Badge>
  return categories.slice(0, 3).map((category) => (
    <span
      key={category}
      data-slot="badge"
      className={`inline-flex items-center gap-1.25 rounded-md border border-current px-1.5 text-11 font-semibold tracking-[0.03em] whitespace-nowrap ${isThreat(category) ? 'text-severity-high' : 'text-ink'}`}
    >
      <Mark shape={isThreat(category) ? 'hexagon' : 'half'} tone={isThreat(category) ? 'high' : 'medium'} size={10} />
      {categoryWord(category)}
    </span>
  ))
}

/** Facts on the left; at the event, at the alert and now on the right. */
export function IpFacts({ detail }: { detail: AddressDetail }) {
  const { atEvent, atAlert, now } = detail.verdicts
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] border-y border-hairline facets:grid-cols-[minmax(0,1fr)_auto]">
      {/* The line before the first fact of each row lies outside and is cut off. */}
      <div className="overflow-hidden">
        <dl
          aria-label="Facts"
          className="grid grid-cols-2 py-1 min-column:-ml-3.25 min-column:flex min-column:flex-wrap min-column:py-0"
        >
          {factsOf(detail).map(({ label, value }) => (
            <div
              key={label}
              className="min-w-0 py-1.5 pr-3 min-column:flex-auto min-column:border-l min-column:border-hairline min-column:px-3 min-column:py-2.5"
            >
              <dt className="text-12 text-ink-muted">{label}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <ol aria-label="Verdicts of the feeds" className="flex max-facets:border-t max-facets:border-hairline">
        {atEvent && <VerdictItem label="At the event" verdict={atEvent} />}
        {atAlert && <VerdictItem label="At the alert" verdict={atAlert} />}
        <VerdictItem label="Now" verdict={now} isNow />
      </ol>
    </div>
  )
}

function VerdictItem({ label, verdict, isNow = false }: { label: string; verdict: VerdictAt; isNow?: boolean }) {
  const { word, shape, tone } = VERDICT[verdict.verdict]
  return (
    <li
      data-verdict={verdict.verdict}
      className={`min-w-0 flex-1 border-hairline px-2.5 py-2.5 not-first:border-l facets:min-w-36 facets:flex-none facets:border-l facets:px-4 ${isNow ? 'bg-surface-1' : ''}`}
    >
      <span className="flex justify-between gap-x-3 text-12 text-ink-muted max-column:flex-col">
        <span>{label}</span>
        <When at={verdict.at} mode="compact" />
      </span>
      <span className="flex flex-wrap items-center gap-x-1.5 font-semibold">
        <Mark shape={shape} tone={tone} />
        {word}{' '}
        <small className="text-12 font-normal text-ink-muted">
          {verdict.listedBy} of {verdict.feeds}
          {verdict.listedBy === 0 && verdict.notKnown > 0 && `, ${verdict.notKnown} unknown`}
        </small>
      </span>
    </li>
  )
}

function factsOf(detail: AddressDetail): Array<{ label: string; value: ReactNode }> {
  const { network, neighbours, allowed, okta } = detail
  const name = [network.asNumber === null ? null : `AS${network.asNumber}`, network.asOrg].filter(Boolean).join(' ')
  const isV4 = neighbours.range.endsWith('/24')
  const missing = <span className="text-ink-muted">not known</span>
  return [
    {
      label: network.source === 'database' ? 'Network, by database' : 'Network',
      value: name || missing,
    },
    {
      label: 'Type, place',
      value: (
        <span title={network.city ?? undefined}>
          {[typeOf(detail), network.country].filter(Boolean).join(', ') || missing}
        </span>
      ),
    },
    {
      label: `Neighbours in /${isV4 ? 24 : 64}`,
      value: (
        <>
          {neighbours.listed === 1000 ? 'over 999' : neighbours.listed}
          {isV4 && ' of 256'} listed
          {neighbours.stored > 0 && (
            <span className="text-ink-muted">
              , {neighbours.stored === 1000 ? 'over 999' : neighbours.stored} seen here
            </span>
          )}
        </>
      ),
    },
    {
      label: 'Our egress',
      value: allowed.length > 0 ? allowed.map(({ feedName }) => feedName).join(', ') : 'No',
    },
    { label: 'Okta’s opinion', value: oktaText(okta) },
  ]
}

/** What kind of network feeds and Okta call it. */
function typeOf({ network, okta, allowed }: AddressDetail): string {
  if (allowed[0]) return categoryWord(allowed[0].category)
  const words = network.categories.map(categoryWord)
  if (words.length === 0 && network.isProxy) return okta.services[0] ?? 'Proxy, by Okta'
  return words.slice(0, 2).join(', ')
}

function oktaText({ events, threatSuspected, proxy, threatInsight, services }: AddressDetail['okta']): string {
  if (events === 0) return 'no stored event'
  const said = [
    threatSuspected + threatInsight > 0 ? `threat in ${formatNumber(threatSuspected + threatInsight)}` : null,
    services.length > 0 ? services.join(', ') : proxy > 0 ? `proxy in ${formatNumber(proxy)}` : null,
  ].filter(Boolean)
  return `${said.join(', ') || 'nothing said'} of ${formatNumber(events)}`
}
