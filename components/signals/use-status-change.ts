'use client'
// Changing a status: shown at once, offered to be undone, and on a conflict both sides are kept for the reader to choose.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { showToast } from '@/components/patterns/toast'
import { ApiError } from '@/lib/http/client'
import { changeStatusMutation, signalQuery, type StatusChange } from '@/lib/signals/client'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import type { SettableStatus, SignalStatus } from '@/lib/signals/model'
import { STATUS_WORD } from './signal-words'

export interface ChangeableSignal {
  id: number
  reference: string
  status: SignalStatus
  version: number
}

/** Two people changed the same signal: what was wanted here, and how it stands. */
export interface StatusConflict {
  wanted: StatusChange
  /** Null when the present state could not be read. */
  current: SignalDetail | null
}

/** `change` resolves to true when the server took it. */
export function useStatusChange(signal: ChangeableSignal) {
  const queries = useQueryClient()
  const mutation = useMutation(changeStatusMutation(queries))
  const [conflict, setConflict] = useState<StatusConflict | null>(null)

  async function change(status: SettableStatus, note?: string, version = signal.version): Promise<boolean> {
    const wanted: StatusChange = { signalId: signal.id, status, note: note?.trim() || undefined, version }
    setConflict(null)
    try {
      const detail = await mutation.mutateAsync(wanted)
      offerUndo(detail, signal.status)
      return true
    } catch (error) {
      if (error instanceof ApiError && error.code === 'conflict') {
        const current = await queries.fetchQuery({ ...signalQuery(signal.id), staleTime: 0 }).catch(() => null)
        setConflict({ wanted, current })
      } else {
        showToast({ message: `${signal.reference} was not changed. ${messageOf(error)}`, isError: true })
      }
      return false
    }
  }

  function offerUndo(detail: SignalDetail, before: SignalStatus) {
    const undo =
      before === 'merged' || before === detail.status
        ? undefined
        : () =>
            mutation.mutateAsync({ signalId: detail.id, status: before, version: detail.version }).then(
              () =>
                showToast({
                  message: `${detail.reference} is ${STATUS_WORD[before].toLowerCase()} again`,
                  isBrief: true,
                }),
              (error) => showToast({ message: `Could not undo. ${messageOf(error)}`, isError: true }),
            )
    showToast({ message: `${detail.reference}: ${STATUS_WORD[detail.status].toLowerCase()}`, undo })
  }

  return { change, conflict, dismissConflict: () => setConflict(null), isSaving: mutation.isPending }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Try again.'
}
