// What the API says about one API token: its making, every address it was used from, what was changed with it, its present state. Browser-safe.
import { z } from 'zod'
import { defineEndpoint } from '@/lib/http/endpoint'
import { answer, Instant, RunbookEvent, Window } from '@/lib/runbook/contract/answer'
import { TokenAddress, TokenFacts } from '@/lib/runbook/contract/steps'
import { SIGNAL_STATUSES } from '@/lib/signals/model'

/** One signal in which the token was used. */
export const TokenSignal = z.object({
  id: z.int().positive(),
  reference: z.string(),
  title: z.string(),
  severity: z.enum(['medium', 'high']),
  status: z.enum(SIGNAL_STATUSES),
  ip: z.string(),
  actorId: z.string(),
  actorLogin: z.string().nullable(),
  firstSeen: Instant,
  lastSeen: Instant,
})
export type TokenSignal = z.infer<typeof TokenSignal>

/** An address beyond those that are drawn by day. */
export const ListedTokenAddress = TokenAddress.omit({ days: true })
export type ListedTokenAddress = z.infer<typeof ListedTokenAddress>

export const TokenDetail = TokenFacts.extend({
  readAt: Instant,
  sentence: z.string().describe('Calls, addresses and how many of them are flagged, in plain words'),
  window: Window.describe('What was searched'),
  coverage: answer.coverage,
  missing: z.array(z.string()).describe('What would be needed to say more, a sentence each'),
  firstAt: Instant.nullable().describe('First logged call in the window; null where there is none'),
  lastAt: Instant.nullable(),
  moreAddresses: z
    .array(ListedTokenAddress)
    .describe('The addresses beyond those of `addresses`, in the same order, at most 980'),
  lifecycle: z
    .array(RunbookEvent)
    .describe('Its creation, updates and revocation as stored, oldest first, at most fifty'),
  areChangesComplete: z.boolean().describe('False where more changes made with it are stored than were read'),
  signals: z.array(TokenSignal).describe('Newest first, at most fifty'),
  signalsTotal: z.int(),
})
export type TokenDetail = z.infer<typeof TokenDetail>

export const getTokenEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/tokens/{tokenId}',
  summary:
    'One API token: creation from three sources, addresses by day, changes made with it, its state in Okta, signals',
  permission: 'events:read',
  params: z.object({
    tokenId: z
      .string()
      .min(1)
      .max(512)
      .regex(/^[^\0]*$/),
  }),
  response: TokenDetail,
})
