// npm run -s api-key -- create|list|revoke: keys with which scripts call the API. `create` prints the key, and nothing else, on
// standard output; it cannot be shown again.
import { parseArgs } from 'node:util'
import { createApiKey } from '@/lib/auth/service/create-api-key'
import { listApiKeys } from '@/lib/auth/service/list-api-keys'
import { revokeApiKey } from '@/lib/auth/service/revoke-api-key'
import { sql } from '@/lib/db/database'
import { openDatabase } from '@/lib/db/open-database'
import { commandActor, ROLES, type Role, type SystemActor } from '@/lib/kernel/actor'
import { now } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'
import { chooseOrg } from '@/lib/okta/service/choose-org'
import { runCommand } from './run-script'

const USAGE = `Usage: npm run -s api-key -- create --name NAME --role ${ROLES.join('|')} [--org ORG]
       npm run -s api-key -- list [--org ORG]
       npm run -s api-key -- revoke KEY [--org ORG]     KEY: its id, name or first characters`

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      role: { type: 'string' },
      org: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [verb, key] = positionals
  if (values.help || !verb) return USAGE
  const run = commandOf(verb, { name: values.name, role: values.role, key })
  const database = await openDatabase()
  try {
    const { orgId } = await chooseOrg(sql(), values.org)
    return await run(commandActor(orgId, 'api-key'))
  } finally {
    await database.close()
  }
})

/** Checks the arguments before a database is started for them. */
function commandOf(
  verb: string,
  input: { name?: string; role?: string; key?: string },
): (actor: SystemActor) => Promise<string> {
  const { name, key } = input
  if (verb === 'list') return list
  if (verb === 'revoke' && key !== undefined) return (actor) => revoke(actor, key)
  const role = ROLES.find((known) => known === input.role)
  if (verb === 'create' && name !== undefined && role !== undefined) return (actor) => create(actor, name, role)
  throw new AppError('invalid_input', USAGE)
}

async function create(actor: SystemActor, name: string, role: Role): Promise<string> {
  const { key } = await createApiKey({ actor, input: { name, role } }, now())
  return key
}

async function list(actor: SystemActor): Promise<string> {
  const keys = await listApiKeys({ actor })
  if (keys.length === 0) return `No keys in ${actor.orgId}.`
  const day = (at: Date | null) => at?.toISOString().slice(0, 10) ?? 'never'
  return keys
    .map((key) => {
      const state = key.revokedAt ? `revoked ${day(key.revokedAt)}` : `last used ${day(key.lastUsedAt)}`
      return [
        key.id,
        `${key.hint}…`,
        key.role.padEnd(7),
        `made ${day(key.createdAt)}`,
        state.padEnd(18),
        key.name,
      ].join('  ')
    })
    .join('\n')
}

async function revoke(actor: SystemActor, input: string): Promise<string> {
  const key = await revokeApiKey({ actor, input: { key: input } }, now())
  return `Revoked ${key.name} (${key.hint}…).`
}
