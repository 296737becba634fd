// The org behind the server: its log, its records, who may read them, what goes wrong, what was counted.
import { completeEvent } from '../core/complete-event'
import { makeCompany, type Company } from '../core/company'
import { orderedCase } from '../core/plan-flagged'
import { Random, seedOf } from '../core/random'
import { Timeline } from '../core/timeline'
import { writeEvent } from '../core/write-event'
import type { JsonObject, SimulatorStats } from '../model'
import { DirectoryEndpoints } from './directory-endpoints'
import { EventLog } from './event-log'
import { Faults } from './faults'
import { RateLimits } from './rate-limits'
import { TokenEndpoint, type OAuthClient } from './token-endpoint'

export interface SimulatedOrgOptions {
  seed: number
  epoch: Date
  people: number
  historyDays: number
  isLive: boolean
  apiToken?: string
  rateLimitPerMinute: number
  principalSharePercent: number
  links: 'combined' | 'split'
  oauth: { clients: OAuthClient[]; tokenLifetimeSeconds?: number }
  clock: () => Date
}

const FULL_TOKEN_LENGTH = 42
const OAUTH_LIFETIME_SECONDS = 3600

export class SimulatedOrg {
  readonly company: Company
  readonly timeline: Timeline
  readonly log: EventLog
  readonly directory: DirectoryEndpoints
  readonly tokenEndpoint: TokenEndpoint
  readonly limits: RateLimits
  readonly faults = new Faults()
  readonly apiToken: string
  links: 'combined' | 'split'
  private completed = 0
  readonly stats: SimulatorStats = {
    requests: 0,
    requestsByPath: {},
    statuses: {},
    eventsServed: 0,
    faultsStruck: 0,
    published: 0,
  }

  constructor(readonly options: SimulatedOrgOptions) {
    const { seed, people, historyDays, isLive } = options
    this.company = makeCompany(seed, people)
    this.timeline = new Timeline(this.company, { epoch: this.epoch, historyDays, isLive })
    this.log = new EventLog(this.timeline)
    this.directory = new DirectoryEndpoints(this.company, this.epoch)
    this.tokenEndpoint = new TokenEndpoint(
      options.oauth.clients,
      options.oauth.tokenLifetimeSeconds ?? OAUTH_LIFETIME_SECONDS,
    )
    this.limits = new RateLimits(options.rateLimitPerMinute, options.principalSharePercent)
    // An SSWS token as Okta makes them begins with 00; this one is a function of the seed, so a restart keeps it.
    this.apiToken = options.apiToken ?? new Random(seedOf(seed, 'api token')).id('00', FULL_TOKEN_LENGTH)
    this.links = options.links
  }

  /** Ms since 1970. */
  get epoch(): number {
    return this.options.epoch.getTime()
  }

  /** The org's instant, ms since 1970: what is on record and what the feeds say depend on it. */
  now(): number {
    return this.options.clock().getTime()
  }

  /**
   * Puts events on record now. Objects are completed to whole events, text is taken as it is, valid or not.
   * Returns them as they will be delivered.
   */
  publish(events: readonly (JsonObject | string)[]): (JsonObject | string)[] {
    const now = this.now()
    return this.deliver(events.map((event) => (typeof event === 'string' ? event : this.complete(event, now))))
  }

  /** Puts a case on record now that must raise a signal of the severity: a stranger's session, or a token in strange hands. */
  publishFlagged(severity: 'medium' | 'high'): JsonObject[] {
    const now = this.now()
    const seed = seedOf(this.company.seed, 'ordered', this.stats.published, now)
    return this.deliver(orderedCase(this.company, severity, now, seed).map(writeEvent))
  }

  private deliver<T extends JsonObject | string>(events: T[]): T[] {
    const now = this.now()
    this.stats.published += events.length
    this.log.publish(
      events.map((event) => ({
        published: instantOf(event) ?? now,
        persisted: now,
        text: typeof event === 'string' ? event : JSON.stringify(event),
      })),
    )
    return events
  }

  private complete(event: JsonObject, now: number): JsonObject {
    const seed = seedOf(this.company.seed, 'published', this.completed++, now)
    return completeEvent(this.company, event, now, seed)
  }
}

function instantOf(event: JsonObject | string): number | null {
  if (typeof event === 'string') return null
  const instant = Date.parse(String(event.published))
  return Number.isNaN(instant) ? null : instant
}
