import { describe, expect, it } from 'vitest'
import { afterUnit, lifelineScale, lifelineTicks, lifelineX, placeLineLabels } from './lifeline-scale'

const EVENT = Date.parse('2026-11-22T07:31:12Z')
const DAY = 86_400_000
const MINUTE = 60_000
const window = { from: EVENT - 14 * DAY, to: EVENT + 2 * DAY }

describe('lifelineScale', () => {
  it('counts days before the event and minutes after it, and leaves room for what is not yet', () => {
    const scale = lifelineScale(window, EVENT, EVENT + 80 * MINUTE, 640)
    expect(scale.hasFuture).toBe(true)
    expect(afterUnit(scale)).toBe('minutes')
    expect(lifelineTicks(scale).map(({ label }) => label)).toEqual(['−14 d', '−10 d', '−7 d', '+30 min', '+60 min'])
    expect(lifelineX(scale, window.from)).toBe(0)
    expect(lifelineX(scale, EVENT)).toBe(scale.eventX)
    expect(lifelineX(scale, EVENT + 80 * MINUTE)).toBe(scale.toX)
  })

  it('counts hours or days when the window is over', () => {
    const scale = lifelineScale(window, EVENT, EVENT + 30 * DAY, 640)
    expect(scale.hasFuture).toBe(false)
    expect(scale.toX).toBe(640)
    expect(afterUnit(scale)).toBe('hours')
    expect(lifelineTicks(scale).map(({ label }) => label)).toContain('+1 d')
  })

  it('keeps what lies outside at the edges', () => {
    const scale = lifelineScale(window, EVENT, EVENT + 80 * MINUTE, 640)
    expect(lifelineX(scale, EVENT - 90 * DAY)).toBe(0)
    expect(lifelineX(scale, EVENT + 9 * DAY)).toBe(scale.toX)
  })

  it('has room to tell one minute after the event', () => {
    const scale = lifelineScale(window, EVENT, EVENT + MINUTE, 640)
    expect(scale.to - scale.eventAt).toBe(30 * MINUTE)
  })
})

describe('placeLineLabels', () => {
  it('puts names beside their marks and leaves out what has no room', () => {
    const labels = placeLineLabels(
      [
        { x: 100, text: 'changed 13 Nov' },
        { x: 110, text: 'changed 14 Nov' },
        { x: 600, text: 'reset 08:05 by an administrator' },
      ],
      640,
    )
    expect(labels.map(({ text, anchor }) => [text, anchor])).toEqual([
      ['reset 08:05 by an administrator', 'end'],
      ['changed 14 Nov', 'start'],
      ['changed 13 Nov', 'end'],
    ])
  })
})
