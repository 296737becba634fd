import { describe, expect, it } from 'vitest'
import { similarSummary } from './similar-summary'

describe('similarSummary', () => {
  it('counts what was decided, by side', () => {
    const verdicts = ['benign_vpn', 'benign_expected', 'malicious', 'cannot_tell', null] as const
    expect(similarSummary(verdicts.map((verdict) => ({ verdict })))).toBe('5, 1 malicious, 2 benign')
    expect(similarSummary([{ verdict: null }])).toBe('1')
  })
})
