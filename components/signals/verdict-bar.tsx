'use client'
// The line that stays in view while the steps are read: the suggested verdict or the one in force, and what can be done. On a phone
// it stands at the foot, within reach of a thumb.
import Link from 'next/link'
import { useState } from 'react'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { When } from '@/components/patterns/when'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Menu, MenuChoices, MenuItem, MenuSeparator } from '@/components/ui/menu'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import type { CaseVerdict } from '@/lib/signals/contract/triage'
import { suppressionReference } from '@/lib/suppressions/model'
import { reportHref } from './report-href'
import { ReopenControl } from './reopen-control'
import { STATUS_WORD } from './signal-words'
import { SuggestionLine } from './suggestion-line'
import { signalPageKeys } from './triage-keys'
import { useDecisions } from './use-decisions'
import { useSuggestAfterReview, type SuggestionView } from './use-suggestion'
import { VerdictControl } from './verdict-control'
import { VerdictMark } from './verdict-mark'
import { VERDICT_WORDS } from './verdict-words'

export interface VerdictBarProps {
  signal: SignalDetail
  view: SuggestionView
  canChange: boolean
  nextId: number | null
  onDecided: () => void
}

export function VerdictBar({ signal, view, canChange, nextId, onDecided }: VerdictBarProps) {
  const inForce = signal.verdicts.find((one) => one.withdrawnAt === null) ?? null
  const isDecidable = signal.status === 'open' || signal.status === 'in_review'
  return (
    <div
      data-slot="verdict-bar"
      role="region"
      aria-label="Verdict"
      className="z-20 flex min-h-13 flex-wrap items-center gap-x-6 gap-y-1.5 border-b border-hairline bg-bg px-4 py-2 max-column:contents min-column:px-6 column:sticky column:top-header print:static"
    >
      <div className="min-w-0 flex-1 basis-80 max-column:flex-none max-column:basis-auto max-column:border-b max-column:border-hairline max-column:px-4 max-column:py-2.5">
        {signal.verdict ? <InForce signal={signal} verdict={inForce} /> : <SuggestionLine shown={view.shown} />}
      </div>
      <div
        data-print="hide"
        className="flex flex-none items-center gap-1.5 max-column:fixed max-column:inset-x-0 max-column:bottom-0 max-column:z-20 max-column:min-h-13 max-column:border-t max-column:border-hairline max-column:bg-bg max-column:px-4 max-column:py-2 max-phone:[&_kbd]:hidden"
      >
        {!canChange && <CannotChange signal={signal} />}
        {canChange && isDecidable && (
          <VerdictControl signal={signal} view={view} keys={signalPageKeys} nextId={nextId} onDecided={onDecided} />
        )}
        {canChange && signal.verdict && <ReopenControl signal={signal} />}
        {signal.status === 'merged' && <span className="text-12 text-ink-muted">Merged: decide the other one.</span>}
        <MoreMenu signal={signal} canChange={canChange} />
      </div>
    </div>
  )
}

function CannotChange({ signal }: { signal: SignalDetail }) {
  return (
    <span className="text-12 text-ink-muted">
      {STATUS_WORD[signal.status]}. Your role may read signals only. Ask an administrator for the role analyst.
    </span>
  )
}

/** The verdict that stands, with its rationale. Its details follow a moment after an optimistic change. */
function InForce({ signal, verdict }: { signal: SignalDetail; verdict: CaseVerdict | null }) {
  const word = verdict?.verdict ?? signal.verdict
  if (word === null) return null
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-0.5" data-slot="verdict-in-force">
      <p className="flex flex-none items-center gap-2">
        <VerdictMark verdict={word} />
        <b className="text-15 font-semibold">
          <span className="sr-only">Verdict: </span>
          {VERDICT_WORDS[word].inText.replace(/^./, (first) => first.toUpperCase())}
        </b>
      </p>
      {verdict && (
        <p className="line-clamp-3 min-w-0 flex-1 basis-72 text-12" title={verdict.rationale}>
          {verdict.rationale}{' '}
          <span className="text-ink-muted">
            <bdi>{verdict.decidedByName}</bdi>, <When at={verdict.decidedAt} mode="compact" />
            {verdict.suppressionId !== null && `, with ${suppressionReference(verdict.suppressionId)}`}
          </span>
        </p>
      )}
    </div>
  )
}

function MoreMenu({ signal, canChange }: { signal: SignalDetail; canChange: boolean }) {
  const { setStatus } = useDecisions()
  const [isOpen, setOpen] = useState(false)
  const [isAfterReview, setAfterReview] = useSuggestAfterReview()
  useKeys(signalPageKeys, { more: () => setOpen(true) })
  const shortcut = useShortcut(signalPageKeys, 'more')
  const reportKey = useShortcut(signalPageKeys, 'report')
  const canSet = canChange && (signal.status === 'open' || signal.status === 'in_review')
  const other = signal.status === 'open' ? 'in_review' : 'open'
  return (
    <Menu align="end" isOpen={isOpen} onOpenChange={setOpen} trigger={<Button shortcut={shortcut}>More</Button>}>
      {canSet && (
        <>
          <MenuItem onSelect={() => setStatus(signal, other)}>Mark {STATUS_WORD[other].toLowerCase()}</MenuItem>
          <MenuSeparator />
        </>
      )}
      <MenuItem asChild>
        <Link href={reportHref(signal.reference)} aria-keyshortcuts={reportKey ?? undefined}>
          <span className="min-w-0 flex-1">Case report, to print</span>
          {reportKey && <Kbd keys={reportKey} />}
        </Link>
      </MenuItem>
      <MenuSeparator />
      <MenuChoices
        label="Suggested verdict"
        value={isAfterReview ? 'after' : 'always'}
        onChange={(value) => setAfterReview(value === 'after')}
        choices={[
          { value: 'always', label: 'Show at once' },
          { value: 'after', label: 'Show only after all steps are reviewed' },
        ]}
      />
    </Menu>
  )
}
