'use client'
// The drawer in which a feed is edited, or one of your own is added by hand.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { showToast } from '@/components/patterns/toast'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Mark } from '@/components/ui/mark'
import { ApiError } from '@/lib/http/client'
import { changeFeedMutation, createFeedMutation } from '@/lib/intel/client'
import type { FeedItem } from '@/lib/intel/contract/feed'
import type { FieldIssue } from '@/lib/kernel/error'
import { changeOf, creationOf, draftOf, type FeedDraft } from './feed-draft'
import { FeedForm } from './feed-form'
import { messageOf } from './use-feed-actions'

export function FeedDialog({
  feed,
  onClose,
  onSaved,
}: {
  /** Null for a new one. */
  feed: FeedItem | null
  onClose: () => void
  onSaved?: (feedId: string) => void
}) {
  const formId = useId()
  // The feed as it was when the form was opened: what changes meanwhile is not overwritten.
  const [before] = useState(feed)
  const [draft, setDraft] = useState<FeedDraft>(() => draftOf(feed))
  const { save, issues, failure, isSaving } = useSave(before, draft)
  useFocusOnFirstError(formId, issues)

  async function submit() {
    const feedId = await save()
    if (feedId === null) return
    onClose()
    onSaved?.(feedId)
  }

  return (
    <Dialog
      title={before ? `Edit ${before.name}` : 'Add your own feed'}
      description={
        before
          ? 'A change of category, intent or confidence counts at once for the entries that are listed now.'
          : 'It is fetched for the first time within a minute.'
      }
      place="drawer"
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      footer={
        <>
          {failure && (
            <p role="alert" className="flex w-full items-start gap-2 font-medium">
              <span className="flex h-5 items-center">
                <Mark shape="cross" size={10} />
              </span>
              {failure}
            </p>
          )}
          <Button type="submit" form={formId} tone="primary" disabled={isSaving}>
            {isSaving ? 'Saving' : before ? 'Save feed' : 'Add feed'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </>
      }
    >
      <FeedForm
        id={formId}
        draft={draft}
        feed={before}
        issues={issues}
        onChange={(change) => setDraft({ ...draft, ...change })}
        onSubmit={() => void submit()}
      />
    </Dialog>
  )
}

const SEE_FIELDS = 'See the fields that are marked.'

/** `save` resolves to the id of the feed, or to null when something is wrong, which is then told. */
function useSave(before: FeedItem | null, draft: FeedDraft) {
  const queries = useQueryClient()
  const create = useMutation(createFeedMutation(queries))
  const change = useMutation(changeFeedMutation(queries))
  const [issues, setIssues] = useState<readonly FieldIssue[]>([])
  const [failure, setFailure] = useState<string | null>(null)

  async function save(): Promise<string | null> {
    setIssues([])
    setFailure(null)
    try {
      if (before === null) {
        const wanted = creationOf(draft)
        if (wanted.status === 'invalid') return refuse(wanted.issues, SEE_FIELDS)
        const { feedId, name } = await create.mutateAsync(wanted.value)
        showToast({ message: `${name} is added` })
        return feedId
      }
      const wanted = changeOf(draft, before)
      if (wanted.status === 'invalid') return refuse(wanted.issues, SEE_FIELDS)
      if (Object.keys(wanted.value).length > 0) {
        await change.mutateAsync({ feedId: before.feedId, change: wanted.value })
        showToast({ message: `${before.name} is saved` })
      }
      return before.feedId
    } catch (error) {
      return refuse(error instanceof ApiError ? error.issues : [], messageOf(error))
    }
  }

  function refuse(found: readonly FieldIssue[], message: string): null {
    setIssues(found)
    setFailure(`Not saved. ${message}`)
    return null
  }

  return { save, issues, failure, isSaving: create.isPending || change.isPending }
}

/** Leads to the first field that is wrong, which may be out of view. */
function useFocusOnFirstError(formId: string, issues: readonly FieldIssue[]) {
  const seen = useRef(issues)
  useEffect(() => {
    if (seen.current === issues || issues.length === 0) return
    seen.current = issues
    document.getElementById(formId)?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [formId, issues])
}
