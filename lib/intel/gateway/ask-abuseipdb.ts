// AbuseIPDB: what people reported about an address (API v2, `check`).
import { z } from 'zod'
import { describeDay } from '../core/describe-day'
import { askJson, concluded, count, factsOf, flag, readAs, text, type AskConfig, type AskOutcome } from './ask-json'

const Check = z.object({
  data: z.object({
    abuseConfidenceScore: z.number(),
    totalReports: count,
    numDistinctUsers: count,
    lastReportedAt: text,
    usageType: text,
    isp: text,
    domain: text,
    countryCode: text,
    isTor: flag,
    isWhitelisted: flag,
  }),
})

/** Reports of the last 90 days. An address that nobody reported is an answer too, with score 0. */
export async function askAbuseipdb(ip: string, config: AskConfig): Promise<AskOutcome> {
  const query = new URLSearchParams({ ipAddress: ip, maxAgeInDays: '90' })
  const credentials = config.key === null ? null : ({ kind: 'header', name: 'Key', value: config.key } as const)
  const outcome = await askJson(`/check?${query}`, config, credentials)
  if (outcome.status === 'failed') return outcome.outcome
  const read = readAs(Check, outcome.value)
  if (read.status === 'failed') return read.outcome
  const { data } = read.data
  const reports = data.totalReports ?? 0
  const last = describeDay(data.lastReportedAt)
  const summary =
    reports === 0
      ? `Score ${data.abuseConfidenceScore}, nobody reported it`
      : `Score ${data.abuseConfidenceScore}, ${reports} ${reports === 1 ? 'report' : 'reports'}${last ? `, last ${last}` : ''}`
  const facts = factsOf({
    Score: `${data.abuseConfidenceScore} of 100`,
    Reports: data.totalReports,
    Reporters: data.numDistinctUsers,
    'Last report': last,
    Usage: data.usageType,
    Provider: data.isp,
    Domain: data.domain,
    Country: data.countryCode,
    Tor: data.isTor ? 'yes' : null,
    'Allow-listed': data.isWhitelisted ? 'yes' : null,
  })
  const isKnown = reports > 0 || data.abuseConfidenceScore > 0
  return concluded({ result: isKnown ? 'found' : 'not_found', summary, facts })
}
