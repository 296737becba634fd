'use client'
// What a reader sees after a mistake of ours: nothing stored is lost, try again, and the code that finds it in the log.
import { Button } from '../ui/button'
import { MessagePage } from './message-page'

export function UnexpectedError({ digest, retry }: { digest: string | undefined; retry: () => void }) {
  return (
    <MessagePage
      title="This page could not be shown"
      actions={
        <>
          <Button tone="primary" onClick={retry}>
            Try again
          </Button>
          <Button asChild>
            {/* A full load: what failed may be the code on this page. */}
            {/* eslint-disable-next-line @next/next/no-html-link-for-pages */}
            <a href="/">Go to the queue</a>
          </Button>
        </>
      }
    >
      <p>Something went wrong on our side. Stored events and signals are untouched, and collection goes on.</p>
      {digest && (
        <p className="text-13 text-ink-muted">
          The server’s log has the cause under <code>{digest}</code>.
        </p>
      )}
    </MessagePage>
  )
}
