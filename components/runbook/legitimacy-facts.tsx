'use client'
// Step 2: this use against what is usual for the account. "First time" is a word, not a colour.
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { FactsStrip } from '@/components/patterns/facts-strip'
import type { BaselineDimension, LegitimacyStep } from '@/lib/runbook/contract/runbook'
import { HourGrid } from './hour-grid'
import { StepPart } from './step-card'

const NAME: Readonly<Record<BaselineDimension['name'], string>> = {
  network: 'Network',
  country: 'Country',
  os: 'System',
  browser: 'Browser',
}

export function LegitimacyFacts({ step }: { step: LegitimacyStep }) {
  const { recent } = step
  return (
    <>
      <FactsStrip
        label="Baseline"
        facts={[
          { label: 'History', value: `${step.historyEvents} events on ${step.historyDays} days` },
          ...(recent
            ? [
                {
                  label: 'Same device before',
                  value:
                    recent.sameDevice === null
                      ? 'device not named by Okta'
                      : `${recent.sameDevice} of ${recent.events} events`,
                },
                { label: 'Same address before', value: `${recent.sameAddress} of ${recent.events} events` },
              ]
            : []),
          { label: 'Called VPN or proxy by', value: step.vpnFeeds.join(', ') || 'no feed' },
        ]}
      />
      {step.historyEvents > 0 && <BaselineTable dimensions={step.dimensions} />}
      {recent && recent.events > 0 && (
        <StepPart title="Hour of the week, UTC; this use is outlined">
          <HourGrid hours={recent.hours} hour={recent.hour} />
        </StepPart>
      )}
    </>
  )
}

function BaselineTable({ dimensions }: { dimensions: readonly BaselineDimension[] }) {
  return (
    <DataTable
      label="This use against the history of the account"
      hasFrame
      minWidth={640}
      columns={['96px', '220px', '120px', null]}
    >
      <TableHead>
        <HeaderCell>What</HeaderCell>
        <HeaderCell>This time</HeaderCell>
        <HeaderCell>Before</HeaderCell>
        <HeaderCell>Usual</HeaderCell>
      </TableHead>
      <TableBody>
        {dimensions.map((dimension) => (
          <TableRow key={dimension.name}>
            <Cell>{NAME[dimension.name]}</Cell>
            <Cell title={dimension.current?.label}>
              {dimension.current ? (
                <b className="font-semibold">{dimension.current.label}</b>
              ) : (
                <span className="text-ink-muted">not given by Okta</span>
              )}
            </Cell>
            <Cell>{beforeText(dimension)}</Cell>
            <Cell>
              <ShareBar dimension={dimension} />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </DataTable>
  )
}

function beforeText({ current, isFirstTime }: BaselineDimension): string {
  if (isFirstTime === null || current === null) return 'not known'
  return isFirstTime ? 'first time' : `${percent(current.share)} before`
}

/** Shares of the values used most, side by side; the words repeat what the widths say. */
function ShareBar({ dimension: { top, current } }: { dimension: BaselineDimension }) {
  if (top.length === 0) return <span className="text-ink-muted">no history</span>
  return (
    <span className="flex h-5 gap-px">
      {top.slice(0, 4).map((value, index) => (
        <span
          key={value.value}
          title={`${value.label} ${percent(value.share)}`}
          style={{ flexGrow: Math.max(value.share, 0.02), flexBasis: 0 }}
          className={`min-w-0 truncate px-1.5 text-11 leading-5 ${index === 0 ? 'bg-heat-2' : 'bg-heat-1'} ${
            value.value === current?.value ? 'outline-2 -outline-offset-2 outline-ink' : ''
          }`}
        >
          {value.label} {percent(value.share)}
        </span>
      ))}
    </span>
  )
}

function percent(share: number): string {
  return share > 0 && share < 0.01 ? '< 1 %' : `${Math.round(share * 100)} %`
}
