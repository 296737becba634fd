'use client'
// Shown when even the root layout failed; brings its own document.
import { UnexpectedError } from '@/components/patterns/unexpected-error'
import './globals.css'

export default function GlobalError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>This page could not be shown · Sallyport</title>
        <main>
          <UnexpectedError digest={error.digest} retry={retry} />
        </main>
      </body>
    </html>
  )
}
