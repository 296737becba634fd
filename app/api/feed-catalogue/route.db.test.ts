// The catalogue over HTTP handlers: what it says, and switching its feeds on.
import { beforeAll, describe, expect, test } from 'vitest'
import { sessionOf } from '@/lib/auth/testing/credentials-of'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { callRoute } from '@/lib/http/testing/call-route'
import type { Catalogue, FeedDetail } from '@/lib/intel/contract/feed'
import { POST as postCatalogue } from './[catalogueId]/route'
import { GET as getCatalogue } from './route'

useTestDatabase()

const SECRET = 'k3y-that-nobody-may-ever-see'
let headers: Record<string, string>

beforeAll(async () => {
  headers = await sessionOf('admin')
})

const catalogue = () => callRoute<Catalogue>(getCatalogue, { headers })
const choose = (catalogueId: string, body: unknown) =>
  callRoute<FeedDetail>(postCatalogue, { headers, params: { catalogueId }, body })

describe('the catalogue', () => {
  test('has the recommended first, says what needs a key, and what is on already', async () => {
    const { body } = await catalogue()
    expect(body.items.slice(0, 5).every(({ isRecommended, needsKey }) => isRecommended && needsKey === null)).toBe(true)
    const item = (id: string) => body.items.find((one) => one.id === id)!
    expect(item('threatfox')).toMatchObject({ needsKey: { kind: 'url', isOptional: false }, feedId: null })
    expect(item('taxii-collection')).toMatchObject({ needsUrl: true, host: null })
  })

  test('a click makes a feed with the settings of the entry', async () => {
    const { status, body } = await choose('spamhaus-drop', {})
    expect(status).toBe(201)
    expect(body).toMatchObject({
      feedId: 'spamhaus-drop',
      name: 'Spamhaus DROP',
      format: 'spamhaus_drop',
      host: 'www.spamhaus.org',
      catalogueId: 'spamhaus-drop',
      cadenceSeconds: 86_400,
      confidence: 95,
      state: { word: 'never' },
    })
    expect(body.terms).toContain('credit Spamhaus')
    expect((await catalogue()).body.items.find(({ id }) => id === 'spamhaus-drop')!.feedId).toBe('spamhaus-drop')
    const again = await choose('spamhaus-drop', {})
    expect(again.status).toBe(409)
    expect(again.body.facts).toEqual({ feedId: 'spamhaus-drop' })
  })

  test('a key that is needed is asked for, and kept', async () => {
    const without = await choose('abuseipdb-blacklist', {})
    expect(without.status).toBe(422)
    expect(without.body.issues).toMatchObject([{ path: 'credentials' }])
    expect((await choose('abuseipdb-blacklist', { credentials: { kind: 'bearer', token: SECRET } })).status).toBe(422)
    const credentials = { kind: 'header', name: 'Key', value: SECRET }
    const { status, body, text } = await choose('abuseipdb-blacklist', { credentials })
    expect(status).toBe(201)
    expect(body.credentialsKind).toBe('header')
    expect(text).not.toContain(SECRET)
  })

  test('a template wants an address, and may be used more than once', async () => {
    expect((await choose('taxii-collection', {})).body.issues).toMatchObject([{ path: 'url' }])
    const url = 'https://taxii.example.com/api1/collections/1/'
    expect((await choose('taxii-collection', { url, name: 'Sharing group' })).body.feedId).toBe('sharing-group')
    expect((await choose('taxii-collection', { url, name: 'Vendor' })).status).toBe(201)
    expect((await choose('taxii-collection', { url, name: 'Vendor' })).status).toBe(409)
    expect((await choose('ipsum', { url })).status).toBe(422)
    expect((await choose('ipsum', { credentials: { kind: 'bearer', token: 'x' } })).status).toBe(422)
    expect((await choose('nothing', {})).status).toBe(404)
  })
})
