'use client'
// Events that could not be used: how many, why, and the commands that get them out again.
import { Copy } from 'lucide-react'
import { copyText } from '@/components/patterns/copy-text'
import { IconButton } from '@/components/ui/icon-button'
import { formatNumber } from '@/components/signals/signal-words'
import type { OrgHealth } from '@/lib/pipeline/contract'

const REASON_WORD: Readonly<Record<string, string>> = {
  not_json: 'not JSON',
  not_an_object: 'JSON, but not an object',
  missing_uuid: 'no uuid',
  missing_event_type: 'no event type',
  invalid_published: 'time missing or malformed',
  implausible_published: 'time before 2009 or in the future',
  too_large: 'larger than 1 MiB',
}

export function QuarantineList({ org }: { org: OrgHealth }) {
  return (
    <div className="flex flex-col gap-3">
      <table className="w-full max-w-md border-collapse">
        <caption className="sr-only">Events of {org.name} in quarantine, by reason</caption>
        <tbody>
          {org.quarantine.byReason.map(({ reason, count }) => (
            <tr key={reason} className="border-t border-hairline first:border-0">
              <th scope="row" className="h-7 text-left font-normal">
                {REASON_WORD[reason] ?? reason}
              </th>
              <td className="text-right">{formatNumber(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Command
        what="Export them as they came, one line of JSON each"
        text={`npm run -s quarantine -- export --org ${org.orgId} > quarantine.ndjson`}
      />
      <Command
        what="Try them again, for instance after an update"
        text={`npm run -s quarantine -- replay --org ${org.orgId}`}
      />
    </div>
  )
}

/** A command for the server's command line, with a button that copies it. */
export function Command({ what, text }: { what: string; text: string }) {
  return (
    <div>
      <p className="text-12 text-ink-muted">{what}</p>
      <p className="flex items-center gap-1">
        <code className="min-w-0 overflow-x-auto rounded-md bg-surface-2 px-2 py-1 whitespace-nowrap">{text}</code>
        <IconButton
          size="small"
          label="Copy command"
          icon={<Copy aria-hidden size={12} />}
          onClick={() => void copyText(text, 'the command')}
        />
      </p>
    </div>
  )
}
