// State of one step as a mark: answered, cannot tell, not read yet. Cannot tell is hatched and never looks like "nothing found".
import { Mark } from '@/components/ui/mark'

export type StepState = 'answered' | 'unknown' | 'loading' | 'error'

const WORD: Readonly<Record<StepState, string>> = {
  answered: 'facts stored',
  unknown: 'cannot tell',
  loading: 'loading',
  error: 'could not be read',
}

export function StepMark({ state }: { state: StepState }) {
  return (
    <span className="inline-flex size-4 flex-none items-center justify-center">
      {state === 'unknown' ? (
        <span
          aria-hidden
          className="hatched flex h-4 w-3 items-center justify-center border border-dashed border-control-border"
        >
          <Mark shape="question" size={8} />
        </span>
      ) : (
        <Mark shape={state === 'answered' ? 'circle' : state === 'error' ? 'cross' : 'ring'} tone="muted" size={8} />
      )}
      <span className="sr-only">{WORD[state]}</span>
    </span>
  )
}
