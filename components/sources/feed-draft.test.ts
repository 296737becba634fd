import { describe, expect, it } from 'vitest'
import type { FeedItem } from '@/lib/intel/contract/feed'
import { changeOf, creationOf, draftOf } from './feed-draft'

const FEED: FeedItem = {
  feedId: 'cloud',
  name: 'Cloud ranges',
  format: 'json',
  category: 'cloud',
  intent: null,
  effectiveIntent: 'unknown',
  confidence: 70,
  host: 'feeds.example.com',
  address: 'https://feeds.example.com/ranges.json',
  credentialsKind: 'bearer',
  isEnabled: true,
  cadenceSeconds: 43_200,
  entryCount: 12,
  terms: 'Free with credit',
  catalogueId: null,
  tolerates: ['bogon'],
  options: {
    paths: { entries: 'prefixes.*', address: ['v4', 'v6'] },
    only: { service: ['S3', 'EC2'] },
    categories: { 'bot:net': 'botnet' },
  },
  lastSuccessAt: null,
  lastAttemptAt: null,
  lastChangedAt: null,
  state: { word: 'current', since: null, sentence: 'Current.' },
  strip: [],
  runs: [],
  lastRun: null,
  heldRunId: null,
}

describe('the form of a feed', () => {
  it('sends nothing when nothing was changed, so that a save never undoes what somebody else changed', () => {
    expect(changeOf(draftOf(FEED), FEED)).toEqual({ status: 'ready', value: {} })
  })

  it('sends what was changed alone', () => {
    const draft = { ...draftOf(FEED), intent: 'benign' as const, cadence: '2', cadenceUnit: 'd' as const }
    expect(changeOf(draft, FEED)).toEqual({ status: 'ready', value: { intent: 'benign', cadenceSeconds: 172_800 } })
  })

  it.each([
    ['keep', {}],
    ['remove', { credentials: null }],
    ['replace', { credentials: { kind: 'bearer', token: 's3cret' } }],
  ] as const)('%s of the key', (mode, expected) => {
    const draft = draftOf(FEED)
    const value = changeOf({ ...draft, credentials: { ...draft.credentials, mode, secret: 's3cret' } }, FEED)
    expect(value).toEqual({ status: 'ready', value: expected })
  })

  it('leaves options of another format behind', () => {
    expect(changeOf({ ...draftOf(FEED), format: 'list' }, FEED)).toEqual({
      status: 'ready',
      value: { format: 'list', options: {} },
    })
  })

  it('reads columns by position or name, and lines of names and values', () => {
    const draft = {
      ...draftOf(null),
      name: ' Own list ',
      format: 'csv' as const,
      columns: { address: '2', source: 'seen by', confidence: ' ' },
      separator: ';' as const,
      only: 'service: S3, EC2\n\n',
      categories: 'http://bad: malware',
    }
    expect(creationOf(draft)).toMatchObject({
      value: {
        name: 'Own list',
        url: null,
        options: {
          columns: { address: 2, source: 'seen by' },
          separator: ';',
          only: { service: ['S3', 'EC2'] },
          categories: { 'http://bad': 'malware' },
        },
      },
    })
  })

  it('names the field that cannot be read', () => {
    const draft = { ...draftOf(null), confidence: 'high', format: 'csv' as const, only: 'service', categories: 'a: b' }
    expect(creationOf(draft)).toMatchObject({
      status: 'invalid',
      issues: [{ path: 'confidence' }, { path: 'options.only' }, { path: 'options.categories' }],
    })
  })
})
