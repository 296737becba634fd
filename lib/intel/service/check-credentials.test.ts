import { describe, expect, it } from 'vitest'
import type { Credentials } from '../model'
import { checkCredentials } from './check-credentials'

const url = 'https://feeds.example.com/list.txt'
const saving = (credentials: Credentials) => () => checkCredentials(null, url, credentials)

describe('checkCredentials', () => {
  it.each<Credentials>([
    { kind: 'bearer', token: 'abc.DEF-~+/=' },
    { kind: 'header', name: 'Auth-Key', value: 'Token abc' },
    { kind: 'header', name: 'Authorization', value: 'abc' },
    { kind: 'basic', username: 'jörg', password: 'a:b:ü' },
  ])('takes %j', (credentials) => expect(saving(credentials)).not.toThrow())

  it.each<Credentials>([
    { kind: 'bearer', token: 'abc\u200bdef' },
    { kind: 'bearer', token: 'abc\u00a0' },
    { kind: 'header', name: 'Auth-Key', value: 'a\tb' },
  ])('refuses what no header carries before a refresh fails for it: %j', (credentials) =>
    expect(saving(credentials)).toThrow(/printable ASCII/),
  )

  it.each(['Host', 'content-length', 'Transfer-Encoding', 'connection'])(
    'leaves the header %s to the request',
    (name) => expect(saving({ kind: 'header', name, value: '10' })).toThrow(/belongs to the request/),
  )

  it('refuses a colon in a user name, where the password would begin', () => {
    expect(saving({ kind: 'basic', username: 'a:b', password: 'c' })).toThrow(/colon/)
  })
})
