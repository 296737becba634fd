'use client'
// How events of each org reach us.
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow, TwoLines } from '@/components/patterns/data-table'
import { formatDuration } from '@/components/patterns/format-time'
import { When } from '@/components/patterns/when'
import { formatNumber } from '@/components/signals/signal-words'
import type { OrgHealth } from '@/lib/pipeline/contract'
import { Meter } from './meter'
import { OrgState } from './state-word'

/** Share of Okta's rate limit that polling leaves to people who look things up. */
const RESERVE = 0.25

const KIND_WORD: Readonly<Record<OrgHealth['kind'], string>> = {
  okta: 'polled from Okta',
  simulated: 'simulated, demo data',
  imported: 'imported from files',
}

export function OrgTable({ orgs }: { orgs: readonly OrgHealth[] }) {
  return (
    <DataTable
      label="Okta orgs"
      hasFrame
      minWidth={900}
      columns={[null, '150px', '110px', '180px', '130px', '110px', '130px']}
    >
      <TableHead>
        <HeaderCell>Org</HeaderCell>
        <HeaderCell>Last event received</HeaderCell>
        <HeaderCell>Delay</HeaderCell>
        <HeaderCell>Rate limit, reserve hatched</HeaderCell>
        <HeaderCell align="end">Events, duplicates</HeaderCell>
        <HeaderCell align="end">Quarantine</HeaderCell>
        <HeaderCell>State, last poll</HeaderCell>
      </TableHead>
      <TableBody>
        {orgs.map((org) => (
          <TableRow key={org.orgId}>
            <Cell>
              <TwoLines
                first={<b className="font-medium">{org.name}</b>}
                second={[KIND_WORD[org.kind], org.url?.replace(/^https?:\/\//, '')].filter(Boolean).join(' · ')}
              />
            </Cell>
            <Cell>
              <Ago at={org.lastEventReceivedAt} never="none yet" />
            </Cell>
            <Cell>
              <TwoLines
                first={org.lagSeconds === null ? <Unknown /> : formatDuration(org.lagSeconds * 1000)}
                second="event to us"
              />
            </Cell>
            <Cell>
              <Rate org={org} />
            </Cell>
            <Cell align="end">
              <TwoLines first={formatNumber(org.eventsTotal)} second={`${formatNumber(org.duplicatesTotal)} again`} />
            </Cell>
            <Cell align="end">
              <span className={org.quarantine.total > 0 ? 'font-semibold' : ''}>
                {formatNumber(org.quarantine.total)}
              </span>
            </Cell>
            <Cell>
              <TwoLines
                first={<OrgState status={org.status} />}
                second={org.lastAttemptAt ? <When at={org.lastAttemptAt} mode="relative" /> : 'never polled'}
              />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </DataTable>
  )
}

function Rate({ org: { rate, kind } }: { org: OrgHealth }) {
  if (!rate || rate.limit <= 0)
    return <span className="text-12 text-ink-muted">{kind === 'imported' ? '–' : <Unknown />}</span>
  const used = rate.limit - rate.remaining
  return (
    <>
      <span className="flex justify-between gap-2 text-12">
        <span>
          {used} of {rate.limit} used
        </span>
        <span className="text-ink-muted">{rate.remaining} left</span>
      </span>
      <Meter share={used / rate.limit} reserve={RESERVE} />
    </>
  )
}

/** How long ago, with the time below; `never` in words where there was none. */
export function Ago({ at, never }: { at: string | null; never: string }) {
  if (at === null) return <span className="text-ink-muted">{never}</span>
  return <TwoLines first={<When at={at} mode="relative" />} second={<When at={at} mode="compact" />} />
}

function Unknown() {
  return <span className="text-ink-muted">not known yet</span>
}
