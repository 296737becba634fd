'use client'
// Step 4: each token: who made it when and from where, every address that used it by day, its present state, and what was changed with it.
import Link from 'next/link'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { FactsStrip, type Fact } from '@/components/patterns/facts-strip'
import { When } from '@/components/patterns/when'
import { PinButton } from '@/components/signals/pin-button'
import { categoryWord, formatNumber } from '@/components/signals/signal-words'
import { Mark } from '@/components/ui/mark'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import type { TokenFacts, TokenStep } from '@/lib/runbook/contract/steps'
import { RunbookEventTable } from './runbook-event-table'
import { StepCard, StepPart, type CardProps } from './step-card'
import { tokenAddressEvidence } from './step-evidence'
import { TokenHeatmap } from './token-heatmap'

const KIND: Readonly<Record<TokenFacts['kind'], string>> = {
  ssws: 'SSWS API token',
  oauth: 'OAuth access token',
  unknown: 'kind not known',
}

const STATE: Readonly<Record<TokenFacts['okta']['state'], string>> = {
  active: 'active',
  gone: 'gone: revoked, expired or deleted',
  not_asked: 'not asked yet',
  refused: 'not known: Okta refused',
  failed: 'not known: Okta did not answer',
  not_applicable: 'not listed for this kind of token',
}

export function TokenCard({ step, start, ...card }: CardProps<TokenStep>) {
  const hasAddresses = step.tokens.some(({ addresses }) => addresses.length > 0)
  const markDay = start.firstSeen.slice(0, 10)
  return (
    <StepCard
      {...card}
      step={step}
      drawing={
        step.tokens.length > 0
          ? step.tokens.map((token) => (
              <TokenPart key={token.id} token={token}>
                <TokenHeatmap
                  addresses={token.addresses}
                  otherAddresses={token.otherAddresses}
                  otherCalls={token.otherCalls}
                  markDay={markDay}
                  createdAt={token.created.at}
                />
              </TokenPart>
            ))
          : null
      }
      table={
        hasAddresses
          ? step.tokens.map((token) => (
              <TokenPart key={token.id} token={token}>
                {token.addresses.length > 0 && <AddressTable token={token} />}
              </TokenPart>
            ))
          : null
      }
    >
      {step.createdAfter.length > 0 && (
        <StepPart title="Tokens that the account created since">
          <RunbookEventTable label="Tokens created since" step={4} events={step.createdAfter} />
        </StepPart>
      )}
    </StepCard>
  )
}

function TokenPart({ token, children }: { token: TokenFacts; children: React.ReactNode }) {
  return (
    <StepPart
      title={`Token ${token.name ?? shortTokenId(token.id)}`}
      aside={
        <Link href={`/tokens/${encodeURIComponent(token.id)}`} prefetch={false}>
          Everything it did
        </Link>
      }
    >
      <FactsStrip label={`Token ${token.id}`} facts={factsOf(token)} />
      <p className="line-clamp-4 text-12 text-ink-muted [overflow-wrap:anywhere]">
        <bdi>{token.created.sentence}</bdi>
        {token.okta.message && <bdi> {token.okta.message}</bdi>}
      </p>
      {children}
      {token.changes.length > 0 && (
        <StepPart title="Changes made with it since">
          <RunbookEventTable label="Changes made with this token" step={4} events={token.changes} />
        </StepPart>
      )}
      {token.outsideRange.length > 0 && (
        <StepPart title="Requests from outside its allowed network zone">
          <RunbookEventTable label="Requests from outside its zone" step={4} events={token.outsideRange} />
        </StepPart>
      )}
    </StepPart>
  )
}

function factsOf(token: TokenFacts): Fact[] {
  const { created, okta, owner } = token
  const by = created.event?.actorLogin ?? created.event?.actorId
  return [
    {
      label: 'Created',
      value: created.at ? (
        <>
          <When at={created.at} />
          {by && <bdi className="line-clamp-1 break-all">by {by}</bdi>}
        </>
      ) : (
        <Unknown text={created.source === 'before_retention' ? 'before what is stored' : 'not known'} />
      ),
    },
    { label: 'Created from', value: created.event?.ip ?? <Unknown text="not known" /> },
    {
      label: 'Acts as',
      value: owner ? (
        <bdi className="line-clamp-1 break-all">{owner.login ?? owner.id}</bdi>
      ) : token.clientId ? (
        <bdi className="line-clamp-1 break-all">{token.clientId}</bdi>
      ) : (
        <Unknown text="not known" />
      ),
    },
    {
      label: 'Network zone',
      value: okta.network ? <bdi className="line-clamp-2 break-all">{okta.network}</bdi> : <Unknown text="not known" />,
    },
    { label: 'In Okta', value: <StateFact okta={okta} /> },
    {
      label: 'Id, kind',
      value: (
        <span className="inline-flex flex-wrap items-center gap-x-1.5">
          <EntityChip look="bare" kind="token" value={token.id} label={shortTokenId(token.id)} /> {KIND[token.kind]}
        </span>
      ),
    },
    { label: 'Logged calls', value: formatNumber(token.calls) },
  ]
}

function StateFact({ okta }: { okta: TokenFacts['okta'] }) {
  return (
    <>
      {STATE[okta.state]}
      {okta.lastUsed && (
        <span className="block text-12 text-ink-muted">
          last used <When at={okta.lastUsed} mode="compact" />
        </span>
      )}
      {okta.expiresAt && (
        <span className="block text-12 text-ink-muted">
          expires <When at={okta.expiresAt} mode="day" />
        </span>
      )}
    </>
  )
}

function AddressTable({ token }: { token: TokenFacts }) {
  return (
    <DataTable label="Addresses that used it" minWidth={620}>
      <TableHead>
        <HeaderCell>Address</HeaderCell>
        <HeaderCell>Feeds say now</HeaderCell>
        <HeaderCell align="end">Calls</HeaderCell>
        <HeaderCell align="end">Days</HeaderCell>
        <HeaderCell>First</HeaderCell>
        <HeaderCell>Last</HeaderCell>
        <HeaderCell isBlank>Evidence</HeaderCell>
      </TableHead>
      <TableBody>
        {token.addresses.map((address) => (
          <TableRow key={address.ip}>
            <Cell lines="one">
              <EntityChip look="bare" kind="ip" value={address.ip} />
            </Cell>
            <Cell lines="one">
              <span className="inline-flex items-center gap-1.5">
                {address.isFlagged && <Mark shape="circle" tone="high" size={8} />}
                {address.isFlagged && <span className="sr-only">flagged: </span>}
                {address.categories.map(categoryWord).join(', ') || <span className="text-ink-muted">not listed</span>}
              </span>
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
            <Cell lines="one">
              <PinButton evidence={tokenAddressEvidence(address)} />
            </Cell>
          </TableRow>
        ))}
        {token.otherAddresses > 0 && (
          <TableRow>
            <Cell lines="one" colSpan={2}>
              {formatNumber(token.otherAddresses)} more {token.otherAddresses === 1 ? 'address' : 'addresses'}
            </Cell>
            <Cell lines="one" align="end">
              {formatNumber(token.otherCalls)}
            </Cell>
            <Cell lines="one" colSpan={4} />
          </TableRow>
        )}
      </TableBody>
    </DataTable>
  )
}

function Unknown({ text }: { text: string }) {
  return <span className="text-ink-muted">{text}</span>
}
