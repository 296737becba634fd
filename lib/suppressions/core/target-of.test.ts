import { describe, expect, test } from 'vitest'
import { ACTOR, buildSignal, IP, NETWORK, TOKEN } from '../fixtures/build-rule'
import { MAX_DAYS, MAX_TOKEN_DAYS, SUPPRESSION_SCOPES } from '../model'
import { maxDaysOf, targetOf } from './target-of'

const none = { actorId: null, asNumber: null, range: null, tokenId: null }

describe('line 15: what each scope names is taken from the signal', () => {
  test.each([
    ['user_network', {}, { actorId: ACTOR, asNumber: NETWORK }],
    ['user_ip', {}, { actorId: ACTOR, range: IP }],
    ['user_ip', { range: '203.0.113.77/24' }, { actorId: ACTOR, range: '203.0.113.0/24' }],
    ['org_network', {}, { asNumber: NETWORK }],
    ['token', { tokenId: TOKEN }, { actorId: ACTOR, asNumber: NETWORK, tokenId: TOKEN }],
  ] as const)('%s %o', (scope, choice, named) => {
    expect(targetOf(buildSignal(), { scope, ...choice })).toEqual({
      status: 'ok',
      target: { scope, ...none, ...named },
    })
  })

  test('never an address without an account', () => {
    for (const scope of SUPPRESSION_SCOPES) {
      const outcome = targetOf(buildSignal(), { scope })
      if (outcome.status === 'ok' && outcome.target.range !== null) expect(outcome.target.actorId).toBe(ACTOR)
    }
  })

  test.each([
    ['a block that does not contain the address', { range: '198.51.100.0/24' }],
    ['a block that is too wide', { range: '203.0.112.0/23' }],
    ['everything', { range: '0.0.0.0/0' }],
    ['no block', { range: 'ExampleVPN' }],
  ])('refuses %s', (_name, choice) => {
    expect(targetOf(buildSignal(), { scope: 'user_ip', ...choice })).toMatchObject({
      status: 'impossible',
      field: 'range',
    })
  })

  test('refuses an IPv6 block wider than a /48', () => {
    const signal = buildSignal({ ip: '2001:db8:1::5' })
    expect(targetOf(signal, { scope: 'user_ip', range: '2001:db8:1::/48' }).status).toBe('ok')
    expect(targetOf(signal, { scope: 'user_ip', range: '2001:db8::/47' }).status).toBe('impossible')
  })

  test.each([
    ['::ffff:203.0.113.200/120', '203.0.113.0/24'],
    ['::ffff:203.0.113.9', IP],
  ])('takes %s for the IPv4 block that it is', (range, named) => {
    expect(targetOf(buildSignal(), { scope: 'user_ip', range })).toMatchObject({ target: { range: named } })
  })

  test.each([
    '::ffff:203.0.113.0/119',
    '::ffff:0:0/96',
    '::ffff:203.0.113.9/64',
    '::/0',
    '203.0.113.9/024',
    '203.0.113.9/33',
  ])('refuses %s', (range) => {
    expect(targetOf(buildSignal(), { scope: 'user_ip', range }).status).toBe('impossible')
  })

  test('behind NAT64 a block holds no more than an IPv4 block would', () => {
    const signal = buildSignal({ ip: '64:ff9b::cb00:7109' })
    expect(targetOf(signal, { scope: 'user_ip', range: '64:ff9b::cb00:7100/120' }).status).toBe('ok')
    expect(targetOf(signal, { scope: 'user_ip', range: '64:ff9b::/96' }).status).toBe('impossible')
  })

  test.each([
    ['a token that the signal does not have', { scope: 'token', tokenId: '00Tother' }, 'tokenId'],
    ['a block beside a network', { scope: 'user_network', range: IP }, 'range'],
    ['a token beside an address', { scope: 'user_ip', tokenId: TOKEN }, 'tokenId'],
  ] as const)('refuses %s', (_name, choice, field) => {
    expect(targetOf(buildSignal(), choice)).toMatchObject({ status: 'impossible', field })
  })

  test('without a network only the address can be named', () => {
    const signal = buildSignal({ asNumber: null, asOrg: null })
    expect(SUPPRESSION_SCOPES.map((scope) => [scope, targetOf(signal, { scope }).status])).toEqual([
      ['user_network', 'impossible'],
      ['user_ip', 'ok'],
      ['org_network', 'impossible'],
      ['token', 'impossible'],
    ])
  })
})

test('lines 15 and 17: at most 90 days, for tokens 30', () => {
  expect(SUPPRESSION_SCOPES.map(maxDaysOf)).toEqual([MAX_DAYS, MAX_DAYS, MAX_DAYS, MAX_TOKEN_DAYS])
})
