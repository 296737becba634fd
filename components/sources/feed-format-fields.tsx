'use client'
// What a format leaves open: columns of a CSV, paths of a JSON, least score.
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import { TextInput } from '@/components/ui/text-input'
import type { FieldIssue } from '@/lib/kernel/error'
import { COLUMN_FIELDS, optionsOfFormat, PATH_FIELDS, type FeedDraft } from './feed-draft'
import { Group, issueOf, Span } from './field-group'
import { FIELD_WORD, SEPARATOR_WORD } from './source-words'

interface Props {
  draft: FeedDraft
  onChange: (change: Partial<FeedDraft>) => void
  issues: readonly FieldIssue[]
}

export function FeedFormatFields(props: Props) {
  const { draft, onChange, issues } = props
  const has = optionsOfFormat(draft.format)
  if (has.minScore) {
    return (
      <Group legend="How to read it">
        <Field label="On at least so many lists" hint="Empty: 3." error={issueOf(issues, 'options.minScore')}>
          <TextInput
            inputMode="numeric"
            autoComplete="off"
            value={draft.minScore}
            onChange={(event) => onChange({ minScore: event.target.value })}
          />
        </Field>
      </Group>
    )
  }
  if (has.columns) return <Columns {...props} />
  if (has.paths) return <Paths {...props} />
  return null
}

function Columns({ draft, onChange, issues }: Props) {
  return (
    <Group
      legend="How to read it"
      hint="Name in the header, or position from 1. Empty: the header decides, else the first column is the address."
    >
      {COLUMN_FIELDS.map((field) => (
        <Field key={field} label={`Column: ${FIELD_WORD[field]}`} error={issueOf(issues, `options.columns.${field}`)}>
          <TextInput
            autoComplete="off"
            value={draft.columns[field] ?? ''}
            onChange={(event) => onChange({ columns: { ...draft.columns, [field]: event.target.value } })}
          />
        </Field>
      ))}
      <Field label="Separator" error={issueOf(issues, 'options.separator')}>
        <Select
          value={draft.separator}
          options={[
            { value: '', label: 'found by itself' },
            ...Object.entries(SEPARATOR_WORD).map(([value, label]) => ({ value, label })),
          ]}
          onChange={(event) => onChange({ separator: event.target.value as FeedDraft['separator'] })}
        />
      </Field>
      <Words draft={draft} onChange={onChange} issues={issues} />
    </Group>
  )
}

function Paths({ draft, onChange, issues }: Props) {
  const fields = draft.format === 'jsonl' ? PATH_FIELDS.filter((field) => field !== 'entries') : PATH_FIELDS
  return (
    <Group
      legend="How to read it"
      hint="Names separated by dots, * for every element: prefixes.* leads to the entries, ip_prefix to a field of one. Several, separated by commas, give an entry each."
    >
      {fields.map((field) => (
        <Field key={field} label={`Path: ${FIELD_WORD[field]}`} error={issueOf(issues, `options.paths.${field}`)}>
          <TextInput
            isMono
            autoComplete="off"
            spellCheck={false}
            value={draft.paths[field] ?? ''}
            onChange={(event) => onChange({ paths: { ...draft.paths, [field]: event.target.value } })}
          />
        </Field>
      ))}
      <Words draft={draft} onChange={onChange} issues={issues} />
    </Group>
  )
}

/** Which entries are taken and what their words mean. */
function Words({ draft, onChange, issues }: Props) {
  return (
    <>
      <Span>
        <Field
          label="Only entries whose field has a value"
          hint="A line a field: service: S3, EC2"
          error={issueOf(issues, 'options.only')}
        >
          <TextArea rows={2} value={draft.only} onChange={(event) => onChange({ only: event.target.value })} />
        </Field>
      </Span>
      <Span>
        <Field
          label="What their words for a category mean"
          hint="A line a word: botnet_cc: command_and_control"
          error={issueOf(issues, 'options.categories')}
        >
          <TextArea
            rows={2}
            value={draft.categories}
            onChange={(event) => onChange({ categories: event.target.value })}
          />
        </Field>
      </Span>
    </>
  )
}
