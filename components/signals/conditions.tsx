// The ordered conditions of the rule as they turned out for the deciding event.
import { Mark } from '@/components/ui/mark'
import type { ConditionView } from '@/lib/signals/contract/signal'

export const CONDITION_QUESTION: Readonly<Record<ConditionView['name'], string>> = {
  event_type: 'Does the event type count?',
  outcome: 'Did it succeed?',
  client_ip: 'Is there a usable client address?',
  actor: 'Is it known who acted?',
  intelligence: 'Does intelligence flag the address?',
  case: 'Which case applies?',
}

export function Conditions({ conditions }: { conditions: readonly ConditionView[] }) {
  return (
    <ol className="flex flex-col" aria-label="Conditions in the order they were checked">
      {conditions.map((condition, index) => (
        <li
          key={condition.name}
          className="grid grid-cols-[1.25rem_1rem_minmax(0,14rem)_minmax(0,1fr)] items-baseline gap-x-2 border-t border-hairline py-1.5 first:border-0 max-column:grid-cols-[1.25rem_1rem_minmax(0,1fr)]"
        >
          <span className="font-mono text-12 text-ink-muted">{index + 1}</span>
          <span className="flex h-4 items-center self-start pt-0.5">
            <Mark shape={condition.passed ? 'check' : 'cross'} size={10} />
          </span>
          <span className="text-ink-muted">{CONDITION_QUESTION[condition.name]}</span>
          <span className="max-column:col-start-3">
            <span className="sr-only">{condition.passed ? 'Yes: ' : 'No: '}</span>
            {condition.value}
          </span>
        </li>
      ))}
    </ol>
  )
}
