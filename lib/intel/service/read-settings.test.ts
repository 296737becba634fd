import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/kernel/error'
import { ZONES_FEED_ID } from '../model'
import { readSettings, type SettingsInput } from './read-settings'

const feed: SettingsInput = { name: 'Example list', category: 'tor', url: 'https://feeds.example.com/list.txt' }

function mistakesOf(input: Partial<SettingsInput>): Record<string, string> {
  try {
    readSettings({ ...feed, ...input })
    return {}
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return Object.fromEntries(error.issues.map(({ path, message }) => [path, message]))
  }
}

describe('texts', () => {
  it.each(['a\0b', 'a\ud800b', 'a\nb', 'a\u001b[31mb', 'a\u202egnp.exe', 'a\u2066b'])(
    'that control or reorder what is shown are refused: %j',
    (text) => {
      expect(mistakesOf({ name: text })).toEqual({ name: expect.stringContaining('one line') })
      expect(mistakesOf({ terms: text })).toEqual({ terms: expect.stringContaining('one line') })
      expect(mistakesOf({ url: `https://feeds.example.com/${text}` })).toHaveProperty('url')
    },
  )

  it('of other scripts, and what looks like markup, are only text', () => {
    const name = 'Tor-رله 出口 1 <script>alert(1)</script>'
    expect(readSettings({ ...feed, name })).toMatchObject({ name, feedId: expect.stringMatching(/^tor-/) })
  })

  it.each([{ categories: { 'a\0': 'tor' } }, { only: { field: ['\ud800'] } }, { paths: { entries: 'a\0' } }] as const)(
    'that cannot be stored are refused in options: %j',
    (options) => {
      expect(mistakesOf({ options: options as unknown as SettingsInput['options'] })).toHaveProperty('options')
    },
  )
})

describe('the id', () => {
  it('of a long name is cut where it stays an id', () => {
    expect(readSettings({ ...feed, name: `${'a'.repeat(59)} bcd` }).feedId).toBe('a'.repeat(59))
  })

  it('that a name does not give is said of the name', () => {
    expect(mistakesOf({ name: 'Список' })).toEqual({ name: expect.stringContaining('letter from a to z') })
  })
})

describe('zones of the org', () => {
  const zones = { feedId: ZONES_FEED_ID, format: 'okta_zones', category: 'corporate_egress', url: null } as const

  it('are one feed, whose intent may clear and never flags', () => {
    expect(mistakesOf(zones)).toEqual({})
    expect(mistakesOf({ ...zones, intent: 'benign' })).toEqual({})
    expect(mistakesOf({ ...zones, intent: 'malicious' })).toHaveProperty('intent')
    expect(mistakesOf({ ...zones, category: 'vpn' })).toHaveProperty('intent')
    expect(mistakesOf({ ...zones, url: feed.url })).toHaveProperty('url')
  })

  it('are no feed of a person, and their name is kept for them', () => {
    expect(mistakesOf({ format: 'okta_zones', url: null })).toHaveProperty('format')
    expect(mistakesOf({ name: 'Okta network zones' })).toHaveProperty('format')
    expect(mistakesOf({ ...zones, format: 'list' })).toHaveProperty('format')
  })
})
