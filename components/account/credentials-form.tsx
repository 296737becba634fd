'use client'
// What the account forms share: heading, fields, one button, and errors where they belong.
import { useState, useSyncExternalStore, type FormEvent, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'
import { ApiError } from '@/lib/http/client'

/** Messages by field name; `''` holds what belongs to no field. */
type Messages = Readonly<Record<string, string>>

/**
 * A form that sends its fields with `submit` and then loads `next`.
 *
 * The button waits for the script: without it the browser itself would send the form, to nobody.
 */
export function CredentialsForm({
  title,
  action,
  next,
  submit,
  fieldNames,
  children,
  footer,
}: {
  title: string
  /** Word on the button. */
  action: string
  next: string
  submit: (fields: Record<string, string>) => Promise<void>
  /** Fields that can show a message of their own. */
  fieldNames: readonly string[]
  children: (messages: Messages) => ReactNode
  footer?: ReactNode
}) {
  const isReady = useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  )
  const [isSending, setSending] = useState(false)
  const [messages, setMessages] = useState<Messages>({})

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setSending(true)
    setMessages({})
    try {
      await submit(
        Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)])),
      )
      window.location.assign(next)
    } catch (error) {
      setMessages(messagesOf(error, fieldNames))
      setSending(false)
    }
  }

  return (
    <form method="post" onSubmit={send} className="flex flex-col gap-4">
      <h1 className="text-20 font-semibold">{title}</h1>
      {children(messages)}
      <div role="alert" className="empty:hidden">
        {messages[''] && (
          <p className="flex items-start gap-1.5 text-13 font-medium">
            <span className="flex h-5 items-center">
              <Mark shape="cross" tone="high" size={10} />
            </span>
            {messages['']}
          </p>
        )}
      </div>
      <Button type="submit" tone="primary" size="large" isWide disabled={!isReady || isSending}>
        {isSending ? 'One moment …' : action}
      </Button>
      {footer}
    </form>
  )
}

function noSubscription(): () => void {
  return () => {}
}

function messagesOf(error: unknown, fieldNames: readonly string[]): Messages {
  if (!(error instanceof ApiError)) return { '': 'Something went wrong. Reload the page and try again.' }
  const issues = error.issues.filter((issue) => fieldNames.includes(issue.path))
  if (issues.length === 0) return { '': error.message }
  return Object.fromEntries(issues.map((issue) => [issue.path, issue.message]))
}
