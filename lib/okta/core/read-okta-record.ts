// What the runbook keeps of Okta's answers about tokens and users. What is no text of sensible length is taken for missing.
import type {
  ApiTokenRecord,
  FactorRecord,
  OktaRecord,
  OktaRecordContent,
  OktaRecordKind,
  RoleRecord,
  UserRecord,
} from '../model'
import { parseInstant } from './parse-instant'

const MAX_TEXT = 512
const MAX_ITEMS = 200
const MINUTE_MS = 60_000
/** An answer is good for so long. */
const FRESH_MS = 10 * MINUTE_MS
/** A question that failed may be asked again sooner. */
const RETRY_MS = MINUTE_MS

const UNSTORABLE = /[\0\p{Surrogate}]/gu

type Json = Record<string, unknown>

/** The content of an answer; null when it is something else than what was asked for. Lists are those of all pages. */
export function readOktaRecord<Kind extends OktaRecordKind>(
  kind: Kind,
  value: unknown,
): OktaRecordContent[Kind] | null {
  return READERS[kind](value) as OktaRecordContent[Kind] | null
}

const READERS: { [Kind in OktaRecordKind]: (value: unknown) => OktaRecordContent[Kind] | null } = {
  api_token: readToken,
  user: readUser,
  user_roles: (value) => readList(value, readRole),
  user_factors: (value) => readList(value, readFactor),
}

/** Whether Okta should be asked again before anything is concluded from a record. */
export function isStale({ askedAt, result }: Pick<OktaRecord, 'askedAt' | 'result'>, now: Date): boolean {
  return now.getTime() - askedAt.getTime() > (result === 'failed' ? RETRY_MS : FRESH_MS)
}

function readToken(value: unknown): ApiTokenRecord | null {
  const token = asObject(value)
  if (text(token.id) === null) return null
  const network = asObject(token.network)
  const connection = text(network.connection)
  return {
    name: text(token.name),
    userId: text(token.userId),
    clientName: text(token.clientName),
    created: instant(token.created),
    lastUpdated: instant(token.lastUpdated),
    expiresAt: instant(token.expiresAt),
    network:
      connection === null ? null : { connection, include: texts(network.include), exclude: texts(network.exclude) },
  }
}

function readUser(value: unknown): UserRecord | null {
  const user = asObject(value)
  const status = text(user.status)
  if (text(user.id) === null || status === null) return null
  const profile = asObject(user.profile)
  const name = [text(profile.firstName), text(profile.lastName)].filter((part) => part !== null).join(' ')
  return {
    status,
    login: text(profile.login),
    name: name === '' ? null : name,
    department: text(profile.department),
    created: instant(user.created),
    lastLogin: instant(user.lastLogin),
    passwordChanged: instant(user.passwordChanged),
  }
}

function readRole(value: unknown): RoleRecord | null {
  const role = asObject(value)
  const type = text(role.type)
  return type === null || role.status === 'INACTIVE' ? null : { type, label: text(role.label) ?? type }
}

function readFactor(value: unknown): FactorRecord | null {
  const factor = asObject(value)
  const [id, factorType] = [text(factor.id), text(factor.factorType)]
  if (id === null || factorType === null) return null
  return {
    id,
    factorType,
    provider: text(factor.provider) ?? '',
    status: text(factor.status) ?? '',
    created: instant(factor.created),
  }
}

function readList<Item>(value: unknown, read: (item: unknown) => Item | null): Item[] | null {
  if (!Array.isArray(value)) return null
  return value.slice(0, MAX_ITEMS).flatMap((item) => read(item) ?? [])
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

/** Without what PostgreSQL cannot hold in JSON: NUL and lone surrogates. */
function text(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null
  return value.slice(0, MAX_TEXT).replace(UNSTORABLE, '\ufffd')
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.slice(0, MAX_ITEMS).flatMap((item) => text(item) ?? []) : []
}

function instant(value: unknown): string | null {
  const at = typeof value === 'string' ? parseInstant(value) : null
  return at === null ? null : new Date(at).toISOString()
}
