// What the API says about why an event raised a signal, or why not (rule, line 18). Browser-safe.
import { z } from 'zod'
import { defineEndpoint } from '@/lib/http/endpoint'
import { INTENT_POLICIES } from '@/lib/intel/model'
import { ConditionView, SignalLink } from './signal'

const Instant = z.iso.datetime().describe('ISO 8601, UTC')

export const EventExplanation = z.object({
  uuid: z.string(),
  outcome: z
    .enum(['signal', 'suppressed', 'none'])
    .describe('What came of the event when it was decided; `none`: it did not meet the rule'),
  sentence: z.string().describe('The outcome and its reason, in plain words'),
  signal: SignalLink.nullable(),
  suppression: z.object({ id: z.int(), reference: z.string(), label: z.string() }).nullable(),
  conditions: z.array(ConditionView).describe('In the order in which they are asked'),
  firstFailed: ConditionView.shape.name.nullable(),
  decidedOn: z
    .enum(['stored_decision', 'present_intelligence'])
    .describe('A finding is explained as it was decided; other events are judged anew by what is known now'),
  decidedAt: Instant.nullable(),
  intentPolicy: z.enum(INTENT_POLICIES),
  flips: z
    .array(z.string())
    .describe('The smallest changes that would give another outcome, e.g. `HIGH if an API token id were present`'),
})
export type EventExplanation = z.infer<typeof EventExplanation>

export const explainEventEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/events/{uuid}/explain',
  summary: 'Why an event raised a signal, or why not, and what would change that',
  permission: 'events:read',
  params: z.object({
    uuid: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^\0]*$/),
  }),
  response: EventExplanation,
})
