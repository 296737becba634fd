'use client'
// The fields of a feed, for a new one and for one that is there. What the server finds wrong stands beside the field.
import { categoryWord } from '@/components/signals/signal-words'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { TextInput } from '@/components/ui/text-input'
import type { FeedItem } from '@/lib/intel/contract/feed'
import { CATEGORIES, CATEGORY_INTENT, FEED_FORMATS, INTENTS, TOLERABLE } from '@/lib/intel/model'
import type { FieldIssue } from '@/lib/kernel/error'
import { CADENCE_UNITS, type CadenceUnit, type FeedDraft } from './feed-draft'
import { FeedFormatFields } from './feed-format-fields'
import { FeedKeyFields } from './feed-key-fields'
import { Group, issueOf, Span } from './field-group'
import { categoryOption, FORMAT_WORD, HOLD_WORD, INTENT_WORD } from './source-words'

export interface FeedFormProps {
  id: string
  draft: FeedDraft
  onChange: (change: Partial<FeedDraft>) => void
  /** The feed as it stands; null for a new one. */
  feed: FeedItem | null
  issues: readonly FieldIssue[]
  onSubmit: () => void
}

const UNIT_WORD: Readonly<Record<CadenceUnit, string>> = { d: 'days', h: 'hours', min: 'minutes' }

export function FeedForm({ id, draft, onChange, feed, issues, onSubmit }: FeedFormProps) {
  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <Field label="Name" error={issueOf(issues, 'name')} isRequired>
        <TextInput
          value={draft.name}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <Meaning draft={draft} onChange={onChange} issues={issues} />
      <Origin draft={draft} onChange={onChange} feed={feed} issues={issues} />
      <FeedFormatFields draft={draft} onChange={onChange} issues={issues} />
      {draft.format !== 'okta_zones' && (
        <FeedKeyFields
          draft={draft.credentials}
          present={feed?.credentialsKind ?? null}
          onChange={(change) => onChange({ credentials: { ...draft.credentials, ...change } })}
          issues={issues}
        />
      )}
      <Tolerances draft={draft} onChange={onChange} />
      <Field label="Terms of use" hint="One line, shown with the feed." error={issueOf(issues, 'terms')}>
        <TextInput
          value={draft.terms}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => onChange({ terms: event.target.value })}
        />
      </Field>
    </form>
  )
}

type PartProps = Pick<FeedFormProps, 'draft' | 'onChange' | 'issues'>

/** What being listed means. */
function Meaning({ draft, onChange, issues }: PartProps) {
  const own = CATEGORY_INTENT[draft.category]
  return (
    <Group legend="What being listed means">
      <Field label="Category" hint="Of entries that name none." error={issueOf(issues, 'category')}>
        <Select
          value={draft.category}
          options={CATEGORIES.map((category) => ({ value: category, label: categoryOption(category) }))}
          onChange={(event) => onChange({ category: event.target.value as FeedDraft['category'] })}
        />
      </Field>
      <Field label="Intent" error={issueOf(issues, 'intent')}>
        <Select
          value={draft.intent}
          options={[
            { value: '', label: `As ${categoryWord(draft.category)} is: ${INTENT_WORD[own].toLowerCase()}` },
            ...INTENTS.map((intent) => ({ value: intent, label: INTENT_WORD[intent] })),
          ]}
          onChange={(event) => onChange({ intent: event.target.value as FeedDraft['intent'] })}
        />
      </Field>
      <Field label="Confidence, 0 to 100" error={issueOf(issues, 'confidence')}>
        <TextInput
          inputMode="numeric"
          autoComplete="off"
          value={draft.confidence}
          onChange={(event) => onChange({ confidence: event.target.value })}
        />
      </Field>
    </Group>
  )
}

/** Where it comes from and how often. */
function Origin({ draft, onChange, feed, issues }: PartProps & Pick<FeedFormProps, 'feed'>) {
  const isFetched = draft.format !== 'okta_zones'
  return (
    <Group legend="Where it comes from">
      <Span>
        <Field label="Format" error={issueOf(issues, 'format')}>
          <Select
            value={draft.format}
            options={FEED_FORMATS.map((format) => ({ value: format, label: FORMAT_WORD[format] }))}
            onChange={(event) => onChange({ format: event.target.value as FeedDraft['format'] })}
          />
        </Field>
      </Span>
      {isFetched && (
        <Span>
          <Field label="Address" hint={addressHint(feed)} error={issueOf(issues, 'url')}>
            <TextInput
              isMono
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              value={draft.url}
              placeholder={feed?.host ? undefined : 'https://'}
              onChange={(event) => onChange({ url: event.target.value })}
            />
          </Field>
        </Span>
      )}
      <Field label="Fetched every" error={issueOf(issues, 'cadenceSeconds')}>
        <TextInput
          inputMode="decimal"
          autoComplete="off"
          value={draft.cadence}
          onChange={(event) => onChange({ cadence: event.target.value })}
        />
      </Field>
      <Field label="Unit of the cadence">
        <Select
          value={draft.cadenceUnit}
          options={(Object.keys(CADENCE_UNITS) as CadenceUnit[]).map((unit) => ({
            value: unit,
            label: UNIT_WORD[unit],
          }))}
          onChange={(event) => onChange({ cadenceUnit: event.target.value as CadenceUnit })}
        />
      </Field>
    </Group>
  )
}

function addressHint(feed: FeedItem | null): string {
  if (feed?.host) return `Now ${feed.address ?? `at ${feed.host}, rest hidden`}. Leave empty to keep it.`
  return 'https only. {key} stands for a key of the kind “in the address”. Leave empty to fill it from files.'
}

function Tolerances({ draft, onChange }: Pick<PartProps, 'draft' | 'onChange'>) {
  return (
    <fieldset>
      <legend className="pb-1 text-12 font-semibold">Take a run without asking even if it …</legend>
      {TOLERABLE.map((code) => (
        <Checkbox
          key={code}
          label={HOLD_WORD[code]}
          checked={draft.tolerates.includes(code)}
          onChange={(event) =>
            onChange({
              tolerates: event.target.checked
                ? [...draft.tolerates, code]
                : draft.tolerates.filter((one) => one !== code),
            })
          }
        />
      ))}
      <p className="text-12 text-ink-muted">Ranges that are too wide and private addresses are left out in any case.</p>
    </fieldset>
  )
}
