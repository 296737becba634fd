// What the forms of the matrix mean, and what is under the frame or the pointer.
import type { ReactNode } from 'react'
import { formatNumber } from '@/components/signals/signal-words'
import { When } from '@/components/patterns/when'
import type { AddressMatrix } from '@/lib/timeline/contract/address'
import { ProxyCell, StateCell, UseCell } from './day-cell'

export function MatrixLegend({ matrix, readout }: { matrix: AddressMatrix; readout: string }) {
  const most = Math.max(0, ...matrix.accounts.flatMap(({ cells }) => cells.map(({ successes }) => successes)))
  const hasAllow = matrix.feeds.some(({ role }) => role === 'allow')
  return (
    <div className="flex flex-wrap items-center gap-x-4.5 gap-y-1 px-0.5 text-12 text-ink-muted">
      <Item form={<StateCell state="listed" role="threat" x={0} width={9} />}>Listed</Item>
      <Item form={<StateCell state="listed_stale" role="threat" x={0} width={9} />}>Listed, feed stale</Item>
      <Item form={<StateCell state="told_later" role="threat" x={0} width={9} />}>Listed, learned later</Item>
      {hasAllow && <Item form={<StateCell state="listed" role="allow" x={0} width={9} />}>On a list that clears</Item>}
      <Item form={<StateCell state="not_listed" role="threat" x={0} width={9} />}>Checked, not listed</Item>
      <Item form={<StateCell state="failed" role="threat" x={0} width={9} />}>Feed failed: unknown</Item>
      <span>Empty: not fetched</span>
      <Item form={<ProxyCell x={0} width={9} />}>Okta: proxy</Item>
      <i className="h-3 w-px bg-hairline" />
      {most > 0 && (
        <span className="inline-flex items-center gap-1.5">
          <svg aria-hidden width="36" height="28" className="-my-1.5">
            {([1, 2, 3, 4] as const).map((heat) => (
              <UseCell key={heat} heat={heat} x={(heat - 1) * 9} width={9} />
            ))}
          </svg>
          Succeeded, 1 to {formatNumber(most)} a day
        </span>
      )}
      <Item form={<UseCell heat={0} x={0} width={9} />}>Only failures</Item>
      <p className="flex w-full flex-wrap justify-between gap-x-4">
        <span data-slot="readout" className={readout ? 'text-ink' : ''}>
          {readout || 'Point at a day, or use the arrow keys, to read it.'}
        </span>
        <span>
          UTC days, read <When at={matrix.readAt} mode="relative" />
        </span>
      </p>
    </div>
  )
}

function Item({ form, children }: { form: ReactNode; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg aria-hidden width="9" height="28" className="-my-1.5 flex-none">
        {form}
      </svg>
      {children}
    </span>
  )
}
