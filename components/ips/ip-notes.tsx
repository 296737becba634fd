// What must be said before the reader judges: a list that clears the address, and addresses that are never matched.
import type { ReactNode } from 'react'
import { When } from '@/components/patterns/when'
import { categoryWord } from '@/components/signals/signal-words'
import { Mark, type MarkShape, type MarkTone } from '@/components/ui/mark'
import type { AddressDetail } from '@/lib/timeline/contract/address'

export function IpNotes({ detail }: { detail: AddressDetail }) {
  const { allowed, isPublic, ip } = detail
  return (
    <>
      {allowed.length > 0 && (
        <Note shape="check" tone="benign" name="benign">
          <b className="font-semibold">A list of known good addresses covers it, and wins over every other opinion.</b>{' '}
          {allowed.map(({ feedId, feedName, category, range, since, source }, index) => (
            <span key={`${feedId} ${range} ${category}`}>
              {index > 0 && '; '}
              {feedName}
              {source && ` (${source})`}: {categoryWord(category)} <span className="font-mono text-12">{range}</span>,
              since <When at={since} mode="day" />
            </span>
          ))}
          . No signal is opened for it, whatever the feeds below say.
        </Note>
      )}
      {!isPublic && (
        <Note shape="question" tone="muted" name="private">
          <b className="font-semibold">{ip} is private or reserved.</b> Such addresses belong to nobody on the Internet,
          so they are never matched against feeds and never open a signal. Events and accounts are shown as stored.
        </Note>
      )}
    </>
  )
}

function Note({
  shape,
  tone,
  name,
  children,
}: {
  shape: MarkShape
  tone: MarkTone
  name: string
  children: ReactNode
}) {
  return (
    <p
      data-note={name}
      className="mt-3 flex items-start gap-2 rounded-md border border-hairline bg-surface-1 px-3 py-1.5"
    >
      <span className="flex h-5 items-center">
        <Mark shape={shape} tone={tone} />
      </span>
      <span className="min-w-0">{children}</span>
    </p>
  )
}
