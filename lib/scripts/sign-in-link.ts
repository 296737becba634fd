// npm run -s sign-in-link -- --email ADDRESS: a one-time link for a new person, or for one who forgot the password. Prints the link
// alone on standard output.
import { parseArgs } from 'node:util'
import { createSignInLink } from '@/lib/auth/service/create-sign-in-link'
import { sql } from '@/lib/db/database'
import { openDatabase } from '@/lib/db/open-database'
import { commandActor, ROLES } from '@/lib/kernel/actor'
import { now } from '@/lib/kernel/clock'
import { env } from '@/lib/kernel/env'
import { AppError } from '@/lib/kernel/error'
import { chooseOrg } from '@/lib/okta/service/choose-org'
import { runCommand } from './run-script'

const USAGE = `Usage: npm run -s sign-in-link -- --email ADDRESS [--role ${ROLES.join('|')}] [--name NAME] [--org ORG]
  --role   of a new person (default: viewer), or the new role of one who exists`

await runCommand(USAGE, async () => {
  const { values } = parseArgs({
    options: {
      email: { type: 'string' },
      role: { type: 'string' },
      name: { type: 'string' },
      org: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return USAGE
  const { email, name } = values
  const role = ROLES.find((known) => known === values.role)
  if (email === undefined || (values.role !== undefined && role === undefined))
    throw new AppError('invalid_input', USAGE)
  const database = await openDatabase()
  try {
    const { orgId } = await chooseOrg(sql(), values.org)
    const link = await createSignInLink(
      { actor: commandActor(orgId, 'sign-in-link'), input: { email, role, name } },
      now(),
    )
    const who = `${link.isNewUser ? 'New' : 'Existing'} ${link.role} ${link.email}`
    process.stderr.write(`${who}; works once, until ${link.expiresAt.toISOString()}:\n`)
    const { SALLYPORT_URL, PORT } = env()
    return new URL(`/welcome?token=${link.token}`, SALLYPORT_URL ?? `http://localhost:${PORT}`).href
  } finally {
    await database.close()
  }
})
