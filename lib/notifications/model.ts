// What open screens are told: that something changed, not what. They ask for it themselves, with their own rights.
import { z } from 'zod'

/** A change as PostgreSQL delivers it. */
export const Change = z.object({ orgId: z.string(), kind: z.enum(['signals', 'health']) })
export type Change = z.infer<typeof Change>
