import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { reviewStepEndpoint, unreviewStepEndpoint } from '@/lib/signals/contract/triage'
import { reviewStep } from '@/lib/signals/service/review-step'

export const PUT = route(reviewStepEndpoint, ({ actor, params }) =>
  reviewStep({ actor, ...params, isReviewed: true, now: now() }),
)

export const DELETE = route(unreviewStepEndpoint, ({ actor, params }) =>
  reviewStep({ actor, ...params, isReviewed: false, now: now() }),
)
