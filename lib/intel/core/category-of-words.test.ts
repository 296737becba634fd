import { describe, expect, it } from 'vitest'
import type { FeedOptions } from '../model'
import { categoryOfWords } from './category-of-words'

const of = (labels: string[], options: FeedOptions = {}) =>
  categoryOfWords(labels, { category: 'malicious', intent: null, confidence: 50, options })

describe('categoryOfWords', () => {
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
  })

  it('prefers words of the feed', () => {
    expect(of(['tor', 'House-Words'], { categories: { 'house-words': 'scanner' } })).toBe('scanner')
    expect(of(['House-Words', 'spam'], { categories: { 'house-words': 'scanner', spam: 'botnet' } })).toBe('scanner')
    expect(of(['spam'], { categories: { spam: 'botnet' } })).toBe('botnet')
  })
})
