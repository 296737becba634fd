'use client'
// What the feeds say about one address now: typed in any fanging, every match with what it means, and who wins.
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { announce } from '@/components/patterns/live-region'
import { RetryButton } from '@/components/patterns/retry-button'
import { When } from '@/components/patterns/when'
import { categoryWord } from '@/components/signals/signal-words'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Mark, type MarkShape, type MarkTone } from '@/components/ui/mark'
import { Skeleton } from '@/components/ui/skeleton'
import { TextInput } from '@/components/ui/text-input'
import { ApiError } from '@/lib/http/client'
import { addressTestQuery } from '@/lib/intel/client'
import type { AddressTest } from '@/lib/intel/contract/feed'
import { INTENT_WORD } from './source-words'

const VERDICT: Readonly<Record<AddressTest['verdict'], { word: string; shape: MarkShape; tone: MarkTone }>> = {
  flagged: { word: 'Flagged', shape: 'hexagon', tone: 'high' },
  cleared: { word: 'Cleared by an allow-list', shape: 'check', tone: 'benign' },
  not_counted: { word: 'Listed, does not count', shape: 'half', tone: 'ink' },
  not_listed: { word: 'Not listed', shape: 'ring', tone: 'muted' },
  never_matched: { word: 'Never matched', shape: 'question', tone: 'muted' },
}

/** The field, in the heading line. */
export function TestAddressField({
  ip,
  onTest,
  inputRef,
}: {
  /** What is shown now. */
  ip: string
  onTest: (ip: string) => void
  inputRef: RefObject<HTMLInputElement | null>
}) {
  const [text, setText] = useState(ip)
  return (
    <form
      role="search"
      aria-label="Test an IP"
      className="flex min-w-0 items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault()
        onTest(text.trim())
      }}
    >
      <span className="min-w-0 max-column:flex-1 min-column:w-44">
        <TextInput
          ref={inputRef}
          isMono
          aria-label="Address to test"
          placeholder="198.51.100[.]7"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </span>
      <Button type="submit" disabled={text.trim() === ''}>
        Test IP
      </Button>
    </form>
  )
}

/** The answer, below the heading line. */
export function TestAddressResult({ ip, onClose }: { ip: string; onClose: () => void }) {
  const query = useQuery(addressTestQuery(ip))
  const said = useRef<string | null>(null)
  const sentence = query.data?.sentence ?? null
  useEffect(() => {
    if (sentence === null || said.current === sentence) return
    said.current = sentence
    announce(sentence)
  }, [sentence])
  return (
    <section
      aria-label="Result of the test"
      data-verdict={query.data?.verdict}
      aria-busy={query.isPending || undefined}
      className="mb-3 flex flex-col gap-2.5 rounded-lg border border-hairline p-3.5"
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          {query.data ? (
            <Verdict test={query.data} />
          ) : query.isError ? (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <>
              <span className="sr-only">Loading</span>
              <Skeleton lines={2} />
            </>
          )}
        </div>
        <IconButton label="Close result" icon={<X aria-hidden size={14} />} onClick={onClose} />
      </div>
      {query.data && query.data.matches.length > 0 && <Matches test={query.data} />}
    </section>
  )
}

function Failure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const isInput = error instanceof ApiError && error.code === 'invalid_input'
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2">
      <Mark shape="cross" />
      <p className="min-w-0 flex-1">{error.message}</p>
      {!isInput && <RetryButton onRetry={onRetry} />}
    </div>
  )
}

function Verdict({ test }: { test: AddressTest }) {
  const { word, shape, tone } = VERDICT[test.verdict]
  const network = [test.asNumber === null ? null : `AS${test.asNumber}`, test.asOrg].filter(Boolean).join(' ')
  const href = `/ips/${test.ip}`
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <span className="flex items-center gap-1.5 font-semibold">
          <Mark shape={shape} tone={tone} />
          {word}
        </span>
        <EntityChip kind="ip" value={test.ip} detail={network || undefined} href={href} />
        <Link href={href} className="text-12 underline">
          Open the address
        </Link>
      </p>
      <p className="mt-1">{test.sentence}</p>
      <p className="text-12 text-ink-muted">Policy in force: {test.intentPolicy}. As the feeds stand now.</p>
    </>
  )
}

function Matches({ test }: { test: AddressTest }) {
  return (
    <DataTable label="Entries that cover the address" hasFrame minWidth={700}>
      <TableHead>
        <HeaderCell>Feed</HeaderCell>
        <HeaderCell>Category</HeaderCell>
        <HeaderCell>Intent</HeaderCell>
        <HeaderCell>Entry</HeaderCell>
        <HeaderCell align="end">Confidence</HeaderCell>
        <HeaderCell>Listed since</HeaderCell>
        <HeaderCell>Known since</HeaderCell>
        <HeaderCell>Counts</HeaderCell>
      </TableHead>
      <TableBody>
        {test.matches.map((match) => (
          <TableRow key={`${match.indicatorId}:${match.ip}`} isMuted={!match.isCounted && match.intent !== 'benign'}>
            <Cell lines="one">{match.feedName}</Cell>
            <Cell lines="one">{categoryWord(match.category)}</Cell>
            <Cell lines="one">{INTENT_WORD[match.intent]}</Cell>
            <Cell lines="one" isMono title={match.ip === test.ip ? undefined : `by ${match.ip}`}>
              {match.range}
              {match.ip !== test.ip && ` by ${match.ip}`}
            </Cell>
            <Cell lines="one" align="end">
              {match.confidence}
            </Cell>
            <Cell lines="one">
              <When at={match.since} mode="compact" />
            </Cell>
            <Cell lines="one">
              <When at={match.knownSince} mode="compact" />
            </Cell>
            <Cell lines="one">{countsWord(match, test.verdict)}</Cell>
          </TableRow>
        ))}
      </TableBody>
    </DataTable>
  )
}

function countsWord({ intent, isCounted }: AddressTest['matches'][number], verdict: AddressTest['verdict']): string {
  if (intent === 'benign') return 'wins: clears it'
  if (isCounted) return 'yes'
  return verdict === 'cleared' ? 'no: an allow-list wins' : 'no: not in the policy'
}
