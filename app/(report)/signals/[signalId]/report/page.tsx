// The case report of one signal, at /signals/SIG-1042/report. Without the frame of the other pages: it is made for paper.
import { notFound } from 'next/navigation'
import { CaseReport } from '@/components/report/case-report'
import { parseReference } from '@/components/signals/signal-words'
import { page } from '@/lib/http/page'
import type { UserActor } from '@/lib/kernel/actor'
import { now } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'
import { readHealth } from '@/lib/pipeline/service/read-health'
import type { Runbook } from '@/lib/runbook/contract/runbook'
import { readRunbook } from '@/lib/runbook/service/read-runbook'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { readBundle } from '@/lib/signals/service/read-bundle'
import { getSuppression } from '@/lib/suppressions/service/get-suppression'

export async function generateMetadata({ params }: { params: Promise<{ signalId: string }> }) {
  const id = parseReference((await params).signalId)
  // Browsers offer it as the name of the PDF.
  return { title: id === null ? 'Case report' : `SIG-${id} case report` }
}

export default page({ permission: 'signals:read' }, async ({ actor, params }) => {
  const signalId = parseReference(params.signalId ?? '')
  if (signalId === null) notFound()
  const [{ signal, events, bundle }, runbook, health] = await Promise.all([
    readBundle({ actor, signalId }).catch(hideMissing),
    readRunbook({ actor, signalId }).catch(hideMissing),
    readHealth(actor),
  ])
  return (
    <CaseReport
      {...{ signal, events, runbook }}
      bundle={{ sha256: bundle.sha256, bytes: bundle.bytes }}
      suppressions={await readSuppressions(actor, signal, runbook)}
      orgName={health.orgs[0]?.name ?? actor.orgId}
      by={actor.name}
      at={now().toISOString()}
    />
  )
})

function hideMissing(error: unknown): never {
  if (error instanceof AppError && error.code === 'not_found') notFound()
  throw error
}

/** Those made with a verdict on the signal, and those in force at its event. */
function readSuppressions(actor: UserActor, { verdicts }: SignalDetail, { steps }: Runbook) {
  const made = verdicts.flatMap(({ suppressionId }) => suppressionId ?? [])
  const ids = new Set([...made, ...steps[1].suppressions.map(({ id }) => id)])
  return Promise.all([...ids].map((suppressionId) => getSuppression({ actor, suppressionId, now: now() })))
}
