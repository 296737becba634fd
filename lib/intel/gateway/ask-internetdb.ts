// Shodan InternetDB: what an address offers to the Internet, from weekly scans.
import { z } from 'zod'
import { askJson, concluded, factsOf, readAs, texts, type AskConfig, type AskOutcome } from './ask-json'

const Host = z.object({ ports: texts, tags: texts, hostnames: texts, vulns: texts, cpes: texts })
const MOST = 10

/** Open ports and tags. 404 means that nothing was open, which is an answer. */
export async function askInternetdb(ip: string, config: AskConfig): Promise<AskOutcome> {
  const outcome = await askJson(`/${ip}`, config, null)
  if (outcome.status === 'failed') return outcome.outcome
  if (outcome.status === 'not_found')
    return concluded({ result: 'not_found', summary: 'Nothing open was seen', facts: [] })
  const read = readAs(Host, outcome.value)
  if (read.status === 'failed') return read.outcome
  const { ports, tags, hostnames, vulns, cpes } = read.data
  const parts = [
    ports?.length ? `${ports.length === 1 ? 'Port' : 'Ports'} ${some(ports)}` : 'No open ports',
    tags?.length ? `${tags.length === 1 ? 'tag' : 'tags'} ${some(tags)}` : null,
    vulns?.length ? `${vulns.length} known ${vulns.length === 1 ? 'vulnerability' : 'vulnerabilities'}` : null,
  ]
  const facts = factsOf({
    Ports: some(ports),
    Tags: some(tags),
    Names: some(hostnames),
    Vulnerabilities: some(vulns),
    Products: some(cpes),
  })
  return concluded({ result: 'found', summary: parts.filter((part) => part !== null).join(' · '), facts })
}

function some(values: readonly string[] | null | undefined): string {
  const listed = (values ?? []).slice(0, MOST).join(', ')
  const more = (values?.length ?? 0) - MOST
  return more > 0 ? `${listed} and ${more} more` : listed
}
