'use client'
// What a suppression hid, newest first. Nothing is dropped, so all of it can be looked at.
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { ipHref } from '@/components/ips/ip-words'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { ZoneName } from '@/components/patterns/time-zone'
import { When } from '@/components/patterns/when'
import { SeverityMark, SEVERITY_WORD } from '@/components/signals/severity-badge'
import { formatNumber } from '@/components/signals/signal-words'
import { Button } from '@/components/ui/button'
import { hiddenFindingsQuery } from '@/lib/suppressions/client'
import type { SuppressionDetail } from '@/lib/suppressions/contract'
import { findingsText } from './suppression-words'

export function HiddenFindings({ detail }: { detail: SuppressionDetail }) {
  const more = useInfiniteQuery({ ...hiddenFindingsQuery(detail.id, detail.nextCursor ?? ''), enabled: false })
  const findings = [...detail.findings, ...(more.data?.pages.flatMap((page) => page.findings) ?? [])]
  const hasMore = more.data ? more.hasNextPage : detail.nextCursor !== null
  return (
    <section aria-label="Hidden so far" className="flex min-w-0 flex-col gap-1.5">
      <h3 className="text-12">Hidden so far</h3>
      {findings.length === 0 ? (
        <p className="text-ink-muted">No finding since it covers events.</p>
      ) : (
        <DataTable label="Hidden findings" hasFrame minWidth={560} columns={['132px', '34px', null, null, '150px']}>
          <TableHead>
            <HeaderCell>
              Time <ZoneName />
            </HeaderCell>
            <HeaderCell isBlank>Severity</HeaderCell>
            <HeaderCell>Event</HeaderCell>
            <HeaderCell>Account</HeaderCell>
            <HeaderCell>Address</HeaderCell>
          </TableHead>
          <TableBody>
            {findings.map((finding) => (
              <TableRow key={finding.eventUuid} data-event={finding.eventUuid}>
                <Cell lines="one">
                  <When at={finding.at} mode="compact" />
                </Cell>
                <Cell lines="one">
                  <SeverityMark severity={finding.severity} isMuted />
                  <span className="sr-only">{SEVERITY_WORD[finding.severity].long}</span>
                </Cell>
                <Cell lines="one" isMono>
                  {finding.eventType}
                </Cell>
                <Cell lines="one">
                  <bdi>{finding.actorLogin ?? finding.actorId}</bdi>
                </Cell>
                <Cell lines="one" isMono>
                  <Link href={ipHref(finding.ip)}>{finding.ip}</Link>
                </Cell>
              </TableRow>
            ))}
          </TableBody>
        </DataTable>
      )}
      {more.isError && (
        <p role="alert" className="text-12">
          More could not be read. {more.error.message}
        </p>
      )}
      {hasMore && (
        <div className="flex flex-wrap items-center gap-3">
          <Button disabled={more.isFetching} onClick={() => void (more.data ? more.fetchNextPage() : more.refetch())}>
            {more.isFetching ? 'Loading' : 'Show more'}
          </Button>
          <span className="text-12 text-ink-muted">
            {formatNumber(findings.length)} of {findingsText(detail.hidden)} shown
          </span>
        </div>
      )}
    </section>
  )
}
