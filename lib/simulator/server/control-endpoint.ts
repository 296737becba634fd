// /_control: what only tests and demos may do. Wants JSON, which keeps web pages of other origins out.
import type { JsonObject } from '../model'
import { json, type Answer } from './answer'
import { controlError, readFaults } from './faults'
import type { SimulatedOrg } from './simulated-org'

/**
 * - `GET /_control/stats` counters, active faults, the org's instant
 * - `GET /_control/scenarios` the nine scenarios with their answers
 * - `POST /_control` `{ faults?, clear?, links?, rateLimitPerMinute?, expireTokens? }`; `clear` comes first
 * - `POST /_control/publish` `{ events: [event | text] }` or `{ flagged: 'medium' | 'high' }`; answers `{ events }`
 */
export function answerControl(org: SimulatedOrg, method: string, path: string, body: string): Answer {
  if (method === 'GET' && path === '/_control/stats') return json(statsOf(org))
  if (method === 'GET' && path === '/_control/scenarios') return json(scenariosOf(org))
  if (method !== 'POST') return json({ error: 'POST JSON to /_control or /_control/publish' }, 405)
  const value = parseObject(body)
  if (!value) return controlError('A JSON object is wanted')
  if (path === '/_control/publish') return publish(org, value)
  if (path === '/_control') return change(org, value)
  return json({ error: 'No such control' }, 404)
}

function statsOf(org: SimulatedOrg): unknown {
  const now = new Date(org.now()).toISOString()
  return {
    ...org.stats,
    faultsStruck: org.faults.struck,
    faults: org.faults.list(),
    now,
    epoch: org.options.epoch.toISOString(),
  }
}

function scenariosOf(org: SimulatedOrg): unknown {
  return {
    scenarios: org.timeline.scenarios.map(({ events, ...scenario }) => ({ ...scenario, eventCount: events.length })),
    expectedSignals: org.timeline.expectedSignals(org.now()),
  }
}

function publish(org: SimulatedOrg, value: Record<string, unknown>): Answer {
  if (value.flagged === 'medium' || value.flagged === 'high') return json({ events: org.publishFlagged(value.flagged) })
  if (!Array.isArray(value.events)) return controlError('events: a list of events (or texts) is wanted')
  return json({ events: org.publish(value.events as (JsonObject | string)[]) })
}

function change(org: SimulatedOrg, value: Record<string, unknown>): Answer {
  if (value.clear === true) org.faults.clear()
  if (value.faults !== undefined) {
    const outcome = readFaults(value.faults)
    if (outcome.status === 'invalid') return controlError(outcome.reason)
    org.faults.add(outcome.faults)
  }
  if (value.links === 'combined' || value.links === 'split') org.links = value.links
  if (typeof value.rateLimitPerMinute === 'number') org.limits.perMinute = value.rateLimitPerMinute
  if (value.expireTokens === true) org.tokenEndpoint.expireTokens()
  return json({ faults: org.faults.list() })
}

function parseObject(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body)
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
