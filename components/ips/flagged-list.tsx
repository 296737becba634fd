'use client'
// Addresses that signals were opened for lately, last seen first.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { Panel } from '@/components/patterns/panel'
import { When } from '@/components/patterns/when'
import { SeverityMark, SEVERITY_WORD } from '@/components/signals/severity-badge'
import { categoryWord, formatNumber, networkLabel } from '@/components/signals/signal-words'
import { flaggedAddressesQuery } from '@/lib/timeline/client'
import type { FlaggedAddress } from '@/lib/timeline/contract/address'
import { IpSearch } from './ip-search'
import { ipHref } from './ip-words'

export function FlaggedList() {
  const query = useQuery(flaggedAddressesQuery())
  const addresses = query.data?.addresses ?? []
  return (
    <div className="mx-auto flex w-full max-w-360 flex-col gap-5 px-4 pt-5 pb-12 min-column:px-6">
      <h1 className="text-20">IPs</h1>
      <IpSearch />
      {query.isPending ? (
        <Panel title="Flagged lately" state="loading" lines={8} line="dense" />
      ) : query.isError ? (
        <Panel
          title="Flagged lately"
          state="error"
          message={`The addresses could not be read. ${query.error.message}`}
          onRetry={() => void query.refetch()}
        >
          {addresses.length > 0 && <FlaggedTable addresses={addresses} />}
        </Panel>
      ) : addresses.length === 0 ? (
        <Panel title="Flagged lately" state="empty" message="No signal was opened yet, so no address is flagged." />
      ) : (
        <Panel
          title="Flagged lately"
          state="ready"
          isFlush
          aside={`${addresses.length} addresses`}
          provenance="Addresses of the newest 500 signals. Any other address opens from the field above."
        >
          <FlaggedTable addresses={addresses} />
        </Panel>
      )}
    </div>
  )
}

function FlaggedTable({ addresses }: { addresses: readonly FlaggedAddress[] }) {
  return (
    <DataTable
      label="Flagged addresses"
      minWidth={860}
      columns={['230px', '240px', null, '96px', '80px', '120px', '170px']}
    >
      <TableHead>
        <HeaderCell>Address</HeaderCell>
        <HeaderCell>Listed as</HeaderCell>
        <HeaderCell>Network</HeaderCell>
        <HeaderCell align="end">Accounts</HeaderCell>
        <HeaderCell align="end">Events</HeaderCell>
        <HeaderCell align="end">Open signals</HeaderCell>
        <HeaderCell>Last seen</HeaderCell>
      </TableHead>
      <TableBody>
        {addresses.map((address) => (
          <TableRow key={address.ip} data-ip={address.ip}>
            <Cell lines="one">
              <Link href={ipHref(address.ip)} className="inline-flex min-h-6 items-center gap-2 font-mono text-12">
                <SeverityMark severity={address.severity} isMuted={address.openSignals === 0} />
                {address.ip}
                <span className="sr-only">, {SEVERITY_WORD[address.severity].long}</span>
              </Link>
            </Cell>
            <Cell lines="one">{address.categories.map(categoryWord).join(', ')}</Cell>
            <Cell lines="one">{networkLabel(address)}</Cell>
            <Cell lines="one" align="end">
              {formatNumber(address.accounts)}
            </Cell>
            <Cell lines="one" align="end">
              {formatNumber(address.events)}
            </Cell>
            <Cell lines="one" align="end">
              {address.openSignals === 0 ? <span className="text-ink-muted">none</span> : address.openSignals}
            </Cell>
            <Cell lines="one">
              <When at={address.lastSeen} mode="compact" />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </DataTable>
  )
}
