'use client'
// One well-known feed: what it lists, its terms, size and cadence, what to know before, and the switch.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { formatDuration } from '@/components/patterns/format-time'
import { showToast } from '@/components/patterns/toast'
import { categoryWord } from '@/components/signals/signal-words'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Mark } from '@/components/ui/mark'
import { TextInput } from '@/components/ui/text-input'
import { ApiError } from '@/lib/http/client'
import { addCatalogueFeedMutation } from '@/lib/intel/client'
import type { CatalogueChoice, CatalogueItem, CredentialsInput } from '@/lib/intel/contract/feed'
import type { FieldIssue } from '@/lib/kernel/error'
import { issueOf } from './field-group'
import { CREDENTIALS_WORD, FORMAT_WORD, INTENT_IN_TEXT } from './source-words'
import { messageOf } from './use-feed-actions'

export function CatalogueCard({
  item,
  canChange,
  onAdded,
}: {
  item: CatalogueItem
  canChange: boolean
  onAdded: (feedId: string) => void
}) {
  const [isAsking, setAsking] = useState(false)
  const { add, failure, issues, isAdding } = useAdd(item, onAdded)
  const needsMore = item.needsUrl || item.needsKey !== null
  return (
    <li data-catalogue={item.id} className="flex flex-col gap-1.5 border-t border-hairline px-4 py-3 first:border-t-0">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1 basis-64">
          <h4 className="text-13">{item.name}</h4>
          <p>{item.description}</p>
        </div>
        {item.feedId !== null ? (
          <span className="flex min-h-7 items-center gap-1.5 text-12">
            <Mark shape="check" tone="muted" /> On already
          </span>
        ) : (
          canChange && (
            <Button
              aria-label={`Switch on ${item.name}`}
              aria-expanded={needsMore ? isAsking : undefined}
              aria-disabled={isAdding || undefined}
              onClick={() => {
                if (needsMore) setAsking(!isAsking)
                else if (!isAdding) void add({})
              }}
            >
              {isAdding ? 'Switching on' : needsMore ? 'Switch on…' : 'Switch on'}
            </Button>
          )
        )}
      </div>
      <p className="text-12 text-ink-muted">
        {[
          meaning(item),
          item.size,
          `every ${formatDuration(item.cadenceSeconds * 1000)}`,
          FORMAT_WORD[item.format],
          item.host ?? 'address of your own',
          item.needsKey ? `${item.needsKey.isOptional ? 'takes' : 'needs'} a key: ${item.needsKey.where}` : 'no key',
        ].join(' · ')}
      </p>
      <p className="text-12">
        <span className="text-ink-muted">Terms: </span>
        {item.terms}
      </p>
      {item.pitfall && (
        <p className="flex gap-1.5 text-12">
          <span className="flex h-4 items-center">
            <Mark shape="half" tone="muted" size={10} />
          </span>
          {item.pitfall}
        </p>
      )}
      {failure && (
        <p role="alert" className="flex gap-1.5 font-medium">
          <span className="flex h-5 items-center">
            <Mark shape="cross" size={10} />
          </span>
          {failure}
        </p>
      )}
      {isAsking && item.feedId === null && <Needs item={item} issues={issues} isAdding={isAdding} onAdd={add} />}
    </li>
  )
}

/** `Tor exit, suspicious`; one word where both are the same. */
function meaning({ category, effectiveIntent }: CatalogueItem): string {
  const word = categoryWord(category)
  const intent = INTENT_IN_TEXT[effectiveIntent]
  return word.toLowerCase() === intent ? word : `${word}, ${intent}`
}

/** Resolves when it is tried; what went wrong is told in the card. */
function useAdd(item: CatalogueItem, onAdded: (feedId: string) => void) {
  const mutation = useMutation(addCatalogueFeedMutation(useQueryClient()))
  const [failure, setFailure] = useState<string | null>(null)
  const [issues, setIssues] = useState<readonly FieldIssue[]>([])

  async function add(choice: CatalogueChoice) {
    setFailure(null)
    setIssues([])
    try {
      const { feedId, name } = await mutation.mutateAsync({ catalogueId: item.id, choice })
      showToast({ message: `${name} is on. It is fetched for the first time within a minute.` })
      onAdded(feedId)
    } catch (error) {
      setIssues(error instanceof ApiError ? error.issues : [])
      setFailure(`Not switched on. ${messageOf(error)}`)
    }
  }

  return { add, failure, issues, isAdding: mutation.isPending }
}

/** What a feed needs of you before it can be switched on. */
function Needs({
  item,
  issues,
  isAdding,
  onAdd,
}: {
  item: CatalogueItem
  issues: readonly FieldIssue[]
  isAdding: boolean
  onAdd: (choice: CatalogueChoice) => Promise<void>
}) {
  const [url, setUrl] = useState('')
  const [name, setName] = useState('')
  const [secret, setSecret] = useState('')
  const { needsKey, needsUrl } = item
  return (
    <form
      noValidate
      className="mt-1 grid grid-cols-1 items-end gap-3 rounded-md bg-surface-1 p-3 min-column:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (isAdding) return
        const credentials = needsKey && secret ? credentialsOf(needsKey, name, secret) : undefined
        void onAdd({ ...(credentials ? { credentials } : {}), ...(needsUrl ? { url: url.trim() } : {}) })
      }}
    >
      {needsUrl && (
        <div className="min-w-0 min-column:col-span-2">
          <Field label="Address" hint="Yours, https." error={issueOf(issues, 'url')} isRequired>
            <TextInput
              isMono
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          </Field>
        </div>
      )}
      {needsKey?.kind === 'basic' && (
        <Field label="User name" isRequired={!needsKey.isOptional}>
          <TextInput autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
      )}
      {needsKey && (
        <Field
          label={needsKey.kind === 'basic' ? 'Password' : CREDENTIALS_WORD[needsKey.kind]}
          error={issueOf(issues, 'credentials')}
          isRequired={!needsKey.isOptional}
        >
          <TextInput
            type="password"
            autoComplete="new-password"
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        </Field>
      )}
      <div>
        <Button type="submit" tone="primary" disabled={isAdding}>
          {isAdding ? 'Switching on' : `Switch on ${item.name}`}
        </Button>
      </div>
    </form>
  )
}

function credentialsOf(
  { kind, header }: NonNullable<CatalogueItem['needsKey']>,
  username: string,
  secret: string,
): CredentialsInput {
  switch (kind) {
    case 'basic':
      return { kind, username, password: secret }
    case 'bearer':
      return { kind, token: secret }
    case 'header':
      return { kind, name: header ?? 'Authorization', value: secret }
    case 'url':
      return { kind, key: secret }
  }
}
