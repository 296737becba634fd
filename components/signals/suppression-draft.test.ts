import { describe, expect, it } from 'vitest'
import type { PreviewSignal, SuppressionOption } from '@/lib/suppressions/contract'
import { allowedDays, defaultOption, previewSummary, suppressionDraft } from './suppression-draft'

const seen = (id: number, patch: Partial<PreviewSignal> = {}): PreviewSignal => ({
  id,
  reference: `SIG-${id}`,
  severity: 'medium',
  ip: '203.0.113.9',
  actorLogin: 'maria.keller@example.com',
  verdict: 'benign_vpn',
  lastSeen: '2026-11-21T08:00:00.000Z',
  isHidden: true,
  why: '',
  ...patch,
})
const option = (patch: Partial<SuppressionOption> = {}): SuppressionOption => ({
  scope: 'user_network',
  label: 'maria.keller from AS64507 ExampleVPN',
  range: null,
  tokenId: null,
  isAllowed: true,
  reason: null,
  maxDays: 90,
  hidden: 0,
  hiddenHigh: 0,
  signals: [],
  total: 0,
  ...patch,
})

describe('defaultOption', () => {
  it('takes the default of the API, else the first that is allowed, else none', () => {
    const network = option()
    const address = option({ scope: 'user_ip' })
    expect(defaultOption([address, network], 'user_network')).toBe(network)
    expect(defaultOption([option({ isAllowed: false }), address], 'user_network')).toBe(address)
    expect(defaultOption([option({ isAllowed: false })], 'user_network')).toBeNull()
  })
})

describe('suppressionDraft', () => {
  const chosen = { reason: 'privacy_tool', note: ' seen ', days: 30, range: '203.0.113.0/28' } as const

  it('names a block only for one address, and a token only for a token', () => {
    expect(suppressionDraft(option(), chosen)).toEqual({
      scope: 'user_network',
      reason: 'privacy_tool',
      days: 30,
      note: 'seen',
    })
    expect(suppressionDraft(option({ scope: 'user_ip' }), chosen)).toMatchObject({ range: '203.0.113.0/28' })
    expect(suppressionDraft(option({ scope: 'token', tokenId: '00T1' }), chosen)).toMatchObject({ tokenId: '00T1' })
  })
})

describe('allowedDays', () => {
  it.each([
    ['30', 30],
    ['90', 90],
    ['91', null],
    ['0', null],
    ['1.5', null],
    ['', null],
    ['soon', null],
  ])('%s is %s', (text, days) => {
    expect(allowedDays(text, option())).toBe(days)
  })

  it('keeps to the shorter limit of tokens', () => {
    expect(allowedDays('31', option({ maxDays: 30 }))).toBeNull()
  })
})

describe('previewSummary', () => {
  it('says that nothing would have been hidden', () => {
    expect(previewSummary(option(), 30).sentence).toBe('Would have hidden nothing in the last 30 days.')
  })

  it('counts by severity and says so where all were closed benign', () => {
    const signals = [seen(1), seen(2, { verdict: 'benign_expected' }), seen(3, { isHidden: false, severity: 'high' })]
    expect(previewSummary(option({ hidden: 2, signals, total: 3 }), 30)).toEqual({
      sentence: 'Would have hidden 2 MEDIUM, all closed benign.',
      warning: null,
    })
  })

  it('does not call all of them benign where only a part is listed', () => {
    expect(previewSummary(option({ hidden: 60, signals: [seen(1)], total: 60 }), 30).sentence).toBe(
      'Would have hidden 60 MEDIUM.',
    )
  })

  it('warns of hidden signals that were judged malicious, by name', () => {
    const signals = [seen(1), seen(2, { verdict: 'malicious' })]
    expect(previewSummary(option({ hidden: 2, signals, total: 2 }), 30).warning).toBe(
      'SIG-2 among them was judged malicious or suspicious.',
    )
  })

  it('says how many have no verdict yet', () => {
    const signals = [seen(1), seen(2, { verdict: null })]
    expect(previewSummary(option({ hidden: 2, signals, total: 2 }), 30).sentence).toBe(
      'Would have hidden 2 MEDIUM, 1 of them without a verdict.',
    )
    const open = [seen(1, { verdict: null })]
    expect(previewSummary(option({ hidden: 1, signals: open, total: 1 }), 30).sentence).toBe(
      'Would have hidden 1 MEDIUM, not decided yet.',
    )
  })
})
