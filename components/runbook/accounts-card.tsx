'use client'
// Step 6: who else used the address, and where else they come from; why many may be no outbreak, and who failed just before.
import { useQuery } from '@tanstack/react-query'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { When } from '@/components/patterns/when'
import { PinButton } from '@/components/signals/pin-button'
import { formatNumber } from '@/components/signals/signal-words'
import { useMedia } from '@/components/signals/use-browser'
import { Mark } from '@/components/ui/mark'
import type { AccountsStep } from '@/lib/runbook/contract/steps'
import { addressQuery } from '@/lib/timeline/client'
import { OpenSignals, Roles } from './account-cells'
import { AccountLinks } from './account-links'
import { StepCard, type CardProps } from './step-card'
import { accountEvidence } from './step-evidence'

export function AccountsCard({ step, start, ...card }: CardProps<AccountsStep>) {
  // The drawing needs room; on a phone the table says the same.
  const isNarrow = useMedia('(max-width: 760px)')
  const address = useQuery({
    ...addressQuery(start.ip, start.signalId),
    enabled: card.view.isOpen && !isNarrow && step.accounts.length > 0,
  })
  const table = step.accounts.length > 0 ? <AccountTable step={step} start={start} /> : null
  return (
    <StepCard
      {...card}
      step={step}
      facts={step.shared || step.spray ? <Notes step={step} /> : undefined}
      drawing={
        table && !isNarrow ? (
          <AccountLinks step={step} start={start} elsewhere={address.data?.elsewhere ?? null} />
        ) : null
      }
      table={table}
    />
  )
}

function Notes({ step: { shared, spray } }: { step: AccountsStep }) {
  return (
    <ul className="grid gap-1">
      {shared && (
        <li className="flex items-baseline gap-2">
          <Mark shape="check" tone="benign" size={10} />
          <bdi className="line-clamp-3 min-w-0 [overflow-wrap:anywhere]">{shared.sentence}</bdi>
        </li>
      )}
      {spray && (
        <li className="flex items-baseline gap-2">
          <Mark shape="half" tone="high" size={10} />
          <bdi className="line-clamp-3 min-w-0 [overflow-wrap:anywhere]">{spray.sentence}</bdi>
        </li>
      )}
    </ul>
  )
}

function AccountTable({ step, start }: Pick<CardProps<AccountsStep>, 'step' | 'start'>) {
  const hidden = step.accountsTotal - step.accounts.length
  return (
    <DataTable label="Accounts that used this address" minWidth={720}>
      <TableHead>
        <HeaderCell>Account</HeaderCell>
        <HeaderCell>Role</HeaderCell>
        <HeaderCell align="end">Succeeded</HeaderCell>
        <HeaderCell align="end">Failed</HeaderCell>
        <HeaderCell>First</HeaderCell>
        <HeaderCell>Last</HeaderCell>
        <HeaderCell>Open signals</HeaderCell>
        <HeaderCell isBlank>Evidence</HeaderCell>
      </TableHead>
      <TableBody>
        {step.accounts.map((account) => (
          <TableRow key={account.actorId}>
            <Cell lines="one">
              <span className="inline-flex max-w-56">
                <EntityChip
                  look="bare"
                  kind="user"
                  value={account.login ?? account.actorId}
                  label={account.login ?? account.name ?? account.actorId}
                />
              </span>
            </Cell>
            <Cell lines="one">
              <Roles roles={account.roles} />
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
              <OpenSignals account={account} signalId={start.signalId} />
            </Cell>
            <Cell lines="one">
              <PinButton evidence={accountEvidence(account, start.ip)} />
            </Cell>
          </TableRow>
        ))}
        {hidden > 0 && (
          <TableRow>
            <Cell lines="one" colSpan={8}>
              {formatNumber(hidden)} more accounts
            </Cell>
          </TableRow>
        )}
      </TableBody>
    </DataTable>
  )
}
