'use client'
// A checklist of what to do by hand in Okta. Kept in this browser for this signal; checking a line changes nothing anywhere else.
import { Panel } from '@/components/patterns/panel'
import { Checkbox } from '@/components/ui/checkbox'
import type { Runbook } from '@/lib/runbook/contract/runbook'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { responseItems } from './response-items'
import { useStoredText } from './use-browser'

export function ResponseChecklist({ signal, runbook }: { signal: SignalDetail; runbook: Runbook | null }) {
  const items = responseItems(signal, runbook)
  const [stored, store] = useStoredText(`sallyport.response.${signal.id}`)
  const done = new Set(stored.split('\n').filter(Boolean))
  const count = items.filter(({ id }) => done.has(id)).length
  function check(id: string, isDone: boolean) {
    const next = isDone ? [...done, id] : [...done].filter((one) => one !== id)
    store(next.join('\n'))
  }
  return (
    <Panel title="Response" look="plain" aside={`by hand, ${count} of ${items.length}`} state="ready">
      <ul className="flex flex-col gap-0.5">
        {items.map(({ id, label }) => (
          <li key={id}>
            <Checkbox label={label} checked={done.has(id)} onChange={(event) => check(id, event.target.checked)} />
          </li>
        ))}
      </ul>
      <p className="mt-1 text-12 text-ink-muted">
        For you to do in Okta. Sallyport changes nothing there, and keeps these marks in this browser only.
      </p>
    </Panel>
  )
}
