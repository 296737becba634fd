// What stands at an address that leads nowhere.
import Link from 'next/link'
import { Button } from '../ui/button'
import { MessagePage } from './message-page'

export function NothingHere() {
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
