import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { TimeZoneProvider } from '@/components/patterns/time-zone'
import { notificationsQuery } from '@/lib/notifications/client'
import type { NotificationList } from '@/lib/notifications/contract'
import { NotificationBell } from './notification-bell'

afterEach(cleanup)

const one = {
  id: '5f1c0b7e-8a54-41f0-9d3a-0242ac120002',
  kind: 'suppression_ended',
  subjectType: 'suppression',
  subjectId: '44',
  message: 'SUP-44 ended: <b>maria</b> from AS64507 ExampleVPN.',
  createdAt: '2026-11-22T08:00:00.000Z',
  readAt: null,
} as const

function renderBell(list: NotificationList) {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  queries.setQueryData(notificationsQuery().queryKey, list)
  render(
    <QueryClientProvider client={queries}>
      <TimeZoneProvider initialZone="UTC" initialNow="2026-11-22T08:00:00.000Z">
        <NotificationBell />
      </TimeZoneProvider>
    </QueryClientProvider>,
  )
}

test('says how many are unread, and leads to what each is about', () => {
  renderBell({ notifications: [one], unread: 1 })
  fireEvent.click(screen.getByRole('button', { name: 'Notifications, 1 unread' }))
  const link = screen.getByRole('link', { name: /^Unread: ?SUP-44 ended: <b>maria<\/b>/ })
  expect(link.getAttribute('href')).toBe('/suppressions?id=44')
  expect(screen.getByRole('button', { name: 'Mark all read' })).toBeTruthy()
})

test('without any it says what it is for', () => {
  renderBell({ notifications: [], unread: 0 })
  fireEvent.click(screen.getByRole('button', { name: 'Notifications' }))
  expect(screen.getByText(/Nothing to tell you/)).toBeTruthy()
})
