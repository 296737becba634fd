'use client'
// Accounts of the address and where else they come from. Lines as wide as successes are many; arrows move over the lines.
import Link from 'next/link'
import { useState, type KeyboardEvent } from 'react'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { announce } from '@/components/patterns/live-region'
import { categoryWord, formatCount, formatNumber } from '@/components/signals/signal-words'
import { useMedia } from '@/components/signals/use-browser'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'
import { signalReference } from '@/lib/signals/model'
import type { AddressDetail } from '@/lib/timeline/contract/address'
import { ipHref, isThreat } from './ip-words'
import { BAR_X, DRAWING_WIDTH, layoutLinks, NODE, type Drawing, type PlacedLink } from './layout-links'
import { accountName } from './matrix-rows'

type Elsewhere = AddressDetail['elsewhere']

export function WhereElse({ elsewhere, totals }: { elsewhere: Elsewhere; totals: AddressDetail['totals'] }) {
  const isNarrow = useMedia('(max-width: 760px)')
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isTable = chosen ?? isNarrow
  const failedOnly = totals.accounts - totals.accountsSucceeded
  return (
    <section aria-labelledby="h-else" data-slot="where-else">
      <header className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id="h-else">Accounts and where else they come from</h2>
        {totals.accounts > 0 && (
          <p className="text-ink-muted">
            {formatNumber(totals.accountsSucceeded)} succeeded, {formatNumber(failedOnly)} only failed.
          </p>
        )}
        {elsewhere.accounts.length > 0 && (
          <span className="ml-auto" data-print="hide">
            <Button size="small" aria-pressed={isTable} onClick={() => setChosen(!isTable)}>
              As table
            </Button>
          </span>
        )}
      </header>
      {elsewhere.accounts.length === 0 ? (
        <p className="rounded-lg border border-hairline px-4 py-3 text-ink-muted">
          No account came from this address in the last 90 days.
        </p>
      ) : isTable ? (
        <LinkTable elsewhere={elsewhere} />
      ) : (
        <LinkDrawing drawing={layoutLinks(elsewhere)} />
      )}
      <RestLine elsewhere={elsewhere} isTable={isTable} />
    </section>
  )
}

function RestLine({ elsewhere, isTable }: { elsewhere: Elsewhere; isTable: boolean }) {
  const { otherAccounts, otherAddresses, accounts } = elsewhere
  if (accounts.length === 0) return null
  const rest = [
    otherAccounts > 0 ? formatCount(otherAccounts, 'more account') : null,
    otherAddresses > 0
      ? `${formatNumber(otherAddresses)} more ${otherAddresses === 1 ? 'address' : 'addresses'} of these accounts`
      : null,
  ].filter(Boolean)
  return (
    <p className="pt-2 text-12 text-ink-muted">
      {!isTable &&
        'Line width: successes in 90 days, log scale. Dashed: failures. Colour: severity of the open signal. '}
      {rest.length > 0 && `Not drawn: ${rest.join(', ')}.`}
    </p>
  )
}

function LinkDrawing({ drawing }: { drawing: Drawing }) {
  const [focused, setFocused] = useState<number | null>(null)
  const { links } = drawing
  const order = [...links].sort((a, b) => yOf(drawing, a) - yOf(drawing, b))
  const current = focused === null ? null : order[focused]!

  function onKeyDown(event: KeyboardEvent) {
    const step =
      event.key === 'ArrowDown' || event.key === 'ArrowRight'
        ? 1
        : event.key === 'ArrowUp' || event.key === 'ArrowLeft'
          ? -1
          : 0
    if (step === 0 || event.ctrlKey || event.metaKey || event.altKey || order.length === 0) return
    event.preventDefault()
    const next = focused === null ? 0 : Math.min(order.length - 1, Math.max(0, focused + step))
    setFocused(next)
    announce(linkText(drawing, order[next]!))
  }

  return (
    <figure
      role="group"
      tabIndex={0}
      data-scroll
      aria-label="Addresses and accounts. Arrow keys move over the lines between them."
      onKeyDown={onKeyDown}
      onBlur={() => setFocused(null)}
      className="overflow-x-auto rounded-lg border border-hairline"
    >
      <svg aria-hidden width={DRAWING_WIDTH} height={drawing.height} className="block">
        {links.map((link) => (
          <path
            key={`${link.ip} ${link.actorId} ${link.kind}`}
            d={link.path}
            strokeWidth={link === current ? link.width + 1.5 : link.width}
            strokeDasharray={link.kind === 'failures' ? '3 3' : undefined}
            className={`fill-none ${link === current ? 'stroke-accent' : strokeOf(link)}`}
          />
        ))}
        {drawing.addresses.map((address) => (
          <AddressNode key={address.ip} address={address} />
        ))}
        {drawing.accounts.map((account) => (
          <AccountNode key={account.actorId} account={account} />
        ))}
      </svg>
      <figcaption className="min-h-6 px-3.5 pb-1.5 text-12">{current ? linkText(drawing, current) : ''}</figcaption>
    </figure>
  )
}

function AddressNode({ address }: { address: Drawing['addresses'][number] }) {
  const { ip, y, isThis, isAllowed, categories, feeds } = address
  const [category] = categories
  const about = isAllowed
    ? `${category ? categoryWord(category) : 'Known good'}, clears`
    : category
      ? `${categoryWord(category)}, ${feeds} ${feeds === 1 ? 'feed' : 'feeds'}`
      : 'not listed'
  const long = ip.length > 20
  const body = (
    <>
      <rect
        x={NODE.x + 0.5}
        y={y}
        width={NODE.width - 1}
        height={NODE.height}
        rx={4}
        className={isThis ? 'fill-row-selected stroke-accent' : 'fill-bg stroke-control-border'}
      />
      <g transform={`translate(${NODE.x + 7} ${y + 9})`} className="text-ink">
        <AddressMark address={address} />
      </g>
      <text
        x={NODE.x + 24}
        y={y + 16}
        textLength={long ? NODE.width - 32 : undefined}
        lengthAdjust="spacingAndGlyphs"
        className="fill-ink font-mono text-12"
      >
        {ip}
      </text>
      <text x={NODE.x + 24} y={y + 31} className="fill-ink-muted text-11">
        {isThis ? `${category ? categoryWord(category) : 'not listed'} · this address` : about}
      </text>
    </>
  )
  if (isThis) return <g>{body}</g>
  return (
    <Link href={ipHref(ip)} tabIndex={-1}>
      {body}
    </Link>
  )
}

function AddressMark({ address: { isAllowed, categories } }: { address: Elsewhere['addresses'][number] }) {
  if (isAllowed) return <Mark shape="check" tone="benign" size={12} />
  const [category] = categories
  if (!category) return <Mark shape="ring" tone="muted" size={10} />
  return (
    <Mark shape={isThreat(category) ? 'hexagon' : 'half'} tone={isThreat(category) ? 'high' : 'medium'} size={12} />
  )
}

function AccountNode({ account }: { account: Drawing['accounts'][number] }) {
  const { y, barHeight, openSignals, name, login } = account
  const middle = y + barHeight / 2
  const label = accountName(account)
  const [signal] = openSignals
  return (
    <g>
      <rect x={BAR_X} y={y} width={4} height={barHeight} className="fill-ink-muted" />
      <text x={BAR_X + 14} y={middle - 2} className="fill-ink text-12 font-semibold">
        {shorten(label, signal ? 17 : 28)}
      </text>
      <text x={BAR_X + 14} y={middle + 12} className="fill-ink-muted text-11">
        {shorten(name && name !== label ? name : (login ?? ''), 30)}
      </text>
      {signal && (
        <>
          <g transform={`translate(${BAR_X + 146} ${middle - 11})`}>
            <Mark shape={signal.severity === 'high' ? 'triangle' : 'diamond'} tone={signal.severity} size={10} />
          </g>
          <text x={BAR_X + 160} y={middle - 2} className="fill-ink font-mono text-11">
            {signalReference(signal.id)}
            {openSignals.length > 1 && ` +${openSignals.length - 1}`}
          </text>
        </>
      )}
    </g>
  )
}

function LinkTable({ elsewhere }: { elsewhere: Elsewhere }) {
  const { accounts, addresses, links } = elsewhere
  const rows = links.flatMap((link) => {
    const account = accounts.find(({ actorId }) => actorId === link.actorId)
    const address = addresses.find(({ ip }) => ip === link.ip)
    return account && address ? [{ link, account, address }] : []
  })
  return (
    <DataTable label="Accounts and their addresses" hasFrame minWidth={560}>
      <TableHead>
        <HeaderCell>Account</HeaderCell>
        <HeaderCell>Address</HeaderCell>
        <HeaderCell>Listed as</HeaderCell>
        <HeaderCell align="end">Succeeded</HeaderCell>
        <HeaderCell align="end">Failed</HeaderCell>
        <HeaderCell>Open signal</HeaderCell>
      </TableHead>
      <TableBody>
        {rows.map(({ link, account, address }) => (
          <TableRow key={`${link.actorId} ${link.ip}`} isSelected={address.isThis}>
            <Cell lines="one">{accountName(account)}</Cell>
            <Cell lines="one">
              <EntityChip look="bare" kind="ip" value={link.ip} detail={address.isThis ? 'this' : undefined} />
            </Cell>
            <Cell lines="one">{address.categories.map(categoryWord).join(', ') || 'not listed'}</Cell>
            <Cell lines="one" align="end">
              {formatNumber(link.successes)}
            </Cell>
            <Cell lines="one" align="end">
              {formatNumber(link.failures)}
            </Cell>
            <Cell lines="one">
              {account.openSignals
                .filter(({ ip }) => ip === link.ip)
                .map(({ id }) => (
                  <Link key={id} href={`/signals/${signalReference(id)}`} className="mr-2">
                    {signalReference(id)}
                  </Link>
                ))}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </DataTable>
  )
}

function strokeOf({ kind, severity }: PlacedLink): string {
  if (kind === 'failures') return 'stroke-ink-muted'
  if (severity === 'high') return 'stroke-severity-high'
  return severity === 'medium' ? 'stroke-severity-medium' : 'stroke-control-border/55'
}

function yOf({ addresses, accounts }: Drawing, link: PlacedLink): number {
  const from = addresses.findIndex(({ ip }) => ip === link.ip)
  return (
    from * 100 + accounts.findIndex(({ actorId }) => actorId === link.actorId) + (link.kind === 'failures' ? 0.5 : 0)
  )
}

function linkText({ accounts }: Drawing, { ip, actorId, successes, failures, kind }: PlacedLink): string {
  const account = accounts.find((one) => one.actorId === actorId)
  const name = account ? accountName(account) : actorId
  const count = kind === 'successes' ? `${formatNumber(successes)} succeeded` : `${formatNumber(failures)} failed`
  return `${name} from ${ip}: ${count}`
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}
