import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { TimeZoneProvider } from '@/components/patterns/time-zone'
import type { SuppressionView } from '@/lib/suppressions/contract'
import { SuppressionTable } from './suppression-table'
import { TargetLabel } from './target-label'

afterEach(cleanup)

const row: SuppressionView = {
  ...{ id: 44, reference: 'SUP-44', scope: 'user_network', label: 'f.lindholm@example.com from AS64507 ExampleVPN' },
  ...{ actorId: '00uf', actorLabel: 'f.lindholm@example.com', asNumber: 64507, asOrg: 'ExampleVPN', range: null },
  ...{ tokenId: null, reason: 'vpn_confirmed_by_user', note: null, signalId: 1038, state: 'active' },
  ...{ startsAt: '2026-11-19T08:00:00.000Z', endsAt: '2026-12-19T08:00:00.000Z', endedAt: null, endedByName: null },
  ...{ createdAt: '2026-11-19T08:00:00.000Z', ownerId: 'ines', ownerName: 'Ines Moreau', hidden: 6, hiddenToday: 2 },
  lastMatchAt: null,
}

function renderTable(rows: SuppressionView[], onOpen = vi.fn()) {
  render(
    <TimeZoneProvider initialZone="UTC" initialNow="2026-11-22T08:00:00.000Z">
      <SuppressionTable rows={rows} openId={null} onOpen={onOpen} />
    </TimeZoneProvider>,
  )
  return onOpen
}

test('a row says what, why, whose, how much and until when, and opens by its button and by itself', () => {
  const onOpen = renderTable([row])
  const [, line] = screen.getAllByRole('row')
  expect(line!.textContent).toMatch(
    /SUP-44f\.lindholm@example\.com from AS64507 ExampleVPNVPN confirmed by userInes MoreauHidden: 6 · 2 todaynoneActive: 19 Dec 2026/,
  )
  fireEvent.click(within(line!).getByRole('button', { name: 'Open SUP-44' }))
  fireEvent.click(within(line!).getByText('Ines Moreau'))
  expect(onOpen.mock.calls).toEqual([[44], [44]])
})

test('names stay text, each isolated from the words around it', () => {
  const hostile = '\u202Egnp.exe<script>alert(1)</script>'
  const { container } = render(<TargetLabel target={{ ...row, actorLabel: hostile, asOrg: hostile }} />)
  expect(container.querySelector('script')).toBeNull()
  expect([...container.querySelectorAll('bdi')].map(({ textContent }) => textContent)).toEqual([
    hostile,
    'AS64507 gnp.exe<script>alert(1)</script>', // what is composed for labels has lost its marks already
  ])
})

test.each([
  [{ scope: 'org_network', actorId: null, actorLabel: null }, 'Everyone from AS64507 ExampleVPN'],
  [{ scope: 'user_ip', asNumber: null, range: '203.0.113.0/24' }, 'f.lindholm@example.com from 203.0.113.0/24'],
  [{ scope: 'token', tokenId: '00Tabc' }, 'API token 00Tabc from AS64507 ExampleVPN'],
] as const)('%o in words', (changes, text) => {
  const { container } = render(<TargetLabel target={{ ...row, ...changes }} />)
  expect(container.textContent).toBe(text)
})
