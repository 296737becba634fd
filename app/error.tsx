'use client'
// Shown when a page failed unexpectedly.
import { UnexpectedError } from '@/components/patterns/unexpected-error'

export default function PageError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return <UnexpectedError digest={error.digest} retry={retry} />
}
