'use client'
// Shown when a page failed unexpectedly.
import { UnexpectedError } from '@/components/patterns/unexpected-error'

export default function PageError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <main id="main" tabIndex={-1}>
      <UnexpectedError digest={error.digest} retry={retry} />
    </main>
  )
}
