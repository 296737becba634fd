// What the account screens and scripts may know.
import { z } from 'zod'

/** next-auth's token against requests from other sites; sent along with every sign-in and sign-out. */
export const CsrfToken = z.object({ csrfToken: z.string() })
