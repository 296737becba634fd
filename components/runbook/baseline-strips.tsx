// Small multiples of a baseline: for each dimension the shares of what was used before, and this use outlined and named.
import type { BaselineDimension, BaselineValue } from '@/lib/runbook/contract/steps'

export const DIMENSION_NAME: Readonly<Record<BaselineDimension['name'], string>> = {
  network: 'Network',
  country: 'Country',
  client: 'Client',
  network_type: 'Type',
}
/** Segments drawn; the rest of the history stays as the empty end of the bar. */
const SEGMENTS = 5
/** A smaller share has no room for its name, which stands in the table. */
const NAMED_FROM = 0.14

export function BaselineStrips({ dimensions }: { dimensions: readonly BaselineDimension[] }) {
  return (
    <ul aria-label="This use against the history of the account">
      {dimensions.map((dimension) => (
        <li
          key={dimension.name}
          className="grid min-h-10 grid-cols-[3.5rem_minmax(0,1fr)_9rem] items-center gap-2.5 border-b border-hairline text-12 max-column:grid-cols-[3.25rem_minmax(0,1fr)_6.5rem]"
        >
          <span className="text-ink-muted">{DIMENSION_NAME[dimension.name]}</span>
          <ShareBar dimension={dimension} />
          <CurrentValue dimension={dimension} />
        </li>
      ))}
    </ul>
  )
}

function ShareBar({ dimension: { top, current } }: { dimension: BaselineDimension }) {
  if (top.length === 0) return <span className="text-ink-muted">no history</span>
  const shown = top.slice(0, SEGMENTS)
  const rest = 1 - shown.reduce((sum, { share }) => sum + share, 0)
  const isDrawn = shown.some(({ value }) => value === current?.value)
  return (
    <>
      <span className="sr-only">{shown.map((value) => `${value.label} ${percent(value.share)}`).join(', ')}</span>
      <span aria-hidden className="flex h-4.5 gap-px">
        {shown.map((value, index) => (
          <Segment key={value.value} value={value} isFirst={index === 0} isCurrent={value.value === current?.value} />
        ))}
        {rest > 0.005 && <span className="bg-heat-0" style={{ flexGrow: rest, flexBasis: 0 }} />}
        {current && !isDrawn && <span className="ml-0.75 w-3 flex-none border-2 border-ink" />}
      </span>
    </>
  )
}

function Segment({ value, isFirst, isCurrent }: { value: BaselineValue; isFirst: boolean; isCurrent: boolean }) {
  return (
    <span
      title={`${value.label} ${percent(value.share)}`}
      style={{ flexGrow: Math.max(value.share, 0.015), flexBasis: 0 }}
      className={`min-w-0 overflow-hidden text-11 leading-4.5 whitespace-nowrap text-ink ${isFirst ? 'bg-heat-2' : 'bg-heat-1'} ${isCurrent ? 'outline-2 -outline-offset-2 outline-ink' : ''}`}
    >
      {value.share >= NAMED_FROM && (
        <bdi className="px-1.5">
          {value.share >= 0.3 ? `${value.label} ` : ''}
          {percent(value.share)}
        </bdi>
      )}
    </span>
  )
}

function CurrentValue({ dimension: { current, isFirstTime } }: { dimension: BaselineDimension }) {
  return (
    <span className="min-w-0 leading-4">
      <b className="block truncate font-semibold" title={current?.label}>
        {current ? <bdi>{current.label}</bdi> : <span className="font-normal text-ink-muted">not given</span>}
      </b>
      <span className="text-ink-muted">{beforeText({ current, isFirstTime })}</span>
    </span>
  )
}

export function beforeText({ current, isFirstTime }: Pick<BaselineDimension, 'current' | 'isFirstTime'>): string {
  if (isFirstTime === null || current === null) return 'not known'
  return isFirstTime ? 'first time' : `${percent(current.share)} before`
}

export function percent(share: number): string {
  return share > 0 && share < 0.01 ? '< 1 %' : `${Math.round(share * 100)} %`
}
