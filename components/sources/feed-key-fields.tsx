'use client'
// The secret of a feed. It can be set, replaced and removed, and is never shown.
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { TextInput } from '@/components/ui/text-input'
import { CREDENTIALS_KINDS, type CredentialsKind } from '@/lib/intel/model'
import type { FieldIssue } from '@/lib/kernel/error'
import type { CredentialsDraft } from './feed-draft'
import { issueOf } from './field-group'
import { CREDENTIALS_WORD } from './source-words'

const SECRET_LABEL: Readonly<Record<CredentialsKind, string>> = {
  basic: 'Password',
  bearer: 'Token',
  header: 'Value of the header',
  url: 'Key',
}

const NAME_LABEL: Readonly<Partial<Record<CredentialsKind, string>>> = {
  basic: 'User name',
  header: 'Name of the header',
}

export function FeedKeyFields({
  draft,
  present,
  onChange,
  issues,
}: {
  draft: CredentialsDraft
  /** The kind that is set now. */
  present: CredentialsKind | null
  onChange: (change: Partial<CredentialsDraft>) => void
  issues: readonly FieldIssue[]
}) {
  const error = issueOf(issues, 'credentials')
  const modes = [
    { mode: 'keep', label: present ? `Keep what is set: ${CREDENTIALS_WORD[present].toLowerCase()}` : 'None needed' },
    { mode: 'replace', label: present ? 'Replace' : 'Set' },
    ...(present ? [{ mode: 'remove', label: 'Remove' } as const] : []),
  ] as const
  return (
    <fieldset className="flex flex-col gap-2 border-t border-hairline pt-3">
      <legend className="float-left mb-1 w-full text-13 font-semibold">Key</legend>
      <div className="clear-both flex flex-wrap gap-x-4">
        {modes.map(({ mode, label }) => (
          <Checkbox
            key={mode}
            type="radio"
            name="credentials"
            label={label}
            checked={draft.mode === mode}
            onChange={() => onChange({ mode, secret: '' })}
          />
        ))}
      </div>
      {draft.mode === 'replace' && <KeyInputs draft={draft} onChange={onChange} error={error} />}
      <p className="text-12 text-ink-muted">Kept sealed on the server. Nobody can read it back, you neither.</p>
    </fieldset>
  )
}

function KeyInputs({
  draft,
  onChange,
  error,
}: {
  draft: CredentialsDraft
  onChange: (change: Partial<CredentialsDraft>) => void
  error: string | null
}) {
  const nameLabel = NAME_LABEL[draft.kind]
  return (
    <div className="grid grid-cols-1 items-start gap-3 min-column:grid-cols-2">
      <Field label="Kind">
        <Select
          value={draft.kind}
          options={CREDENTIALS_KINDS.map((kind) => ({ value: kind, label: CREDENTIALS_WORD[kind] }))}
          onChange={(event) => onChange({ kind: event.target.value as CredentialsKind })}
        />
      </Field>
      {nameLabel && (
        <Field label={nameLabel} isRequired>
          <TextInput
            autoComplete="off"
            spellCheck={false}
            value={draft.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
      )}
      <Field label={SECRET_LABEL[draft.kind]} error={error} isRequired>
        <TextInput
          type="password"
          autoComplete="new-password"
          value={draft.secret}
          onChange={(event) => onChange({ secret: event.target.value })}
        />
      </Field>
    </div>
  )
}
