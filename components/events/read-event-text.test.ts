import { describe, expect, it } from 'vitest'
import { readEventText } from './read-event-text'

describe('readEventText', () => {
  it('reads message, reason, client and targets, and drops words for nothing', () => {
    const raw = JSON.stringify({
      displayMessage: 'Grant user privilege',
      outcome: { reason: 'unknown' },
      client: { userAgent: { rawUserAgent: 'curl/8' } },
      target: [
        { type: 'ROLE', displayName: 'Super admin', id: 'r1' },
        { displayName: null, alternateId: 'unknown' },
        7,
      ],
    })
    expect(readEventText(raw)).toEqual({
      ...{ message: 'Grant user privilege', reason: null, userAgent: 'curl/8', targetsTotal: 3 },
      targets: [{ type: 'ROLE', name: 'Super admin', id: 'r1' }],
    })
  })

  it.each(['', 'nonsense', 'null', '[]', '{"target":"x","outcome":[],"client":{"userAgent":null}}'])(
    'says nothing of %j',
    (raw) => {
      expect(readEventText(raw)).toMatchObject({ message: null, reason: null, userAgent: null, targets: [] })
    },
  )

  it('keeps hostile names on one line, short, and without marks that reorder', () => {
    const { message } = readEventText(JSON.stringify({ displayMessage: `a\u202eb\n${'x'.repeat(10_000)}` }))
    expect(message).toMatch(/^ab x+…$/)
    expect(message!.length).toBeLessThanOrEqual(1000)
  })
})
