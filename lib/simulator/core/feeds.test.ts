import { describe, expect, it } from 'vitest'
import { feedContent, FEEDS, type FeedPath } from './feeds'
import { PERSONAL_VPN_EXITS } from './networks'
import { LISTED_LATER_MINUTES, SCENARIO_IPS } from './scenario'
import type { FeedFault } from '../model'
import { spoilFeed } from './spoil-feed'
import { DAY, HOUR, MINUTE } from './time-zones'

const EPOCH = Date.parse('2026-08-05T09:13:21.456Z')
const at = (path: FeedPath, instant: number) => feedContent(1, EPOCH, path, instant)
const linesOf = (body: string) => body.trim().split('\n')
/** Lines that begin with an address, or the addresses of a bundle. */
const entriesOf = (body: string) =>
  body.startsWith('{')
    ? [...body.matchAll(/addr:value (?:=|ISSUBSET) '([^']+)'/g)].map(([, address]) => address!)
    : linesOf(body).filter((line) => /^[\d:a-f.]+[:.]/.test(line))

describe('feeds', () => {
  it('are registered benign first', () => {
    expect(FEEDS.map((feed) => feed.category)).toEqual(['corporate_egress', 'tor', 'malicious', 'vpn', 'brute_force'])
  })

  it('list documentation addresses only', () => {
    for (const { path } of FEEDS) {
      const entries = entriesOf(at(path, EPOCH).body)
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

  it('are large enough in one format to be held when they shrink', () => {
    expect(entriesOf(at('/feeds/brute-force.stix.json', EPOCH).body).length).toBeGreaterThan(50)
  })
})

describe('spoiled feeds', () => {
  const spoiled = (kind: FeedFault, path: FeedPath) => spoilFeed(kind, at(path, EPOCH)).body

  it.each(FEEDS.map(({ path }) => path))('keep their format: %s', (path) => {
    const whole = entriesOf(at(path, EPOCH).body)
    const count = (kind: FeedFault) => entriesOf(spoiled(kind, path)).length
    expect(count('feed_empty')).toBe(0)
    expect(count('feed_shrink')).toBeLessThanOrEqual(whole.length / 2)
    expect(count('feed_grow')).toBeGreaterThan(whole.length * 10)
    expect(spoiled('feed_bogon', path)).toContain('192.168.17.4')
    expect(entriesOf(spoiled('feed_bogon', path))).toEqual(expect.arrayContaining(whole))
    expect(spoiled('feed_html', path)).toMatch(/^<!DOCTYPE html>/)
  })
})
