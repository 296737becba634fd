import { describe, expect, it } from 'vitest'
import { readTargets } from './read-targets'

describe('readTargets', () => {
  it.each([
    ['no text', null, []],
    ['no JSON', '{', []],
    ['no object', '[1]', []],
    ['no targets', '{"target":null}', []],
    [
      'names',
      '{"target":[{"displayName":"Super Admins"},{"displayName":"IT Support"}]}',
      ['Super Admins', 'IT Support'],
    ],
    [
      'logins and ids',
      '{"target":[{"displayName":null,"alternateId":"a@example.com"},{"id":"00T1"}]}',
      ['a@example.com', '00T1'],
    ],
    ['words for nothing', '{"target":[{"displayName":"unknown","alternateId":"null","id":"00u1"}]}', ['00u1']],
    ['nameless targets', '{"target":[7,null,{"id":5},{}]}', []],
    ['the same name twice', '{"target":[{"displayName":"A"},{"displayName":"A"}]}', ['A']],
    ['at most three', '{"target":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"}]}', ['a', 'b', 'c']],
    ['marks that reorder or hide', '{"target":[{"displayName":"\\u202egnp.exe\\u0000\\n"}]}', ['gnp.exe']],
    ['markup as text', '{"target":[{"displayName":"<script>alert(1)</script>"}]}', ['<script>alert(1)</script>']],
  ])('reads %s', (_, raw, expected) => {
    expect(readTargets(raw)).toEqual(expected)
  })

  it('cuts a name of 10 kB', () => {
    const raw = JSON.stringify({ target: [{ displayName: 'x'.repeat(10_000) }] })
    expect(readTargets(raw)[0]).toHaveLength(200)
  })
})
