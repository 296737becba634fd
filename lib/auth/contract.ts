// What the account screens and scripts may know.
import { z } from 'zod'

/** next-auth's token against requests from other sites; sent along with every sign-in and sign-out. */
export const CsrfToken = z.object({ csrfToken: z.string() })

/** An org in which a person has an account. */
export const OwnOrg = z.object({
  orgId: z.string(),
  name: z.string(),
  kind: z.enum(['okta', 'simulated', 'imported']),
  isCurrent: z.boolean().describe('The one that this session or key is bound to'),
})
export type OwnOrg = z.infer<typeof OwnOrg>

/** Which of the own orgs to go on in. */
export const OrgChoice = z.object({ orgId: z.string().min(1).max(200) })
