'use client'
// The verdict button with its form, and the benign VPN button with its drawer: `e` and `b`. Readers are told why they cannot.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { KeyScope } from '@/components/patterns/keys/define-keys'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { suppressionOptionsQuery } from '@/lib/suppressions/client'
import { BenignDrawer } from './benign-drawer'
import { useDecisions } from './use-decisions'
import type { VerdictDraft } from './verdict-draft'
import type { SuggestionView } from './use-suggestion'
import { VerdictForm } from './verdict-form'
import { sideOf } from './verdict-words'

export interface VerdictControlProps {
  signal: SignalDetail
  view: SuggestionView
  /** Keys of the screen it stands on. */
  keys: KeyScope<'verdict' | 'benign'>
  nextId: number | null
  /** Called at once when a verdict was sent; goes on to the next signal. */
  onDecided: () => void
}

type OpenForm = 'verdict' | 'benign_vpn' | 'benign_expected' | null

export function VerdictControl({ signal, view, keys, nextId, onDecided }: VerdictControlProps) {
  const [open, setOpen] = useState<OpenForm>(null)
  const { decide } = useDecisions()
  useKeys(keys, { verdict: () => setOpen('verdict'), benign: () => setOpen('benign_vpn') })
  const verdictKey = useShortcut(keys, 'verdict')
  const benignKey = useShortcut(keys, 'benign')
  const close = () => setOpen(null)
  const readOptions = useOptionsAhead(signal.id, view)
  function save(draft: VerdictDraft) {
    close()
    decide(signal, draft)
    onDecided()
  }
  return (
    <>
      <Popover
        label={`Verdict for ${signal.reference}`}
        align="end"
        isOpen={open === 'verdict'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'verdict' : null)}
        trigger={
          <Button tone="primary" shortcut={verdictKey}>
            Verdict
          </Button>
        }
      >
        <VerdictForm signal={signal} view={view} nextId={nextId} onSave={save} onCancel={close} onSuppress={setOpen} />
      </Popover>
      <Button
        shortcut={benignKey}
        aria-haspopup="dialog"
        onPointerEnter={readOptions}
        onFocus={readOptions}
        onClick={() => setOpen('benign_vpn')}
      >
        Benign VPN
      </Button>
      {(open === 'benign_vpn' || open === 'benign_expected') && (
        <BenignDrawer signal={signal} view={view} verdict={open} nextId={nextId} onSave={save} onClose={close} />
      )}
    </>
  )
}

/** Reads what could be suppressed before the drawer opens: at once where a benign verdict is suggested, else when it is asked for. */
function useOptionsAhead(signalId: number, view: SuggestionView): () => void {
  const queries = useQueryClient()
  const verdict = view.runbook?.suggestion.verdict ?? null
  const isLikely = verdict !== null && sideOf(verdict) === 'benign'
  useEffect(() => {
    if (isLikely) void queries.prefetchQuery(suppressionOptionsQuery(signalId, ''))
  }, [isLikely, queries, signalId])
  return () => void queries.prefetchQuery(suppressionOptionsQuery(signalId, ''))
}
