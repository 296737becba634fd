import { expect, test } from 'vitest'
import { ACTOR, buildTarget, IP, NETWORK, TOKEN } from '../fixtures/build-rule'
import { previewTarget, type PreviewedSignal } from './preview-target'

const login = { asNumber: NETWORK, tokenId: null, ruleCase: 2 } as const
const api = { asNumber: NETWORK, tokenId: TOKEN, ruleCase: 1 } as const
const elsewhere = { ...login, asNumber: 64508 }

function signal(name: string, kinds: PreviewedSignal['kinds'], changes: Partial<PreviewedSignal> = {}) {
  return { name, ip: IP, actorId: ACTOR, severity: 'medium' as const, kinds, ...changes }
}

const signals = [
  signal('login', [login]),
  signal('moved', [login, elsewhere]),
  signal('token', [login, api], { severity: 'high' }),
  signal('token only', [api], { severity: 'high' }),
  signal('colleague', [login], { actorId: '00u2' }),
  signal('elsewhere', [elsewhere]),
  signal('other address', [login], { ip: '203.0.113.54' }),
]

test.each([
  [
    buildTarget(),
    {
      login: '',
      moved: 'some of it came from another network',
      token: 'API token use, HIGH',
      'token only': 'API token use, HIGH',
      'other address': '',
    },
  ],
  [
    buildTarget({ scope: 'user_ip', asNumber: null, range: IP }),
    { login: '', moved: '', token: 'API token use, HIGH', 'token only': 'API token use, HIGH', elsewhere: '' },
  ],
  [buildTarget({ scope: 'token', tokenId: TOKEN }), { token: 'some of it was not this token', 'token only': '' }],
])('line 15: %o would have hidden what it names whole', (target, expected) => {
  const previews = previewTarget(target, signals)
  expect(Object.fromEntries(previews.map(({ signal: { name }, why }) => [name, why]))).toEqual(expected)
  for (const { isHidden, why } of previews) expect(isHidden).toBe(why === '')
})

test('everyone on a network takes in colleagues', () => {
  const names = previewTarget(buildTarget({ scope: 'org_network', actorId: null }), signals).map(
    (one) => one.signal.name,
  )
  expect(names).toContain('colleague')
})
