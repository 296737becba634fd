import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { SignalDetail } from '../contract/signal'
import { sealBundle, type BundleContent } from './seal-bundle'

const signal = {
  ...{
    id: 7,
    reference: 'SIG-7',
    title: 'Sign-in',
    actor: { login: 'dana@example.com', id: '00u1' },
    ip: '198.51.100.7',
  },
  ...{ claim: null, updatedAt: '2026-11-22T08:00:00.000Z', similar: [], reviews: [], evidence: [] },
  ...{ conditions: [], intelligence: [], verdicts: [], notes: [], history: [], decidingEventUuid: 'e-1' },
} as unknown as SignalDetail
const content: BundleContent = { signal, events: [], evidence: [], decidingEvent: '{"uuid":"e-1"}' }

describe('sealBundle', () => {
  it('hashes exactly the bytes of the text, also beyond ASCII', () => {
    const { text, sha256, bytes } = sealBundle({ ...content, decidingEvent: '{"name":"Zoë \u202e😀"}' })
    expect(sha256).toBe(createHash('sha256').update(text, 'utf8').digest('hex'))
    expect(bytes).toBe(Buffer.byteLength(text))
    expect(JSON.parse(text)).toMatchObject({ format: 'sallyport-evidence', signal: { reference: 'SIG-7' } })
  })

  it('is the same whatever the order of keys, the clock, claims, reviews and signals like it', () => {
    const { actor, ...rest } = signal
    const later = {
      ...{ actor: { id: actor.id, login: actor.login }, ...rest },
      ...{ claim: { byId: 'u', byName: 'Ana', expiresAt: '2026-11-22T09:00:00.000Z' } },
      ...{ updatedAt: '2026-11-22T09:00:00.000Z', reviews: [{ step: 1 }], similar: [{ id: 3 }] },
    } as unknown as SignalDetail
    expect(sealBundle({ ...content, signal: later }).sha256).toBe(sealBundle(content).sha256)
  })

  it.each<[string, Partial<BundleContent>]>([
    ['a fact of the signal', { signal: { ...signal, ip: '198.51.100.8' } }],
    ['the text of the deciding event', { decidingEvent: '{"uuid": "e-1"}' }],
    ['a note', { signal: { ...signal, notes: [{ body: 'Seen' }] as SignalDetail['notes'] } }],
    ['an event', { events: [{ uuid: 'e-2' }] as unknown as BundleContent['events'] }],
    ['a pinned fact', { evidence: [{ number: 1 }] as unknown as BundleContent['evidence'] }],
  ])('changes with %s', (_what, change) => {
    expect(sealBundle({ ...content, ...change }).sha256).not.toBe(sealBundle(content).sha256)
  })
})
