import { describe, expect, it } from 'vitest'
import { composeAnswer, type AnswerParts } from './compose-answer'

const window = { from: new Date('2026-03-20T00:00:00Z'), to: new Date('2026-03-21T00:00:00Z') }
const gap = { ...window, reason: 'The log is stored only since then.' }

function compose(changes: Partial<AnswerParts> = {}) {
  return composeAnswer({
    step: 3,
    assessment: { id: 'example', version: 1 },
    answer: 'no',
    weight: 'none',
    sentence: 'Nothing followed.',
    evidence: [],
    window,
    coverage: { isComplete: true, gaps: [] },
    missing: [],
    ...changes,
  })
}

describe('composeAnswer', () => {
  it.each([
    ['no', true, 'no'],
    ['no', false, 'cannot_tell'],
    ['yes', false, 'yes'],
    ['cannot_tell', true, 'cannot_tell'],
  ] as const)('makes of %s, stored whole: %s, %s', (answer, isComplete, expected) => {
    expect(compose({ answer, coverage: { isComplete, gaps: isComplete ? [] : [gap] } }).answer).toBe(expected)
  })

  it('cites each fact once, at most twelve, and none without a name', () => {
    const fact = (ref: string, label = 'x') => ({ kind: 'event' as const, ref, label, at: null })
    const { evidence } = compose({
      evidence: [
        fact('a'),
        fact('a', 'again'),
        fact(''),
        fact('b', ' '),
        fact('x'.repeat(501)),
        ...'cdefghijklmnop'.split('').map((ref) => fact(ref)),
      ],
    })
    expect(evidence.map(({ ref }) => ref)).toEqual([...'acdefghijklm'])
    expect(evidence[0]).toEqual({ kind: 'event', ref: 'a', step: 3, label: 'x', at: null })
  })

  it('takes from labels what would reorder a line, and cuts them', () => {
    const label = `\u202e${'a'.repeat(600)}`
    const [cited] = compose({ evidence: [{ kind: 'event', ref: 'a', label, at: null }] }).evidence
    expect(cited!.label).toHaveLength(500)
    expect(cited!.label).not.toContain('\u202e')
  })

  it('writes instants as text', () => {
    expect(compose({ coverage: { isComplete: false, gaps: [gap] } })).toMatchObject({
      window: { from: '2026-03-20T00:00:00.000Z' },
      coverage: { gaps: [{ from: '2026-03-20T00:00:00.000Z', to: '2026-03-21T00:00:00.000Z', reason: gap.reason }] },
    })
  })
})
