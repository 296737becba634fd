'use client'
// What stands at /tokens/… when nothing names that token.
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { MessagePage } from '@/components/patterns/message-page'
import { Button } from '@/components/ui/button'

export function NoToken() {
  const typed = decode(usePathname().replace(/^\/tokens\//, ''))
  return (
    <MessagePage
      title="Nothing is known of this token"
      actions={
        <Button asChild tone="primary">
          <Link href="/">Go to the queue</Link>
        </Button>
      }
    >
      <p className="font-mono text-13 break-all">
        <bdi>{typed}</bdi>
      </p>
      <p>
        No stored event, no signal and no answer of Okta names it. Most API reads are not logged, so this is no proof
        that it does not exist or was never used. Ids are written as Okta writes them, upper and lower case matter.
      </p>
    </MessagePage>
  )
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
