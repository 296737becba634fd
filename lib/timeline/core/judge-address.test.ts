import { describe, expect, test } from 'vitest'
import type { Category, Intent } from '@/lib/intel/model'
import { judgeAddress, phraseListing, sortCategories, type FeedAt } from './judge-address'

function feed(feedName: string, changes: Partial<FeedAt> = {}): FeedAt {
  return { feedName, role: 'threat', isEnabled: true, state: 'not_listed', entries: [], ...changes }
}
const entry = (category: Category, intent: Intent) => ({ category, intent })
const tor = feed('Tor exits', { state: 'listed', entries: [entry('tor', 'suspicious')] })
const vpn = feed('VPNs', { state: 'listed', entries: [entry('vpn', 'suspicious')] })
const office = feed('Offices', { role: 'allow', state: 'listed', entries: [entry('corporate_egress', 'benign')] })
const cloud = feed('Clouds', { role: 'context', state: 'listed', entries: [entry('cloud', 'unknown')] })
const failed = feed('GreenSnow', { state: 'failed' })

describe('judgeAddress', () => {
  test.each([
    [
      'Tor counts under the usual policy',
      [tor, feed('A')],
      { verdict: 'malicious', listedBy: 1, feeds: 2, notKnown: 0 },
    ],
    ['a VPN does not', [vpn], { verdict: 'suspicious', listedBy: 1 }],
    ['a list of ours wins over everything', [tor, office], { verdict: 'benign', listedBy: 1, feeds: 1 }],
    ['a cloud range says nothing either way', [cloud, feed('A')], { verdict: 'listed', listedBy: 0, feeds: 1 }],
    ['nobody lists it', [feed('A'), failed], { verdict: 'not_listed', listedBy: 0, feeds: 2, notKnown: 1 }],
    ['nobody can tell', [failed], { verdict: 'unknown', notKnown: 1 }],
    ['there is no feed', [], { verdict: 'unknown', feeds: 0 }],
    ['feeds that are switched off do not speak', [{ ...tor, isEnabled: false }], { verdict: 'unknown', feeds: 0 }],
  ])('%s', (_, feeds, expected) => {
    expect(judgeAddress(feeds, 'malicious+tor')).toMatchObject(expected)
  })

  test('the policy of the org decides', () => {
    expect(judgeAddress([tor], 'malicious').verdict).toBe('suspicious')
    expect(judgeAddress([vpn], 'malicious+suspicious').verdict).toBe('malicious')
  })
})

describe('phraseListing', () => {
  test.each([
    [
      [tor, feed('A'), failed],
      'Listed by 1 of 3 feeds at the event: Tor exits. 1 did not list it; GreenSnow was unreachable.',
    ],
    [
      [feed('A', { state: 'not_fetched' }), tor],
      'Listed by 1 of 2 feeds at the event: Tor exits. A had not been read by then.',
    ],
    [
      [{ ...tor, state: 'told_later' as const }],
      'Listed by 1 of 1 feed at the event: Tor exits. Tor exits told us only later.',
    ],
    [[office], 'No feed of threat intelligence is switched on, so nothing can be told.'],
  ])('%#', (feeds, sentence) => {
    expect(phraseListing(feeds, 'at the event')).toBe(sentence)
  })

  test('speaks of now in the present', () => {
    expect(phraseListing([failed, feed('A'), feed('B', { state: 'not_fetched' })], 'now')).toBe(
      'Listed by 0 of 3 feeds now. 1 does not list it; GreenSnow is unreachable; B has not been read yet.',
    )
  })
})

test('Tor is named first, and nothing twice', () => {
  expect(sortCategories(['scanner', 'botnet', 'tor', 'scanner'])).toEqual(['tor', 'botnet', 'scanner'])
})
