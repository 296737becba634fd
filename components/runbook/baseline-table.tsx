// Step 2 as a table: every value that was used before with its share, and this one; the hours of the week by day.
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { formatNumber } from '@/components/signals/signal-words'
import type { LegitimacyStep } from '@/lib/runbook/contract/steps'
import { beforeText, DIMENSION_NAME, percent } from './baseline-strips'
import { hourName } from './hour-name'

export function BaselineTable({ step: { dimensions, hours } }: { step: LegitimacyStep }) {
  return (
    <DataTable
      label="This use against the history of the account"
      minWidth={560}
      columns={['96px', null, '88px', '88px', '172px']}
    >
      <TableHead>
        <HeaderCell>What</HeaderCell>
        <HeaderCell>Value</HeaderCell>
        <HeaderCell align="end">Events</HeaderCell>
        <HeaderCell align="end">Share</HeaderCell>
        <HeaderCell>This use</HeaderCell>
      </TableHead>
      <TableBody>
        {dimensions.flatMap((dimension) => {
          const { name, top, current } = dimension
          const isListed = top.some(({ value }) => value === current?.value)
          const values = current && !isListed ? [...top, current] : top
          return values.map((value, index) => (
            <TableRow key={`${name} ${value.value}`}>
              <Cell lines="one">{index === 0 ? DIMENSION_NAME[name] : ''}</Cell>
              <Cell lines="one" title={value.label}>
                <bdi>{value.label}</bdi>
              </Cell>
              <Cell lines="one" align="end">
                {formatNumber(value.events)}
              </Cell>
              <Cell lines="one" align="end">
                {percent(value.share)}
              </Cell>
              <Cell lines="one">
                {value.value === current?.value && <b className="font-semibold">this one, {beforeText(dimension)}</b>}
              </Cell>
            </TableRow>
          ))
        })}
        {hours && (
          <TableRow>
            <Cell lines="one">Hour</Cell>
            <Cell lines="one" colSpan={3}>
              {hourName(hours.hour)} UTC
            </Cell>
            <Cell lines="one">
              active in {hours.weeks[hours.hour]} of {hours.of} weeks
            </Cell>
          </TableRow>
        )}
      </TableBody>
    </DataTable>
  )
}
