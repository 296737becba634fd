// What the API says about a signal's runbook: six answered steps, what Okta was asked, and the verdict that follows. Browser-safe.
import { z } from 'zod'
import { defineEndpoint } from '@/lib/http/endpoint'
import { EvidenceRef } from '@/lib/signals/contract/triage'
import { VERDICTS } from '@/lib/signals/model'
import { WEIGHTS } from '../model'
import { Instant } from './answer'
import { AccountsStep, ActivityStep, ChangesStep, IntelStep, LegitimacyStep, TokenStep } from './steps'

const Reason = z.object({
  step: z.int().min(1).max(6),
  sentence: z.string(),
  evidence: z.array(EvidenceRef).describe('What supports it'),
})

/** A verdict that follows from the answers, with reasons for and against; or why there is none. */
export const Suggestion = z.object({
  verdict: z
    .enum(VERDICTS)
    .nullable()
    .describe('Null where fewer than four steps are answered, or they contradict each other'),
  strength: z.enum(WEIGHTS).describe('How sure; `none` without a verdict'),
  because: z.string().describe('One sentence; without a verdict, what is missing for one'),
  reasonsFor: z.array(Reason),
  reasonsAgainst: z.array(Reason),
  evidence: z.array(EvidenceRef).describe('What to pin for this verdict, most telling first, at most five'),
  answered: z.int().describe('Steps that are answered yes or no'),
})
export type Suggestion = z.infer<typeof Suggestion>

/** One question that Okta was asked, or could be. */
export const OktaLookup = z.object({
  kind: z.enum(['api_token', 'user', 'user_roles', 'user_factors']),
  subjectId: z.string(),
  state: z.enum(['fresh', 'stale', 'not_asked', 'not_found', 'refused', 'failed']),
  askedAt: Instant.nullable(),
  message: z.string().nullable().describe('What is wrong and what to do, with the missing scope or role by name'),
})
export type OktaLookup = z.infer<typeof OktaLookup>

/** The account behind the signal as Okta last described it. Everything is null where it was not asked or did not answer. */
export const AccountRecord = z.object({
  status: z.string().nullable(),
  createdAt: Instant.nullable(),
  passwordChangedAt: Instant.nullable(),
  roles: z.array(z.string()).nullable(),
  factors: z.array(z.object({ name: z.string(), status: z.string(), createdAt: Instant.nullable() })).nullable(),
})
export type AccountRecord = z.infer<typeof AccountRecord>

export const Runbook = z.object({
  signalId: z.int(),
  readAt: Instant,
  steps: z.tuple([IntelStep, LegitimacyStep, ActivityStep, TokenStep, ChangesStep, AccountsStep]),
  suggestion: Suggestion,
  account: AccountRecord,
  lookups: z
    .array(OktaLookup)
    .describe('What the steps ask Okta; ask again with POST …/okta-lookups where something is stale'),
})
export type Runbook = z.infer<typeof Runbook>
export type AnsweredStep = Runbook['steps'][number]

const SignalParams = z.object({ signalId: z.coerce.number<string>().int().positive().max(2_147_483_647) })

export const runbookEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/signals/{signalId}/runbook',
  summary: 'The six steps of the runbook for a signal, answered from what is stored, with the verdict that follows',
  permission: 'signals:read',
  params: SignalParams,
  response: Runbook,
})

export const oktaLookupsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/signals/{signalId}/okta-lookups',
  summary:
    'Asks Okta what the steps of a signal need and is stale, read-only and within the reserve; then read the runbook again',
  permission: 'signals:read',
  params: SignalParams,
  response: z.object({ lookups: z.array(OktaLookup) }),
})
