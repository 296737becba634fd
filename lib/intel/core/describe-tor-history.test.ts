import { describe, expect, it } from 'vitest'
import { describeTorHistory, type TorKnowledge } from './describe-tor-history'

const day = (text: string) => new Date(`${text}T12:00:00Z`)
const describeIt = (known: Partial<TorKnowledge>) =>
  describeTorHistory({ intervals: [], readSince: day('2026-08-01'), onionoo: { status: 'not_asked' }, ...known })

describe('describeTorHistory', () => {
  it('says since when and when before, newest first', () => {
    const intervals = [
      { feedName: 'Tor exits', from: day('2026-09-08'), to: day('2026-09-19') },
      { feedName: 'Tor exits', from: day('2026-11-03'), to: null },
    ]
    expect(describeIt({ intervals })).toEqual({
      result: 'found',
      summary: 'Tor, since 3 Nov 2026',
      facts: [
        { label: 'Tor exits', value: '3 Nov 2026 – now' },
        { label: 'Tor exits', value: '8 Sep 2026 – 19 Sep 2026' },
      ],
    })
    expect(describeIt({ intervals: intervals.slice(0, 1) }).summary).toBe('Tor from 8 Sep 2026 to 19 Sep 2026')
  })

  it('says how far back a "no" reaches', () => {
    expect(describeIt({})).toMatchObject({ result: 'not_found', summary: 'Not listed since 1 Aug 2026' })
    expect(describeIt({ readSince: null }).summary).toBe('No feed of Tor addresses is read')
  })

  it('adds what Onionoo says, or why it says nothing', () => {
    const relay = {
      nickname: 'ExampleRelay',
      isExit: true,
      isRunning: true,
      firstSeen: '2025-01-02 03:00:00',
      lastSeen: '2026-11-22 07:00:00',
    }
    expect(describeIt({ onionoo: { status: 'relays', relays: [relay] } })).toEqual({
      result: 'found',
      summary: 'On no list, but Onionoo knows it: exit relay ExampleRelay, first seen 2 Jan 2025, running',
      facts: [{ label: 'Onionoo', value: 'exit relay ExampleRelay, first seen 2 Jan 2025, running' }],
    })
    const gone = { ...relay, nickname: null, isExit: false, isRunning: false, firstSeen: null }
    expect(describeIt({ onionoo: { status: 'relays', relays: [gone] } }).facts[0]!.value).toBe(
      'relay without a name, last seen 22 Nov 2026',
    )
    expect(describeIt({ onionoo: { status: 'relays', relays: [] } }).facts[0]!.value).toMatch(/No relay/)
    expect(describeIt({ onionoo: { status: 'failed', message: 'example.org refuses connections.' } })).toMatchObject({
      result: 'not_found',
      facts: [{ label: 'Onionoo', value: 'example.org refuses connections.' }],
    })
  })
})
