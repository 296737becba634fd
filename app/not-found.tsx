// Shown for an address that leads nowhere, outside the frame of the triage pages.
import type { Metadata } from 'next'
import { NothingHere } from '@/components/patterns/nothing-here'

export const metadata: Metadata = { title: 'Nothing here' }

export default function NotFound() {
  return (
    <main id="main" tabIndex={-1}>
      <NothingHere />
    </main>
  )
}
