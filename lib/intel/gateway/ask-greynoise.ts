// GreyNoise Community: whether an address scans the Internet, or belongs to a common business service (API v3).
import { z } from 'zod'
import { describeDay } from '../core/describe-day'
import { askJson, concluded, factsOf, flag, readAs, text, type AskConfig, type AskOutcome } from './ask-json'

const Community = z.object({
  noise: flag,
  /** Common business services. */
  riot: flag,
  classification: text,
  name: text,
  last_seen: text,
  message: text,
})

/** Scans of the last 90 days. 404 means that they never saw it, which is an answer. */
export async function askGreynoise(ip: string, config: AskConfig): Promise<AskOutcome> {
  const credentials = config.key === null ? null : ({ kind: 'header', name: 'key', value: config.key } as const)
  const outcome = await askJson(`/${ip}`, config, credentials)
  if (outcome.status === 'failed') return outcome.outcome
  const read = readAs(Community, outcome.value)
  if (read.status === 'failed') return read.outcome
  const { noise, riot, classification, name, last_seen: lastSeen } = read.data
  if (outcome.status === 'not_found' || (!noise && !riot))
    return concluded({ result: 'not_found', summary: 'Not seen scanning the Internet', facts: [] })
  const kind = riot ? 'Common business service' : 'Noise'
  const last = describeDay(lastSeen)
  const summary = [kind, classification, last && `last ${last}`].filter(Boolean).join(', ')
  const facts = factsOf({
    Kind: kind,
    Classification: classification,
    Name: name?.toLowerCase() === 'unknown' ? null : name,
    'Last seen': last,
  })
  return concluded({ result: 'found', summary, facts })
}
