import { describe, expect, it } from 'vitest'
import { nextMark } from './use-roving-mark'

const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more })
const counts = [3, 0, 5]

describe('nextMark', () => {
  it('puts the frame down with the first key, on the start or the first mark there is', () => {
    expect(nextMark(press('ArrowRight'), null, { counts })).toEqual({ row: 0, mark: 0 })
    expect(nextMark(press('ArrowDown'), null, { counts, start: { row: 2, mark: 4 } })).toEqual({ row: 2, mark: 4 })
    expect(nextMark(press('ArrowDown'), null, { counts: [0, 2] })).toEqual({ row: 1, mark: 0 })
  })

  it('stays inside a row', () => {
    expect(nextMark(press('ArrowLeft'), { row: 0, mark: 0 }, { counts })).toEqual({ row: 0, mark: 0 })
    expect(nextMark(press('End'), { row: 2, mark: 0 }, { counts })).toEqual({ row: 2, mark: 4 })
    expect(nextMark(press('PageDown'), { row: 2, mark: 0 }, { counts })).toEqual({ row: 2, mark: 4 })
  })

  it('passes over rows without marks and stops at the last', () => {
    expect(nextMark(press('ArrowDown'), { row: 0, mark: 2 }, { counts })).toEqual({ row: 2, mark: 2 })
    expect(nextMark(press('ArrowDown'), { row: 2, mark: 2 }, { counts })).toEqual({ row: 2, mark: 2 })
    expect(nextMark(press('ArrowUp'), { row: 2, mark: 4 }, { counts, nearest: () => 1 })).toEqual({ row: 0, mark: 1 })
  })

  it('leaves other keys, combinations and empty drawings alone', () => {
    expect(nextMark(press('a'), { row: 0, mark: 0 }, { counts })).toBeNull()
    expect(nextMark(press('ArrowLeft', { altKey: true }), { row: 0, mark: 1 }, { counts })).toBeNull()
    expect(nextMark(press('ArrowLeft'), null, { counts: [0, 0] })).toBeNull()
  })
})
