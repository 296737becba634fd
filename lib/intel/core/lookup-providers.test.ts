import { describe, expect, it } from 'vitest'
import {
  describeBudget,
  judgeAsk,
  periodAround,
  UNSET,
  type ProviderSettings,
  type ProviderUse,
} from './lookup-providers'

/** A Sunday. */
const NOW = new Date('2026-11-22T08:00:00Z')
const ON: ProviderSettings = { ...UNSET, isEnabled: true }
const FRESH: ProviderUse = { used: 0, closedUntil: null }
const V4 = { isPublic: true, isIpv6: false }
const V6 = { isPublic: true, isIpv6: true }

describe('judgeAsk', () => {
  it('lets a provider that is on be asked, within its budget', () => {
    expect(judgeAsk('internetdb', ON, FRESH, V4, NOW)).toMatchObject({ canAsk: true, reason: null, remaining: null })
    const verdict = judgeAsk('abuseipdb', { ...ON, hasKey: true }, { ...FRESH, used: 129 }, V6, NOW)
    expect(verdict).toMatchObject({ canAsk: true, budget: 1000, remaining: 871 })
    expect(describeBudget('abuseipdb', verdict)).toBe('871 of 1,000 left today')
  })

  it('never sends out an address that is not public', () => {
    for (const provider of ['abuseipdb', 'greynoise', 'internetdb', 'tor_history'] as const)
      expect(judgeAsk(provider, ON, FRESH, { ...V4, isPublic: false }, NOW).reason).toMatch(/never sent out/)
  })

  it.each([
    ['greynoise', UNSET, V4, /Switched off/],
    ['abuseipdb', ON, V4, /Needs a key/],
    ['greynoise', ON, V6, /IPv4 addresses only/],
    ['internetdb', ON, V6, /IPv4 addresses only/],
    ['greynoise', { ...ON, budget: 0 }, V4, /budget is 0/],
    ['internetdb', { ...ON, budget: 0 }, V4, /budget is 0/],
  ] as const)('says why %s may not be asked', (provider, settings, address, reason) => {
    expect(judgeAsk(provider, settings, FRESH, address, NOW)).toMatchObject({
      canAsk: false,
      reason: expect.stringMatching(reason),
    })
  })

  it('answers from our own record of Tor feeds while Onionoo is off', () => {
    expect(judgeAsk('tor_history', UNSET, FRESH, V6, NOW).canAsk).toBe(true)
  })

  it('counts a budget that was set for a provider without one per day', () => {
    const verdict = judgeAsk('internetdb', { ...ON, budget: 1 }, { ...FRESH, used: 1 }, V4, NOW)
    expect(verdict).toMatchObject({ canAsk: false, remaining: 0, reason: expect.stringMatching(/until tomorrow/) })
    expect(verdict.availableAt).toEqual(periodAround('day', NOW).end)
  })

  it('says when a used-up budget is back: the next UTC day, or Monday', () => {
    const spent = { ...FRESH, used: 1000 }
    expect(judgeAsk('abuseipdb', { ...ON, hasKey: true }, spent, V4, NOW)).toMatchObject({
      canAsk: false,
      remaining: 0,
      availableAt: new Date('2026-11-23T00:00:00Z'),
    })
    const verdict = judgeAsk('greynoise', ON, spent, V4, new Date('2026-11-18T23:59:59Z'))
    expect(verdict).toMatchObject({ availableAt: new Date('2026-11-23T00:00:00Z') })
    expect(describeBudget('greynoise', verdict)).toBe('0 of 50 left this week')
  })

  it('keeps a provider closed until it wants to be asked again', () => {
    const closedUntil = new Date('2026-11-22T09:00:00Z')
    expect(judgeAsk('internetdb', ON, { ...FRESH, closedUntil }, V4, NOW)).toMatchObject({
      canAsk: false,
      availableAt: closedUntil,
    })
    expect(judgeAsk('internetdb', ON, { ...FRESH, closedUntil }, V4, closedUntil).canAsk).toBe(true)
  })

  it('asks a proxy, which knows the key, without one', () => {
    expect(judgeAsk('abuseipdb', { ...ON, url: 'https://proxy.example.com' }, FRESH, V4, NOW).canAsk).toBe(true)
  })
})

describe('periodAround', () => {
  it.each([
    ['day', '2026-11-22T00:00:00Z', '2026-11-22', '2026-11-23'],
    ['day', '2026-11-22T23:59:59.999Z', '2026-11-22', '2026-11-23'],
    ['week', '2026-11-22T23:59:59.999Z', '2026-11-16', '2026-11-23'],
    ['week', '2026-11-23T00:00:00Z', '2026-11-23', '2026-11-30'],
  ] as const)('of a %s around %s', (per, now, start, end) => {
    expect(periodAround(per, new Date(now))).toEqual({ start: new Date(start), end: new Date(end) })
  })
})
