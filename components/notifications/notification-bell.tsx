'use client'
// What the reader should know, in the header of every page. Opening it shows; each is marked read when followed, or all at once.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { RetryButton } from '@/components/patterns/retry-button'
import { When } from '@/components/patterns/when'
import { suppressionHref } from '@/components/suppressions/suppression-search'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Popover } from '@/components/ui/popover'
import { Skeleton } from '@/components/ui/skeleton'
import { notificationsQuery, readNotificationsMutation } from '@/lib/notifications/client'
import type { NotificationList, NotificationView } from '@/lib/notifications/contract'
import { useLive } from './live-provider'

/** Reminders come by the clock, so it asks again now and then even while nothing is told. */
const REFRESH_MS = 300_000

export function NotificationBell() {
  const { state } = useLive()
  const query = useQuery({ ...notificationsQuery(), refetchInterval: state === 'paused' ? false : REFRESH_MS })
  const [isOpen, setOpen] = useState(false)
  const unread = query.data?.unread ?? 0
  const label = unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`
  return (
    <Popover
      label="Notifications"
      align="end"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <IconButton
          label={label}
          data-unread={unread}
          icon={
            <span className="relative flex">
              <Bell aria-hidden size={15} />
              {unread > 0 && (
                <span
                  aria-hidden
                  className="absolute -top-2 -right-2.5 min-w-4 rounded-full bg-accent px-1 text-center text-11 leading-4 font-semibold text-on-accent"
                >
                  {unread > 99 ? '99+' : unread}
                </span>
              )}
            </span>
          }
        />
      }
    >
      {query.data ? (
        <Notifications list={query.data} onLeave={() => setOpen(false)} />
      ) : query.isError ? (
        <div role="alert" className="flex flex-wrap items-center gap-2">
          <p className="min-w-0 flex-1">They could not be read. {query.error.message}</p>
          <RetryButton onRetry={() => void query.refetch()} />
        </div>
      ) : (
        <Skeleton lines={3} />
      )}
    </Popover>
  )
}

function Notifications({ list: { notifications, unread }, onLeave }: { list: NotificationList; onLeave: () => void }) {
  const queries = useQueryClient()
  const { mutate: read } = useMutation(readNotificationsMutation(queries))
  if (notifications.length === 0) {
    return <p className="text-ink-muted">Nothing to tell you. You hear of it here when a suppression of yours ends.</p>
  }
  const unreadIds = notifications.filter(({ readAt }) => readAt === null).map(({ id }) => id)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <h2 className="text-13">Notifications</h2>
        {unread > 0 && (
          <Button size="small" onClick={() => read(unreadIds)}>
            Mark all read
          </Button>
        )}
      </div>
      <ul className="-mx-2 flex flex-col">
        {notifications.map((one) => (
          <li key={one.id}>
            <Item
              one={one}
              onFollow={() => {
                if (one.readAt === null) read([one.id])
                onLeave()
              }}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Item({ one, onFollow }: { one: NotificationView; onFollow: () => void }) {
  const isUnread = one.readAt === null
  return (
    <Link
      href={suppressionHref(one.subjectId)}
      onClick={onFollow}
      data-notification={one.kind}
      className="flex gap-2 rounded-md px-2 py-1.5 text-ink hover:bg-surface-2 hover:no-underline"
    >
      <span
        aria-hidden
        className={`mt-1.5 size-2 flex-none rounded-full ${isUnread ? 'bg-accent' : 'border border-hairline'}`}
      />
      <span className="min-w-0">
        {isUnread && <span className="sr-only">Unread: </span>}
        <bdi className={`line-clamp-4 break-words ${isUnread ? 'font-medium' : ''}`}>{one.message}</bdi>
        <span className="text-12 text-ink-muted">
          <When at={one.createdAt} mode="both" />
        </span>
      </span>
    </Link>
  )
}
