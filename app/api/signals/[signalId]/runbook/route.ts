import { route } from '@/lib/http/route'
import { runbookEndpoint } from '@/lib/runbook/contract/runbook'
import { readRunbook } from '@/lib/runbook/service/read-runbook'

export const GET = route(runbookEndpoint, ({ actor, params: { signalId } }) => readRunbook({ actor, signalId }))
