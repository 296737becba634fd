// What becomes of a feed on a bad day: the same list with most of it gone, far too much in it, private addresses, nothing, or a web page instead.
import type { FeedFault } from '../model'
import type { FeedContent } from './feeds'

/** More than any feed here lists by ten. */
const GROWN_BY = 1500

/** The content as the fault leaves it, in the format that the feed has. */
export function spoilFeed(kind: FeedFault, content: FeedContent): FeedContent {
  if (kind === 'feed_html') {
    const body =
      '<!DOCTYPE html><html><head><title>Please sign in</title></head><body><h1>Please sign in</h1></body></html>'
    return { ...content, body, contentType: 'text/html' }
  }
  return {
    ...content,
    body: content.body.startsWith('{') ? spoilBundle(kind, content.body) : spoilLines(kind, content.body),
  }
}

type ListFault = Exclude<FeedFault, 'feed_html'>

function spoilLines(kind: ListFault, body: string): string {
  const lines = body.trimEnd().split('\n')
  const isHeader = (line: string) => line.startsWith('#') || line.startsWith('address,')
  const headers = lines.filter(isHeader)
  const entries = lines.filter((line) => !isHeader(line))
  return [...headers, ...spoil(kind, entries, (address) => address)].join('\n') + '\n'
}

interface Bundle {
  objects: object[]
}

function spoilBundle(kind: ListFault, body: string): string {
  const bundle = JSON.parse(body) as Bundle
  const [pattern] = bundle.objects
  const objects = spoil(kind, bundle.objects, (address, number) => {
    const type = address.includes(':') ? 'ipv6-addr' : 'ipv4-addr'
    const id = `indicator--00000000-0000-4000-a000-${number.toString(16).padStart(12, '0')}`
    return { ...pattern, id, pattern: `[${type}:value = '${address}']` }
  })
  return JSON.stringify({ ...bundle, objects })
}

function spoil<Entry>(kind: ListFault, entries: Entry[], write: (address: string, number: number) => Entry): Entry[] {
  switch (kind) {
    case 'feed_empty':
      return []
    case 'feed_shrink':
      return entries.slice(0, Math.ceil(entries.length / 10))
    case 'feed_grow':
      return [...entries, ...Array.from({ length: GROWN_BY }, (_, n) => write(`2001:db8:9999:${n.toString(16)}::1`, n))]
    case 'feed_bogon':
      return [...entries, ...['10.0.0.0/8', '192.168.17.4', '100.64.0.0/10', 'fd00::1'].map(write)]
  }
}
