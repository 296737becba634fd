'use client'
// Services that are asked about one address when an analyst says so: on or off, key, budget, terms, and what leaves the house.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Meter } from '@/components/health/meter'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow, TwoLines } from '@/components/patterns/data-table'
import { Panel } from '@/components/patterns/panel'
import { showToast } from '@/components/patterns/toast'
import { formatNumber } from '@/components/signals/signal-words'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'
import { changeProviderMutation, lookupProvidersQuery } from '@/lib/intel/client'
import type { LookupProviderView } from '@/lib/intel/contract/lookup'
import { ProviderDialog } from './provider-dialog'
import { messageOf } from './use-feed-actions'

export function LookupProviders({ canChange }: { canChange: boolean }) {
  const query = useQuery(lookupProvidersQuery())
  const [edited, setEdited] = useState<LookupProviderView | null>(null)
  if (!query.data) {
    return query.isError ? (
      <Panel
        title="The providers could not be read"
        level={3}
        state="error"
        message={query.error.message}
        onRetry={() => void query.refetch()}
      />
    ) : (
      <Panel title="Providers" level={3} state="loading" lines={4} line="row" />
    )
  }
  return (
    <>
      <DataTable
        label="Look-up providers"
        hasFrame
        minWidth={1060}
        columns={[null, null, '140px', '150px', '130px', ...(canChange ? ['160px'] : [])]}
      >
        <TableHead>
          <HeaderCell>Provider, terms</HeaderCell>
          <HeaderCell>What leaves this installation</HeaderCell>
          <HeaderCell>Key</HeaderCell>
          <HeaderCell>Budget used</HeaderCell>
          <HeaderCell>State</HeaderCell>
          {canChange && <HeaderCell isBlank>Change</HeaderCell>}
        </TableHead>
        <TableBody>
          {query.data.providers.map((provider) => (
            <ProviderRow
              key={provider.provider}
              provider={provider}
              canChange={canChange}
              onEdit={() => setEdited(provider)}
            />
          ))}
        </TableBody>
      </DataTable>
      {edited && <ProviderDialog provider={edited} onClose={() => setEdited(null)} />}
    </>
  )
}

function ProviderRow({
  provider,
  canChange,
  onEdit,
}: {
  provider: LookupProviderView
  canChange: boolean
  onEdit: () => void
}) {
  const change = useMutation(changeProviderMutation(useQueryClient()))
  const { name, isEnabled, needsKey, hasKey } = provider
  const lacksKey = needsKey === 'required' && !hasKey
  async function switchTo(isOn: boolean) {
    try {
      await change.mutateAsync({ provider: provider.provider, change: { isEnabled: isOn } })
      showToast({ message: `${name} is ${isOn ? 'on' : 'off'}` })
    } catch (error) {
      showToast({ message: `${name} was not changed. ${messageOf(error)}`, isError: true })
    }
  }
  return (
    <TableRow isMuted={!isEnabled} data-provider={provider.provider}>
      <Cell lines="free" isWrapping>
        <b className="block font-medium text-ink">{name}</b>
        <span className="block text-12 text-ink-muted">{provider.terms}</span>
      </Cell>
      <Cell lines="free" isWrapping>
        <span className="text-12">{provider.sends}</span>
        {provider.url && <code className="block text-12 break-all text-ink-muted">through {provider.url}</code>}
      </Cell>
      <Cell>{keyWord(provider)}</Cell>
      <Cell>
        <Budget provider={provider} />
      </Cell>
      <Cell>
        <span className={`flex items-center gap-1.5 text-12 ${isEnabled && lacksKey ? 'font-semibold text-ink' : ''}`}>
          <Mark shape={!isEnabled ? 'ring' : lacksKey ? 'question' : 'check'} tone={lacksKey ? 'ink' : 'muted'} />
          {!isEnabled ? 'Off' : lacksKey ? 'Lacks its key' : 'On'}
        </span>
      </Cell>
      {canChange && (
        <Cell align="end">
          <span className="inline-flex gap-1.5">
            <Button
              size="small"
              aria-label={`Switch ${isEnabled ? 'off' : 'on'} ${name}`}
              aria-disabled={change.isPending || undefined}
              onClick={() => !change.isPending && void switchTo(!isEnabled)}
            >
              Switch {isEnabled ? 'off' : 'on'}
            </Button>
            <Button size="small" aria-label={`Edit ${name}`} onClick={onEdit}>
              Edit
            </Button>
          </span>
        </Cell>
      )}
    </TableRow>
  )
}

function keyWord({ needsKey, hasKey }: LookupProviderView): string {
  if (hasKey) return 'set'
  return needsKey === 'none' ? 'none needed' : needsKey === 'optional' ? 'not set, optional' : 'not set, required'
}

function Budget({ provider: { budget, usualBudget, used, period } }: { provider: LookupProviderView }) {
  const whole = budget ?? usualBudget
  if (whole === null || period === null) return <TwoLines first={formatNumber(used)} second="no budget" />
  return (
    <>
      <span className="flex justify-between gap-2 text-12">
        <span>
          {formatNumber(used)} of {formatNumber(whole)}
        </span>
        <span className="text-ink-muted">{period === 'day' ? 'today' : 'this week'}</span>
      </span>
      <Meter share={whole === 0 ? 1 : used / whole} isOver={used >= whole} />
    </>
  )
}
