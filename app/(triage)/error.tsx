'use client'
// A triage page failed unexpectedly; the frame stays, so the way to the queue and to health does too.
import { UnexpectedError } from '@/components/patterns/unexpected-error'

export default function TriageError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return <UnexpectedError digest={error.digest} retry={retry} />
}
