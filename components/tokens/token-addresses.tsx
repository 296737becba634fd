'use client'
// Every address that used the token, flagged ones first: by day as a drawing of the first twenty, and all of them as a table.
import { useState } from 'react'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { SpanButtons } from '@/components/patterns/span-buttons'
import { When } from '@/components/patterns/when'
import { TokenHeatmap } from '@/components/runbook/token-heatmap'
import { categoryWord, formatNumber } from '@/components/signals/signal-words'
import { useMedia } from '@/components/signals/use-browser'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'
import type { ListedTokenAddress, TokenDetail } from '@/lib/timeline/contract/token'
import { tokenPageKeys } from './token-keys'

const SPANS = [30, 90] as const
/** Rows of the table before it is asked for all. */
const SHOWN = 50

export function TokenAddresses({ token }: { token: TokenDetail }) {
  const [isTable, setTable] = useState(false)
  const [span, setSpan] = useState<(typeof SPANS)[number]>(90)
  useKeys(tokenPageKeys, {
    table: () => setTable(!isTable),
    span: () => setSpan(span === 90 ? 30 : 90),
  })
  const tableKey = useShortcut(tokenPageKeys, 'table')
  const hasAny = token.addresses.length > 0
  return (
    <section aria-labelledby="h-addresses" data-slot="token-addresses">
      <header className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id="h-addresses">Where it was used from, day by day</h2>
        <p className="min-w-0 text-ink-muted">
          {hasAny ? `${formatNumber(token.flaggedAddresses)} of ${formatNumber(countOf(token))} flagged` : null}
        </p>
        {hasAny && (
          <SpanButtons
            spans={SPANS}
            span={span}
            onSpan={setSpan}
            isTable={isTable}
            onTable={setTable}
            tableKey={tableKey}
          />
        )}
      </header>
      {!hasAny ? (
        <p className="rounded-lg border border-hairline px-4 py-3 text-ink-muted">
          No logged call names an address. Most API reads are not logged: no event is not proof of no use.
        </p>
      ) : isTable ? (
        <AddressTable token={token} />
      ) : (
        <div className="rounded-lg border border-hairline px-4 py-3">
          <TokenHeatmap
            key={span}
            addresses={token.addresses}
            otherAddresses={token.otherAddresses}
            otherCalls={token.otherCalls}
            markDay={token.signals[0]?.firstSeen.slice(0, 10) ?? null}
            createdAt={token.created.at}
            dayCount={span}
          />
        </div>
      )}
    </section>
  )
}

function countOf({ addresses, otherAddresses }: TokenDetail): number {
  return addresses.length + otherAddresses
}

function AddressTable({ token }: { token: TokenDetail }) {
  const [isWhole, setWhole] = useState(false)
  const isPrint = useMedia('print')
  const all: readonly ListedTokenAddress[] = [...token.addresses, ...token.moreAddresses]
  const shown = isWhole || isPrint ? all : all.slice(0, SHOWN)
  const beyond = countOf(token) - all.length
  return (
    <>
      <DataTable
        label="Addresses that used it"
        hasFrame
        minWidth={780}
        columns={[null, '200px', '88px', '208px', '216px']}
      >
        <TableHead>
          <HeaderCell>Address</HeaderCell>
          <HeaderCell>Feeds say now</HeaderCell>
          <HeaderCell align="end">Calls</HeaderCell>
          <HeaderCell>First</HeaderCell>
          <HeaderCell>Last</HeaderCell>
        </TableHead>
        <TableBody>
          {shown.map((address) => (
            <AddressRow key={address.ip} address={address} />
          ))}
        </TableBody>
      </DataTable>
      <p className="flex flex-wrap items-center gap-2 pt-1 text-12 text-ink-muted">
        {shown.length < all.length && (
          <>
            The first {SHOWN} of {formatNumber(all.length)}.
            <Button tone="quiet" size="small" onClick={() => setWhole(true)}>
              Show all {formatNumber(all.length)}
            </Button>
          </>
        )}
        {beyond > 0 && `${formatNumber(beyond)} more addresses are counted and not listed.`}
      </p>
    </>
  )
}

function AddressRow({ address }: { address: ListedTokenAddress }) {
  const { ip, categories, isFlagged, calls, firstAt, lastAt } = address
  return (
    <TableRow data-flagged={isFlagged || undefined}>
      <Cell lines="one">
        <EntityChip look="bare" kind="ip" value={ip} />
      </Cell>
      <Cell lines="one">
        <span className="inline-flex items-center gap-1.5">
          {isFlagged && <Mark shape="circle" tone="high" size={8} />}
          {isFlagged && <span className="sr-only">flagged: </span>}
          {categories.map(categoryWord).join(', ') || <span className="text-ink-muted">not listed</span>}
        </span>
      </Cell>
      <Cell lines="one" align="end">
        {formatNumber(calls)}
      </Cell>
      <Cell lines="one">
        <When at={firstAt} />
      </Cell>
      <Cell lines="one">
        <When at={lastAt} />
      </Cell>
    </TableRow>
  )
}
