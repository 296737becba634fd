// What every step of the runbook says in the same words: answer, weight, evidence, window, coverage. Browser-safe.
import { z } from 'zod'
import { EVENT_CLASSES } from '@/lib/okta/model'
import { EvidenceRef } from '@/lib/signals/contract/triage'
import { ANSWERS, WEIGHTS } from '../model'

export const Instant = z.iso.datetime().describe('ISO 8601, UTC')
export const Window = z.object({ from: Instant, to: Instant })

export const answer = {
  question: z.string(),
  assessment: z.object({ id: z.string(), version: z.int() }).describe('Which assessment answered'),
  answer: z.enum(ANSWERS).describe('`no` only where the window is stored whole and its sources were healthy'),
  weight: z.enum(WEIGHTS).describe('How strongly it speaks for malicious use'),
  speaksForBenign: z.boolean(),
  sentence: z.string(),
  evidence: z.array(EvidenceRef).describe('What the answer rests on, most telling first, at most twelve'),
  window: Window.nullable().describe('What was searched'),
  coverage: z.object({
    isComplete: z.boolean(),
    gaps: z.array(z.object({ from: Instant, to: Instant, reason: z.string() })),
  }),
  missing: z.array(z.string()).describe('What would be needed to say more, a sentence each'),
}

/** One stored event in a table of a step; its JSON is at /api/events/{uuid}. */
export const RunbookEvent = z.object({
  uuid: z.string(),
  at: Instant,
  eventType: z.string(),
  eventClass: z.enum(EVENT_CLASSES),
  outcome: z.string().nullable(),
  actorId: z.string().nullable(),
  actorLogin: z.string().nullable(),
  ip: z.string().nullable(),
  sessionId: z.string().nullable(),
  tokenId: z.string().nullable(),
  targets: z.array(z.string()).describe('Names of what it was done to, at most three'),
  isAfter: z.boolean().describe('At or after the first event of the signal'),
})
export type RunbookEvent = z.infer<typeof RunbookEvent>
