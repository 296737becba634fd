import { describe, expect, it } from 'vitest'
import { layoutAccountLinks, linkWidth } from './link-layout'

const links = [
  { ip: '198.51.100.7', actorId: 'b', successes: 9, failures: 2 },
  { ip: '203.0.113.20', actorId: 'a', successes: 6000, failures: 0 },
  { ip: '198.51.100.7', actorId: 'a', successes: 259, failures: 0 },
  { ip: '198.51.100.7', actorId: 'gone', successes: 1, failures: 0 },
]
const input = { addresses: ['198.51.100.7', '203.0.113.20'], accounts: ['a', 'b'], links, signalIp: '198.51.100.7' }

describe('layoutAccountLinks', () => {
  it('walks from top to bottom and leaves out lines without an end', () => {
    const { links: placed, height } = layoutAccountLinks(input, 32)
    expect(placed.map(({ ip, actorId, kind }) => `${actorId} ${ip} ${kind}`)).toEqual([
      'a 198.51.100.7 successes',
      'a 203.0.113.20 successes',
      'b 198.51.100.7 successes',
      'b 198.51.100.7 failures',
    ])
    expect(height).toBe(88)
    expect(placed.filter(({ isOfSignal }) => isOfSignal)).toHaveLength(3)
  })

  it('is the same whatever order the lines come in', () => {
    expect(layoutAccountLinks({ ...input, links: links.toReversed() }, 32)).toEqual(layoutAccountLinks(input, 32))
  })

  it('keeps a line between thin and thick', () => {
    expect(linkWidth(1)).toBe(1.4)
    expect(linkWidth(200_000)).toBe(8)
    expect(linkWidth(60)).toBeGreaterThan(linkWidth(9))
  })
})
