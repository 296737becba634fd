'use client'
// Step 4: each token: who made it when and from where, every address that used it, and what was changed with it.
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { FactsStrip } from '@/components/patterns/facts-strip'
import { When } from '@/components/patterns/when'
import { categoryWord, formatNumber } from '@/components/signals/signal-words'
import { Mark } from '@/components/ui/mark'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import type { TokenAddress, TokenFacts as Token, TokenStep } from '@/lib/runbook/contract/runbook'
import { RunbookEventTable } from './runbook-event-table'
import { StepPart } from './step-card'

const KIND: Readonly<Record<Token['kind'], string>> = {
  ssws: 'SSWS API token',
  oauth: 'OAuth access token',
  unknown: 'kind not known',
}

export function TokenStepFacts({ step }: { step: TokenStep }) {
  return (
    <>
      {step.tokens.map((token) => (
        <TokenPart key={token.id} token={token} />
      ))}
      {step.createdAfter.length > 0 && (
        <StepPart title="Tokens that the account created since">
          <RunbookEventTable label="Tokens created since" events={step.createdAfter} />
        </StepPart>
      )}
    </>
  )
}

function TokenPart({ token }: { token: Token }) {
  return (
    <StepPart title={`Token ${shortTokenId(token.id)}`}>
      <FactsStrip
        label={`Token ${token.id}`}
        facts={[
          {
            label: 'Id',
            value: <EntityChip look="bare" kind="token" value={token.id} label={shortTokenId(token.id)} />,
          },
          { label: 'Kind', value: KIND[token.kind] },
          {
            label: 'Created',
            value: token.created ? <When at={token.created.at} /> : <Unknown text="before what is stored" />,
          },
          {
            label: 'Created by',
            value: token.created ? (
              (token.created.actorLogin ?? token.created.actorId ?? 'not named')
            ) : (
              <Unknown text="not known" />
            ),
          },
          { label: 'Created from', value: token.created?.ip ?? <Unknown text="not known" /> },
          { label: 'Logged calls', value: formatNumber(token.calls) },
        ]}
      />
      {token.addresses.length > 0 && <AddressTable token={token} />}
      {token.changes.length > 0 && <RunbookEventTable label="Changes made with this token" events={token.changes} />}
      {token.outsideRange.length > 0 && (
        <RunbookEventTable label="Requests from outside its allowed network zone" events={token.outsideRange} />
      )}
    </StepPart>
  )
}

function AddressTable({ token }: { token: Token }) {
  return (
    <DataTable label="Addresses that used it" hasFrame minWidth={620}>
      <TableHead>
        <HeaderCell>Address</HeaderCell>
        <HeaderCell>Feeds say now</HeaderCell>
        <HeaderCell align="end">Calls</HeaderCell>
        <HeaderCell align="end">Days</HeaderCell>
        <HeaderCell>First</HeaderCell>
        <HeaderCell>Last</HeaderCell>
      </TableHead>
      <TableBody>
        {token.addresses.map((address) => (
          <TableRow key={address.ip}>
            <Cell lines="one">
              <EntityChip look="bare" kind="ip" value={address.ip} />
            </Cell>
            <Cell lines="one">
              <Opinion categories={address.categories} />
            </Cell>
            <Cell lines="one" align="end">
              {formatNumber(address.calls)}
            </Cell>
            <Cell lines="one" align="end">
              {address.days.length}
            </Cell>
            <Cell lines="one">
              <When at={address.firstAt} mode="compact" />
            </Cell>
            <Cell lines="one">
              <When at={address.lastAt} mode="compact" />
            </Cell>
          </TableRow>
        ))}
        {token.otherAddresses > 0 && (
          <TableRow>
            <Cell lines="one" colSpan={6}>
              {token.otherAddresses} more addresses
            </Cell>
          </TableRow>
        )}
      </TableBody>
    </DataTable>
  )
}

/** A list of benign addresses speaks for the address, every other against it. */
function Opinion({ categories }: { categories: TokenAddress['categories'] }) {
  if (categories.length === 0) {
    return (
      <span className="inline-flex items-center gap-1.5 text-ink-muted">
        <Mark shape="ring" size={10} />
        not listed
      </span>
    )
  }
  const isBenign = categories.every((category) => category === 'benign')
  return (
    <span className="inline-flex items-center gap-1.5">
      {isBenign ? <Mark shape="check" tone="benign" size={10} /> : <Mark shape="circle" size={10} />}
      {categories.map(categoryWord).join(', ')}
    </span>
  )
}

function Unknown({ text }: { text: string }) {
  return <span className="text-ink-muted">{text}</span>
}
