'use client'
// Pins a fact as evidence, and takes it off again; a pinned fact shows its number. Who may not change the signal sees numbers only.
import { Pin } from 'lucide-react'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { Tooltip } from '@/components/ui/tooltip'
import type { EvidenceRef } from '@/lib/signals/model'
import { useTriage } from './triage-context'
import { signalPageKeys } from './triage-keys'

/** Its row (`tr`, `li` or `[data-evidence]`) may have focus for the key `+` to press it. */
export function PinButton({ evidence }: { evidence: EvidenceRef }) {
  const { canChange, isPinned, pin, unpin } = useTriage()
  const shortcut = useShortcut(signalPageKeys, 'pin')
  const pinned = isPinned(evidence)
  if (!canChange) return pinned ? <EvidenceNumber number={pinned.number} /> : null
  const label = pinned ? `Unpin E${pinned.number}: ${evidence.label}` : `Pin as evidence: ${evidence.label}`
  return (
    <Tooltip text={pinned ? `Unpin E${pinned.number}` : 'Pin as evidence'} shortcut={shortcut}>
      <button
        type="button"
        data-slot="pin-button"
        aria-label={label}
        aria-pressed={pinned !== null}
        onClick={() => (pinned ? unpin(evidence) : pin(evidence))}
        className="inline-grid size-6 flex-none place-items-center rounded-lg text-ink-muted hover:bg-surface-2 hover:text-ink pointer-coarse:size-9"
      >
        {pinned ? <EvidenceNumber number={pinned.number} /> : <Pin aria-hidden size={13} />}
      </button>
    </Tooltip>
  )
}

/** `E2` as it stands beside a fact and in the rail. */
export function EvidenceNumber({ number }: { number: number }) {
  return (
    <span
      data-slot="evidence-number"
      className="inline-grid h-5 min-w-5.5 place-items-center rounded-md bg-surface-2 px-1 text-11 font-semibold text-ink"
    >
      {number > 0 ? `E${number}` : 'E…'}
    </span>
  )
}
