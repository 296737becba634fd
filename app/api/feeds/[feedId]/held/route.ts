import { route } from '@/lib/http/route'
import { decideHeldRunEndpoint, getHeldRunEndpoint } from '@/lib/intel/contract/feed'
import { decideHeldRun } from '@/lib/intel/service/decide-held-run'
import { getFeed } from '@/lib/intel/service/get-feed'
import { now } from '@/lib/kernel/clock'
import { getHeldRun } from '@/lib/pipeline/service/get-held-run'

export const GET = route(getHeldRunEndpoint, ({ actor, params: { feedId } }) => getHeldRun({ actor, feedId }))

export const POST = route(decideHeldRunEndpoint, async ({ actor, params: { feedId }, body }) => {
  await decideHeldRun({ actor, input: { feedId, ...body } })
  return getFeed({ actor, feedId, now: now() })
})
