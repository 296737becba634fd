import { describe, expect, test } from 'vitest'
import { systemActor } from '@/lib/kernel/actor'
import { GENESIS, type AuditEntry } from '../model'
import { canonicalJson, storableJson, storableText } from './canonical-json'
import { chainEntries, followChain } from './chain-entries'

const at = new Date('2026-11-22T08:14:07.123Z')
const record = { action: 'signal.opened', subjectType: 'signal', subjectId: '1001', detail: { severity: 'high' } }
const chain = chainEntries(GENESIS, systemActor('example'), [record, { ...record, subjectId: '1002' }, record], at)

describe('chainEntries', () => {
  test('numbers entries without gaps and links each to the one before', () => {
    expect(chain.map((entry) => entry.seq)).toEqual([1n, 2n, 3n])
    expect(chain.map((entry) => entry.previousHash)).toEqual([GENESIS.hash, chain[0]!.hash, chain[1]!.hash])
  })

  test('an intact chain ends at the hash of its last entry', () => {
    expect(followChain(GENESIS, chain)).toEqual({ seq: 3n, hash: chain[2]!.hash })
  })

  const tampered: [string, (entries: AuditEntry[]) => void, object][] = [
    ['a changed fact', (entries) => (entries[1]!.detail = { severity: 'medium' }), { seq: 2n, reason: 'hash' }],
    ['a changed actor', (entries) => (entries[0]!.actorName = 'Somebody'), { seq: 1n, reason: 'hash' }],
    ['a changed instant', (entries) => (entries[2]!.at = new Date(at.getTime() + 1)), { seq: 3n, reason: 'hash' }],
    ['a removed entry', (entries) => entries.splice(1, 1), { seq: 2n, reason: 'gap' }],
    ['swapped entries', (entries) => entries.reverse(), { seq: 1n, reason: 'gap' }],
    [
      'a chain cut in two',
      (entries) => (entries[1]!.previousHash = GENESIS.hash),
      { seq: 2n, reason: 'previous_hash' },
    ],
  ]
  test.each(tampered)('tells %s', (_name, tamper, broken) => {
    const entries = structuredClone(chain)
    tamper(entries)
    expect(followChain(GENESIS, entries)).toEqual({ status: 'broken', ...broken })
  })
})

describe('canonicalJson', () => {
  test('does not depend on the order in which keys were written, at any depth', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe(canonicalJson({ a: null, b: [{ c: 2, d: 1 }] }))
  })

  test('keeps the order of lists', () => {
    expect(canonicalJson([2, 1])).toBe('[2,1]')
  })
})

describe('storableJson', () => {
  test('turns what JSON or PostgreSQL cannot hold into what they can', () => {
    expect(storableJson({ at, count: 3n, gone: undefined, text: 'a\u0000b\ud800', 'k\u0000': '🙂' })).toEqual({
      at: '2026-11-22T08:14:07.123Z',
      count: '3',
      text: 'a\ufffdb\ufffd',
      'k\ufffd': '🙂',
    })
  })

  test('leaves well-formed text alone', () => {
    expect(storableText('Zoë 🙂\n')).toBe('Zoë 🙂\n')
  })
})
