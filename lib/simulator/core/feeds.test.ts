import { describe, expect, it } from 'vitest'
import { feedContent, FEEDS, type FeedPath } from './feeds'
import { PERSONAL_VPN_EXITS } from './networks'
import { LISTED_LATER_MINUTES, SCENARIO_IPS } from './scenario'
import { DAY, HOUR, MINUTE } from './time-zones'

const EPOCH = Date.parse('2026-08-05T09:13:21.456Z')
const at = (path: FeedPath, instant: number) => feedContent(1, EPOCH, path, instant)
const linesOf = (body: string) => body.trim().split('\n')

describe('feeds', () => {
  it('are registered benign first', () => {
    expect(FEEDS.map((feed) => feed.category)).toEqual(['benign', 'tor', 'malicious', 'vpn'])
  })

  it('list documentation addresses only', () => {
    for (const { path } of FEEDS) {
      const entries = linesOf(at(path, EPOCH).body).filter((line) => /^[\d:a-f.]+[:.]/.test(line))
      expect(entries.length).toBeGreaterThan(1)
      expect(entries.filter((entry) => !/^(192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:)/.test(entry))).toEqual(
        [],
      )
    }
  })

  it('say the same as long as their date of change is the same', () => {
    for (const { path } of FEEDS) {
      const byDate = new Map<number, string>()
      for (let instant = EPOCH - HOUR; instant < EPOCH + DAY; instant += 2 * MINUTE) {
        const { body, changedAt } = at(path, instant)
        expect(changedAt).toBeLessThanOrEqual(instant)
        expect(byDate.get(changedAt) ?? body).toBe(body)
        byDate.set(changedAt, body)
      }
    }
  })

  it('name the address of S5 some minutes after the epoch and not before', () => {
    const listedAt = EPOCH + LISTED_LATER_MINUTES * MINUTE
    expect(at('/feeds/malicious.netset', listedAt - 2000).body).not.toContain(SCENARIO_IPS.listedLater)
    expect(at('/feeds/malicious.netset', listedAt).body).toContain(`\n${SCENARIO_IPS.listedLater}\n`)
  })

  it('change the relays by one every hour', () => {
    const before = new Set(linesOf(at('/feeds/tor-exits.txt', EPOCH + HOUR).body))
    const after = linesOf(at('/feeds/tor-exits.txt', EPOCH + 2 * HOUR).body)
    expect(after.filter((relay) => !before.has(relay)).length).toBeLessThanOrEqual(1)
  })

  it('give personal VPN exits as suspicious, not malicious', () => {
    const rows = linesOf(at('/feeds/vpn-and-hosting.csv', EPOCH).body)
    expect(rows[0]).toBe('address,category,intent,confidence,source')
    for (const exit of PERSONAL_VPN_EXITS) {
      expect(rows.filter((row) => row.startsWith(`${exit},`))).toEqual([`${exit},vpn,suspicious,90,example-vpn-one`])
      expect(at('/feeds/malicious.netset', EPOCH).body).not.toContain(`\n${exit}\n`)
    }
  })
})
