// Shown for an address that leads nowhere.
import type { Metadata } from 'next'
import Link from 'next/link'
import { MessagePage } from '@/components/patterns/message-page'
import { Button } from '@/components/ui/button'

export const metadata: Metadata = { title: 'Nothing here' }

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing at this address"
      actions={
        <Button asChild tone="primary">
          <Link href="/">Go to the queue</Link>
        </Button>
      }
    >
      <p>The link may be mistyped, or what it led to was merged or is older than the retention of this installation.</p>
    </MessagePage>
  )
}
