'use client'
// What stands at /events/… when nothing has that id.
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { MessagePage } from '@/components/patterns/message-page'
import { Button } from '@/components/ui/button'

export function NoEvent() {
  const typed = usePathname().replace(/^\/events\//, '')
  return (
    <MessagePage
      title="There is no such event"
      actions={
        <Button asChild tone="primary">
          <Link href="/">Go to the queue</Link>
        </Button>
      }
    >
      <p className="line-clamp-3 font-mono text-13 break-all">
        <bdi>{typed}</bdi>
      </p>
      <p>
        It never came from this org, or it is older than what is kept and no signal rests on it. It does not wait in
        quarantine either, as far as that can be searched. Ids of events are the <code>uuid</code> of Okta’s System Log.
      </p>
    </MessagePage>
  )
}
