'use client'
// Chips, facts, tables, filters, raw events.
import { Search } from 'lucide-react'
import { useState } from 'react'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow, TwoLines } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { FactsStrip } from '@/components/patterns/facts-strip'
import { FilterBar, FilterToken, NewRowsPill } from '@/components/patterns/filter-bar'
import { RawJson } from '@/components/patterns/raw-json'
import { When } from '@/components/patterns/when'
import { ZoneName } from '@/components/patterns/time-zone'
import { Withdrawn, WithdrawnBadge } from '@/components/signals/intel-now'
import { Badge } from '@/components/ui/badge'
import { Mark } from '@/components/ui/mark'
import { TextInput } from '@/components/ui/text-input'
import { Line, Section } from './section'

const RAW = `{"uuid":"7d1c9d2e-0000-4000-8000-000000000001","published":"2026-11-22T08:14:07.123Z","client":{"ipAddress":"198.51.100.7","zone":"null"},"big":12345678901234567890123,"debugContext":{"debugData":{"text":"hides \u202e nothing","empty":{}}},"target":[]}`

const ROWS = [
  { ip: '198.51.100.7', user: 'dana.okafor', what: 'API token ci-deploy', severity: 'high', ago: 2300 },
  { ip: '2001:db8:85a3::7334', user: 'l.fontaine', what: 'Login, web', severity: 'medium', ago: 7300 },
  { ip: '203.0.113.9', user: 'p.nowak', what: 'Login, web', severity: 'closed', ago: 96_000 },
] as const

export function DataGallery({ ago }: { ago: (seconds: number) => string }) {
  const [isMediumShown, setMediumShown] = useState(true)
  return (
    <>
      <Section title="Entity chips">
        <Line>
          <EntityChip
            kind="ip"
            value="198.51.100.7"
            detail="AS64500 Example Relay"
            href="/gallery"
            filterHref="/gallery"
            filterOutHref="/gallery"
          />
          <EntityChip kind="ip" value="2001:db8:85a3::7334" filterHref="/gallery" />
          <EntityChip kind="user" value="dana.okafor@example.com" label="dana.okafor" detail="Super admin" />
          <EntityChip kind="token" value="00T4kExampleTokenId9xQ" label="00T4k…9xQ" />
          <EntityChip kind="asn" value="64500" label="AS64500 Example Relay" />
          <EntityChip kind="session" value="102RkExampleSessionQ" label="102Rk…Q" />
          <EntityChip kind="device" value="guoExampleDevice" label="macOS, Chrome" />
          <EntityChip kind="ip" look="bare" value="192.0.2.44" />
        </Line>
      </Section>
      <Section title="Intelligence of a signal">
        <Line>
          <WithdrawnBadge />
        </Line>
        <Withdrawn at={ago(5400)} />
      </Section>
      <Section title="Facts">
        <FactsStrip
          label="Intelligence"
          facts={[
            { label: 'At the event', value: 'Tor exit, 3 of 6' },
            { label: 'When it fired', value: '3 of 6' },
            { label: 'Now', value: '4 of 6' },
            { label: 'Network', value: 'AS64500 Example Relay, hosting' },
            { label: 'First seen', value: <When at={ago(9000)} mode="both" /> },
          ]}
        />
      </Section>
      <Section title="Filter bar and table">
        <div className="overflow-hidden rounded-lg border border-hairline">
          <FilterBar
            label="Filter signals"
            tokens={
              <>
                <FilterToken name="severity" value="High, Medium" onRemove={() => {}} />
                {isMediumShown && <FilterToken name="status" value="open" onRemove={() => setMediumShown(false)} />}
              </>
            }
            search={<TextInput aria-label="Refine" placeholder="Refine" icon={<Search aria-hidden size={14} />} />}
            onClear={() => {}}
            end={
              <NewRowsPill
                shortcut="r"
                onShow={() => {}}
                text={
                  <>
                    3 new · <Mark shape="triangle" tone="high" size={10} /> <b>1 HIGH</b> show
                  </>
                }
              />
            }
          />
          <DataTable label="Signals" columns={['104px', null, '190px', '130px']} minWidth={560}>
            <TableHead>
              <HeaderCell>Severity</HeaderCell>
              <HeaderCell>Account, signal</HeaderCell>
              <HeaderCell>IP</HeaderCell>
              <HeaderCell align="end">
                Last, <ZoneName />
              </HeaderCell>
            </TableHead>
            <TableBody>
              {ROWS.map((row, index) => (
                <TableRow key={row.ip} isSelected={index === 0} isMuted={row.severity === 'closed'}>
                  <Cell>
                    {row.severity === 'high' ? (
                      <Badge tone="high" mark="triangle">
                        HIGH
                      </Badge>
                    ) : (
                      <span className="inline-flex items-center gap-1.25 text-12 font-medium">
                        <Mark shape="diamond" tone={row.severity === 'closed' ? 'muted' : 'medium'} size={10} /> Med
                      </span>
                    )}
                  </Cell>
                  <Cell>
                    <TwoLines first={<b className="font-semibold">{row.user}</b>} second={row.what} />
                  </Cell>
                  <Cell isMono>{row.ip}</Cell>
                  <Cell align="end">
                    <TwoLines
                      first={<When at={ago(row.ago)} mode="compact" />}
                      second={<When at={ago(row.ago)} mode="relative" />}
                    />
                  </Cell>
                </TableRow>
              ))}
            </TableBody>
          </DataTable>
        </div>
      </Section>
      <Section title="Raw events">
        <div className="grid gap-4 min-pane:grid-cols-2">
          <RawJson text={RAW} />
          <RawJson text="<html>Sign in to continue</html>" label="Not JSON" />
        </div>
      </Section>
    </>
  )
}
