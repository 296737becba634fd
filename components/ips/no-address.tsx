'use client'
// What stands at /ips/… when that is no address.
import { usePathname } from 'next/navigation'
import { MessagePage } from '@/components/patterns/message-page'
import { readAddressText } from '@/lib/timeline/core/read-address-text'
import { IpSearch } from './ip-search'

export function NoAddress() {
  const typed = decode(usePathname().replace(/^\/ips\//, ''))
  const read = readAddressText(typed)
  return (
    <MessagePage title="This is no IP address">
      <p>{read.status === 'invalid' ? read.message : 'There is no such signal of this address.'}</p>
      <div className="pt-3 text-13">
        <IpSearch initial={typed} />
      </div>
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
