// What the API gives of a case as evidence: one file whose hash anybody can repeat. Browser-safe.
import { z } from 'zod'
import { defineEndpoint, rawResponse } from '@/lib/http/endpoint'

/** Events that a bundle and a report hold at most; the signal tells how many there are. */
export const BUNDLE_EVENTS = 2_000

export const evidenceBundleEndpoint = defineEndpoint({
  method: 'GET',
  path: '/api/signals/{signalId}/evidence-bundle',
  summary:
    'The evidence of a case as one JSON file with fixed order of keys; its SHA-256 is in the header `x-sha256` and on the case report',
  permission: 'signals:read',
  params: z.object({ signalId: z.coerce.number<string>().int().positive().max(2_147_483_647) }),
  query: z.object({
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .describe('The hash that a report printed: refused with 409 if the case has changed since'),
  }),
  response: rawResponse(
    'application/json',
    'Signal, events, pinned evidence with copies of its events, verdicts, notes and history; save it as it is to hash it',
  ),
})
