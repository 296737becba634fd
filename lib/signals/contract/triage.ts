// What the API says about deciding a signal: verdict, evidence, notes, claim, reviewed steps. Browser-safe.
import { z } from 'zod'
import { defineEndpoint } from '@/lib/http/endpoint'
import { SuppressionDraft } from '@/lib/suppressions/contract'
import { EVIDENCE_KINDS, SIGNAL_STATUSES, VERDICTS } from '../model'

export const NOTE_LIMIT = 10_000
const EVIDENCE_LIMIT = 50

const Instant = z.iso.datetime().describe('ISO 8601, UTC')
const SignalId = z.int().positive().max(2_147_483_647)
const SignalParams = z.object({ signalId: z.coerce.number<string>().int().positive().max(2_147_483_647) })
/** What PostgreSQL stores: any text without NUL. */
const STORABLE = /^[^\0]*$/

/** A fact that an answer cites and a person can pin; send it back as it is to pin it. */
export const EvidenceRef = z.object({
  kind: z.enum(EVIDENCE_KINDS),
  ref: z.string().min(1).max(500).regex(STORABLE),
  step: z.int().min(1).max(6).nullable(),
  label: z.string().min(1).max(500).regex(STORABLE),
  // There is no year 0 in PostgreSQL.
  at: Instant.refine((text) => !text.startsWith('0000'), 'there is no year 0').nullable(),
})

export const PinnedEvidence = EvidenceRef.extend({
  number: z.int().positive().describe('E1, E2, …; never used again'),
  pinnedAt: Instant,
  pinnedByName: z.string(),
})
export type PinnedEvidence = z.infer<typeof PinnedEvidence>

export const CaseVerdict = z.object({
  id: z.string(),
  verdict: z.enum(VERDICTS),
  rationale: z.string().describe('Written from the cited evidence'),
  note: z.string().nullable(),
  evidence: z.array(EvidenceRef.extend({ number: z.int() })),
  suggested: z.enum(VERDICTS).nullable().describe('What the runbook suggested then'),
  duplicateOfId: z.int().nullable(),
  suppressionId: z.int().nullable().describe('The suppression made with it'),
  decidedAt: Instant,
  decidedByName: z.string(),
  withdrawnAt: Instant.nullable().describe('Undone, or the signal was reopened'),
  withdrawnByName: z.string().nullable(),
})
export type CaseVerdict = z.infer<typeof CaseVerdict>

export const SignalNote = z.object({
  id: z.string(),
  kind: z.enum(['note', 'handoff']),
  body: z.string().describe('Markdown as typed; render it without any markup of its own'),
  createdAt: Instant,
  authorId: z.string(),
  authorName: z.string(),
  acknowledgedAt: Instant.nullable().describe('Hand-off notes stay on top until then'),
  acknowledgedByName: z.string().nullable(),
})
export type SignalNote = z.infer<typeof SignalNote>

export const StepReview = z.object({ step: z.int().min(1).max(6), reviewedAt: Instant, reviewerName: z.string() })
export type StepReview = z.infer<typeof StepReview>

export const VerdictInput = z.object({
  verdict: z.enum(VERDICTS),
  version: z.int().positive().describe('The version of the signal that was decided on'),
  evidence: z
    .array(EvidenceRef)
    .max(EVIDENCE_LIMIT)
    .describe(
      'What it rests on; facts that are not pinned yet are pinned with it. Together with what is pinned, at least one',
    ),
  note: z.string().trim().min(1).max(NOTE_LIMIT).regex(STORABLE).optional(),
  duplicateOfId: SignalId.optional().describe('With `duplicate` only, and needed there'),
  suppression: SuppressionDraft.optional().describe(
    'With `benign_vpn` or `benign_expected` only: made in the same transaction',
  ),
  suggested: z.enum(VERDICTS).nullable().optional().describe('What the runbook suggested when this was decided'),
})
export type VerdictInput = z.infer<typeof VerdictInput>

/** The signal as it is after the change. */
const ChangedSignal = z.object({
  signalId: z.int(),
  version: z.int(),
  status: z.enum(SIGNAL_STATUSES),
  verdict: z.enum(VERDICTS).nullable(),
})
export type ChangedSignal = z.infer<typeof ChangedSignal>

const DecidedSignal = ChangedSignal.extend({ verdictId: z.string(), suppressionId: z.int().nullable() })
export type DecidedSignal = z.infer<typeof DecidedSignal>

export const decideSignalEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/signals/{signalId}/verdict',
  summary:
    'Gives a verdict: pins its evidence, writes the rationale, closes the signal (or hands it on when escalated)',
  permission: 'signals:write',
  params: SignalParams,
  body: VerdictInput,
  response: DecidedSignal,
})

export const withdrawVerdictEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/signals/{signalId}/verdict/withdraw',
  summary:
    'Withdraws the verdict in force and restores the status before it; ends the suppression made with it if told so',
  permission: 'signals:write',
  params: SignalParams,
  body: z.object({ version: z.int().positive(), endSuppression: z.boolean().default(false) }),
  response: ChangedSignal,
})

export const pinEvidenceEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/signals/{signalId}/evidence',
  summary: 'Pins facts to a signal; a fact that is pinned already keeps its number',
  permission: 'signals:write',
  params: SignalParams,
  body: z.object({ evidence: z.array(EvidenceRef).min(1).max(EVIDENCE_LIMIT) }),
  response: z.object({ evidence: z.array(PinnedEvidence) }),
})

export const unpinEvidenceEndpoint = defineEndpoint({
  method: 'DELETE',
  path: '/api/signals/{signalId}/evidence/{number}',
  summary: 'Removes a pinned fact; its number is not used again',
  permission: 'signals:write',
  params: SignalParams.extend({ number: z.coerce.number<string>().int().positive().max(2_147_483_647) }),
  response: z.object({ evidence: z.array(PinnedEvidence) }),
})

export const addNoteEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/signals/{signalId}/notes',
  summary: 'Adds a note, or a hand-off note that stays on top until somebody acknowledges it',
  permission: 'signals:write',
  params: SignalParams,
  body: z.object({
    kind: z.enum(['note', 'handoff']),
    body: z.string().trim().min(1).max(NOTE_LIMIT).regex(STORABLE),
    id: z
      .uuid()
      .optional()
      .describe('Of the new note, chosen by the caller: sent again after a lost answer, it adds nothing'),
  }),
  response: z.object({ notes: z.array(SignalNote) }),
})

export const acknowledgeNoteEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/signals/{signalId}/notes/{noteId}/acknowledge',
  summary: 'Takes over what a hand-off note says',
  permission: 'signals:write',
  params: SignalParams.extend({ noteId: z.uuid() }),
  response: z.object({ notes: z.array(SignalNote) }),
})

export const Claim = z.object({ byId: z.string(), byName: z.string(), expiresAt: Instant }).nullable()
export type Claim = z.infer<typeof Claim>

export const claimSignalEndpoint = defineEndpoint({
  method: 'POST',
  path: '/api/signals/{signalId}/claim',
  summary:
    'Claims a signal for 15 minutes, or renews the own claim; taking over a running claim of another must be said',
  permission: 'signals:write',
  params: SignalParams,
  body: z.object({ takeOver: z.boolean().default(false) }),
  response: z.object({ claim: Claim }),
})

export const releaseClaimEndpoint = defineEndpoint({
  method: 'DELETE',
  path: '/api/signals/{signalId}/claim',
  summary: 'Gives the own claim back',
  permission: 'signals:write',
  params: SignalParams,
  response: z.object({ claim: Claim }),
})

const StepParams = SignalParams.extend({ step: z.coerce.number<string>().int().min(1).max(6) })

export const reviewStepEndpoint = defineEndpoint({
  method: 'PUT',
  path: '/api/signals/{signalId}/reviews/{step}',
  summary: 'Marks a step as reviewed',
  permission: 'signals:write',
  params: StepParams,
  response: z.object({ reviews: z.array(StepReview) }),
})

export const unreviewStepEndpoint = defineEndpoint({
  method: 'DELETE',
  path: '/api/signals/{signalId}/reviews/{step}',
  summary: 'Takes the mark off a step',
  permission: 'signals:write',
  params: StepParams,
  response: z.object({ reviews: z.array(StepReview) }),
})
