import { describe, expect, it } from 'vitest'
import type { FeedOptions } from '../model'
import type { ParserSettings } from './feed-parser'
import { opinionOfWords } from './category-of-words'

const SETTINGS: ParserSettings = { category: 'malicious', intent: null, confidence: 50, options: {} }

const of = (labels: string[], options: FeedOptions = {}) =>
  opinionOfWords(labels, { ...SETTINGS, options })?.category ?? null

describe('opinionOfWords', () => {
  it.each([
    ['anonymization', 'proxy'],
    ['compromised', 'botnet'],
    ['malicious-activity', 'malicious'],
    ['benign', 'benign'],
    ['Tor_Exit-Node', 'tor'],
    ['rsit:intrusion-attempts="brute-force"', 'brute_force'],
    ['circl:incident-classification="scan"', 'scanner'],
    ['kill-chain:Command and Control', 'command_and_control'],
    ['ecsirt:malicious-code="c&c"', 'command_and_control'],
  ])('reads %s as %s', (label, category) => expect(of([label])).toBe(category))

  it.each([[[]], [['tlp:white']], [['unknown', 'anomalous-activity', 'attribution']], [['constructor']], [['']]])(
    'leaves %j to the feed',
    (labels) => expect(of(labels)).toBeNull(),
  )

  it('prefers the most telling label, wherever it stands', () => {
    expect(of(['malicious-activity', 'tor', 'anonymization'])).toBe('tor')
    expect(of(['tor', 'malicious-activity'])).toBe('tor')
  })

  it('never clears an address that is also called bad', () => {
    expect(of(['benign', 'malicious-activity'])).toBe('malicious')
    expect(of(['private-relay', 'c2'])).toBe('command_and_control')
    expect(of(['crawler', 'scanner'])).toBe('scanner')
  })

  it.each(['benign', 'false-positive:whitelist', 'crawler', 'private relay'])(
    'does not let the label %s clear an address, unless the feed is set to clear',
    (label) => {
      expect(opinionOfWords([label], SETTINGS)).toMatchObject({ intent: 'unknown' })
      expect(opinionOfWords([label], { ...SETTINGS, category: 'benign' })).toMatchObject({ intent: null })
      expect(opinionOfWords([label], { ...SETTINGS, intent: 'benign' })).toMatchObject({ intent: null })
      const options = { categories: { [label]: 'benign' } } as const
      expect(opinionOfWords([label], { ...SETTINGS, options })).toEqual({ category: 'benign', intent: null })
    },
  )

  it('prefers words of the feed', () => {
    expect(of(['tor', 'House-Words'], { categories: { 'house-words': 'scanner' } })).toBe('scanner')
    expect(of(['House-Words', 'spam'], { categories: { 'house-words': 'scanner', spam: 'botnet' } })).toBe('scanner')
    expect(of(['spam'], { categories: { spam: 'botnet' } })).toBe('botnet')
  })
})
