// The read endpoints beside the log, and the two that end things: sessions of a user, an API token.
import {
  factorRecords,
  isHidden,
  roleRecords,
  tokenRecords,
  userRecordNow,
  userRecords,
  zoneRecords,
} from '../core/directory'
import type { Company } from '../core/company'
import type { JsonObject } from '../model'
import { json, NO_CONTENT, oktaError, type Answer } from './answer'

export interface DirectoryRequest {
  method: string
  url: URL
  /** Ms since 1970. */
  now: number
  principal: string
}

const LARGEST_PAGE = 200

export class DirectoryEndpoints {
  private readonly users: JsonObject[]
  private readonly revokedTokens = new Set<string>()

  constructor(
    private readonly company: Company,
    private readonly epoch: number,
  ) {
    this.users = userRecords(company, epoch)
  }

  /** Scope that a request needs, or null when there is no such endpoint. */
  scopeOf(method: string, path: string): string | null {
    const [collection, , part] = path.slice('/api/v1/'.length).split('/')
    const access = method === 'GET' ? 'read' : 'manage'
    if (collection === 'api-tokens') return `okta.apiTokens.${access}`
    if (collection === 'users') return part === 'roles' ? 'okta.roles.read' : `okta.users.${access}`
    if (collection === 'zones') return 'okta.networkZones.read'
    if (collection === 'principal-rate-limits') return 'okta.principalRateLimits.read'
    return null
  }

  answer(request: DirectoryRequest): Answer {
    const [collection, id, part] = request.url.pathname.slice('/api/v1/'.length).split('/')
    if (collection === 'api-tokens') return this.tokens(request, id)
    if (collection === 'users') return id === undefined ? this.listUsers(request) : this.user(request, id, part)
    if (request.method !== 'GET') return oktaError('E0000022')
    const records = collection === 'zones' ? zoneRecords(this.company, this.epoch) : this.principals(request.principal)
    return id === undefined ? page(records, request.url) : one(records, id)
  }

  private tokens(request: DirectoryRequest, id: string | undefined): Answer {
    const all = tokenRecords(this.company, this.epoch, request.now)
    const records = all.filter((record) => !this.revokedTokens.has(String(record.id)))
    if (request.method === 'GET') return id === undefined ? page(records, request.url) : one(records, id)
    if (request.method !== 'DELETE' || id === undefined) return oktaError('E0000022')
    if (!records.some((record) => record.id === id)) return oktaError('E0000007')
    this.revokedTokens.add(id)
    return NO_CONTENT
  }

  private listUsers(request: DirectoryRequest): Answer {
    if (request.method !== 'GET') return oktaError('E0000022')
    const q = request.url.searchParams.get('q')?.toLowerCase()
    const records = this.users.filter((user) => !isHidden(this.company, String(user.id)))
    return page(
      q ? records.filter((user) => JSON.stringify(user.profile).toLowerCase().includes(q)) : records,
      request.url,
    )
  }

  private user(request: DirectoryRequest, idOrLogin: string, part: string | undefined): Answer {
    const wanted = decodeURIComponent(idOrLogin)
    const user = this.users.find(
      (candidate) => candidate.id === wanted || (candidate.profile as JsonObject).login === wanted,
    )
    if (!user) return oktaError('E0000007')
    const id = String(user.id)
    if (isHidden(this.company, id)) return oktaError('E0000006')
    if (request.method === 'DELETE' && part === 'sessions') return NO_CONTENT
    if (request.method !== 'GET') return oktaError('E0000022')
    if (part === undefined) return json(userRecordNow(this.company, user, this.epoch))
    if (part === 'roles') return json(roleRecords(this.company, id))
    if (part === 'factors') return json(factorRecords(this.company, id, this.epoch))
    return oktaError('E0000007')
  }

  private principals(principal: string): JsonObject[] {
    return [
      {
        id: 'fky0000000000000self',
        orgId: this.company.orgId,
        principalId: principal,
        principalType: principal === 'ssws' ? 'SSWS_TOKEN' : 'OAUTH_CLIENT',
        defaultPercentage: 50,
        defaultConcurrencyPercentage: 75,
      },
    ]
  }
}

function one(records: JsonObject[], id: string): Answer {
  const record = records.find((candidate) => candidate.id === id)
  return record ? json(record) : oktaError('E0000007')
}

/** Pages by `limit` and `after`; the last page has no `next` link. */
function page(records: JsonObject[], url: URL): Answer {
  const limit = Math.min(Number(url.searchParams.get('limit') ?? LARGEST_PAGE) || LARGEST_PAGE, LARGEST_PAGE)
  const after = url.searchParams.get('after')
  const begin = after === null ? 0 : records.findIndex((record) => record.id === after) + 1
  const shown = records.slice(begin, begin + limit)
  const links = [`<${url.toString()}>; rel="self"`]
  if (begin + limit < records.length) {
    const next = new URL(url)
    next.searchParams.set('after', String(shown.at(-1)!.id))
    links.push(`<${next.toString()}>; rel="next"`)
  }
  return json(shown, 200, { link: links.join(', ') })
}
