// What the hash of a report covers, and how anybody repeats it.
import { formatNumber } from '@/components/signals/signal-words'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { ReportFacts, ReportSection } from './report-table'

export function ReportSeal({
  signal,
  events,
  bundle,
}: {
  signal: SignalDetail
  events: number
  bundle: { sha256: string; bytes: number }
}) {
  const file = `${signal.reference}-evidence.json`
  return (
    <ReportSection title="Seal of the evidence">
      <ReportFacts
        label="Seal"
        facts={[
          [
            'SHA-256',
            <code key="h" data-slot="bundle-hash" className="break-all">
              {bundle.sha256}
            </code>,
          ],
          ['File', `${file}, ${formatNumber(bundle.bytes)} bytes`],
          [
            'Covers',
            `the signal; why it fired; the intelligence known then; ${formatNumber(events)} of ${formatNumber(signal.eventCount)} events; the event that decided it, as received; everything ever pinned, pinned events as received; every verdict; notes; history`,
          ],
          [
            'Does not cover',
            'the six answers, which are worked out anew from the stored events each time, what feeds and Okta say now, claims, reviews, signals like it',
          ],
          [
            'To repeat it',
            <span key="r">
              Download the evidence bundle and hash the file as it is, e.g. <code>sha256sum {file}</code>. It is one
              JSON value with keys in code-unit order, no blanks, in UTF-8 without a line break at its end. Addresses in
              it are not defanged.
            </span>,
          ],
        ]}
      />
    </ReportSection>
  )
}
