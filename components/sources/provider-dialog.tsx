'use client'
// How a look-up provider is set: key, budget, another address. The key can be set and removed, never read.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { showToast } from '@/components/patterns/toast'
import { formatNumber } from '@/components/signals/signal-words'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { TextInput } from '@/components/ui/text-input'
import { ApiError } from '@/lib/http/client'
import { changeProviderMutation } from '@/lib/intel/client'
import type { LookupProviderChange, LookupProviderView } from '@/lib/intel/contract/lookup'
import type { FieldIssue } from '@/lib/kernel/error'
import { issueOf } from './field-group'
import { messageOf } from './use-feed-actions'

export function ProviderDialog({ provider, onClose }: { provider: LookupProviderView; onClose: () => void }) {
  const formId = useId()
  const [isEnabled, setEnabled] = useState(provider.isEnabled)
  const [key, setKey] = useState('')
  const [isKeyRemoved, setKeyRemoved] = useState(false)
  const [url, setUrl] = useState(provider.url ?? '')
  const [budget, setBudget] = useState(provider.budget === null ? '' : String(provider.budget))
  const [failure, setFailure] = useState<string | null>(null)
  const [issues, setIssues] = useState<readonly FieldIssue[]>([])
  const save = useMutation(changeProviderMutation(useQueryClient()))

  async function submit() {
    const change = changesOf(provider, { isEnabled, key, isKeyRemoved, url, budget })
    setFailure(null)
    setIssues([])
    try {
      if (Object.keys(change).length > 0) {
        await save.mutateAsync({ provider: provider.provider, change })
        showToast({ message: `${provider.name} is saved` })
      }
      onClose()
    } catch (error) {
      setIssues(error instanceof ApiError ? error.issues : [])
      setFailure(`Not saved. ${messageOf(error)}`)
    }
  }

  return (
    <Dialog
      title={`Edit ${provider.name}`}
      description={provider.sends}
      place="drawer"
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      footer={
        <>
          {failure && (
            <p role="alert" className="w-full font-medium">
              {failure}
            </p>
          )}
          <Button type="submit" form={formId} tone="primary" disabled={save.isPending}>
            {save.isPending ? 'Saving' : 'Save provider'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Checkbox
          label="Analysts may ask it about an address"
          checked={isEnabled}
          onChange={(event) => setEnabled(event.target.checked)}
        />
        {provider.needsKey !== 'none' && (
          <Field
            label={provider.hasKey ? 'New key' : 'Key'}
            hint={
              provider.hasKey
                ? 'One is set. Leave empty to keep it. Nobody can read it back.'
                : `${provider.needsKey === 'required' ? 'It cannot be asked without.' : 'Optional.'} Nobody can read it back.`
            }
            error={issueOf(issues, 'key')}
          >
            <TextInput
              type="password"
              autoComplete="new-password"
              value={key}
              disabled={isKeyRemoved}
              onChange={(event) => setKey(event.target.value)}
            />
          </Field>
        )}
        {provider.hasKey && (
          <Checkbox
            label="Remove the key"
            checked={isKeyRemoved}
            onChange={(event) => setKeyRemoved(event.target.checked)}
          />
        )}
        <Field
          label={`Questions a ${provider.period ?? 'day'}`}
          hint={
            provider.usualBudget === null
              ? 'Empty: without limit.'
              : `Empty: ${formatNumber(provider.usualBudget)}, as is usual.`
          }
          error={issueOf(issues, 'budget')}
        >
          <TextInput inputMode="numeric" value={budget} onChange={(event) => setBudget(event.target.value)} />
        </Field>
        <Field
          label="Address instead of its own"
          hint="E.g. of a proxy. Empty: the address of the provider."
          error={issueOf(issues, 'url')}
        >
          <TextInput
            isMono
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        <p className="text-12 text-ink-muted">Terms: {provider.terms}</p>
      </form>
    </Dialog>
  )
}

/** Only what differs. */
function changesOf(
  before: LookupProviderView,
  form: { isEnabled: boolean; key: string; isKeyRemoved: boolean; url: string; budget: string },
): LookupProviderChange {
  const url = form.url.trim() || null
  const budget = form.budget.trim() === '' ? null : Number(form.budget.replace(/\s/g, ''))
  return {
    ...(form.isEnabled === before.isEnabled ? {} : { isEnabled: form.isEnabled }),
    ...(form.isKeyRemoved ? { key: null } : form.key ? { key: form.key } : {}),
    ...(url === before.url ? {} : { url }),
    // What is no number is sent as it is, so that the server says what is wrong.
    ...(budget === before.budget ? {} : { budget }),
  }
}
