'use client'
// Fixed facets with counts; each count is under the other filters. A value without hits stays visible.
import { Checkbox } from '@/components/ui/checkbox'
import type { SignalFilters } from '@/lib/signals/client'
import type { SignalFacets } from '@/lib/signals/contract/signal'
import { QUEUE_STATUSES } from '@/lib/signals/model'
import { QUEUE_SEVERITIES } from './queue-search'
import { SEVERITY_WORD, SeverityMark } from './severity-badge'
import { formatNumber, STATUS_WORD } from './signal-words'

export interface QueueFacetsProps {
  filters: SignalFilters
  facets: SignalFacets | null
  onChange: (change: Partial<SignalFilters>) => void
}

export function QueueFacets({ filters, facets, onChange }: QueueFacetsProps) {
  return (
    <form aria-label="Facets" className="flex flex-col gap-3" onSubmit={(event) => event.preventDefault()}>
      <fieldset>
        <legend className="pb-0.5 text-12 font-semibold">Severity</legend>
        {QUEUE_SEVERITIES.map((severity) => (
          <Checkbox
            key={severity}
            label={SEVERITY_WORD[severity].long}
            mark={<SeverityMark severity={severity} />}
            count={countText(facets?.severity[severity])}
            checked={filters.severity.includes(severity)}
            onChange={() => onChange({ severity: toggle(QUEUE_SEVERITIES, filters.severity, severity) })}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend className="pb-0.5 text-12 font-semibold">Status</legend>
        {QUEUE_STATUSES.map((status) => (
          <Checkbox
            key={status}
            label={STATUS_WORD[status]}
            count={countText(facets?.status[status])}
            checked={filters.status.includes(status)}
            onChange={() => onChange({ status: toggle(QUEUE_STATUSES, filters.status, status) })}
          />
        ))}
      </fieldset>
    </form>
  )
}

function countText(count: number | undefined): string {
  return count === undefined ? '' : formatNumber(count)
}

/** Adds or removes a value; the order stays that of `all`, so that equal filters have equal URLs. */
function toggle<Value>(all: readonly Value[], chosen: readonly Value[], value: Value): Value[] {
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
  return all.filter((one) => next.includes(one))
}
