'use client'
// Steps 5 and 6: changes to how the account signs in, and the other accounts of the address.
import Link from 'next/link'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { When } from '@/components/patterns/when'
import { formatNumber } from '@/components/signals/signal-words'
import { signalReference } from '@/lib/signals/model'
import type { AccountsStep, ChangesStep } from '@/lib/runbook/contract/runbook'
import { RunbookEventTable } from './runbook-event-table'
import { NoneStored } from './step-card'

export function ChangesFacts({ step }: { step: ChangesStep }) {
  if (step.state === 'unknown' && step.changes.length === 0) return null
  if (step.changes.length === 0) return <NoneStored what="change of password, factor, device or recovery" />
  return (
    <>
      <RunbookEventTable label="Changes to how this account signs in" events={step.changes} hasBy />
      {!step.isComplete && <p className="text-12 text-ink-muted">More changes are stored than are shown.</p>}
    </>
  )
}

export function AccountsFacts({ step }: { step: AccountsStep }) {
  if (step.accounts.length === 0) return null
  const hidden = step.accountsTotal - step.accounts.length
  return (
    <DataTable label="Accounts that used this address" hasFrame minWidth={700}>
      <TableHead>
        <HeaderCell>Account</HeaderCell>
        <HeaderCell align="end">Successes</HeaderCell>
        <HeaderCell align="end">Failures</HeaderCell>
        <HeaderCell>First</HeaderCell>
        <HeaderCell>Last</HeaderCell>
        <HeaderCell>Open signals</HeaderCell>
      </TableHead>
      <TableBody>
        {step.accounts.map((account) => (
          <TableRow key={account.actorId}>
            <Cell lines="one">
              <EntityChip
                look="bare"
                kind="user"
                value={account.login ?? account.actorId}
                label={account.login ?? account.name ?? account.actorId}
                detail={account.isThisAccount ? 'this signal' : undefined}
              />
            </Cell>
            <Cell lines="one" align="end">
              {formatNumber(account.successes)}
            </Cell>
            <Cell lines="one" align="end">
              {formatNumber(account.failures)}
            </Cell>
            <Cell lines="one">
              <When at={account.firstAt} mode="compact" />
            </Cell>
            <Cell lines="one">
              <When at={account.lastAt} mode="compact" />
            </Cell>
            <Cell lines="one">
              {account.openSignalIds.length === 0
                ? 'none'
                : account.openSignalIds.map((id) => (
                    <Link key={id} href={`/signals/${signalReference(id)}`} className="mr-2">
                      {signalReference(id)}
                    </Link>
                  ))}
            </Cell>
          </TableRow>
        ))}
        {hidden > 0 && (
          <TableRow>
            <Cell lines="one" colSpan={6}>
              {formatNumber(hidden)} more accounts
            </Cell>
          </TableRow>
        )}
      </TableBody>
    </DataTable>
  )
}
