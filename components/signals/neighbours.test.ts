import { describe, expect, it } from 'vitest'
import { aroundOf, placeOf } from './neighbours'

describe('placeOf and aroundOf', () => {
  const ids = [9, 8, 7, 6, 5, 4, 3]
  it('knows the neighbours and the place', () => {
    expect(placeOf(8, ids)).toMatchObject({ previousId: 9, nextId: 7, position: 2 })
    expect(placeOf(3, ids)).toMatchObject({ previousId: 4, nextId: null, position: 7 })
    expect(placeOf(1, ids)).toMatchObject({ previousId: null, nextId: null, position: null })
  })

  it('reads the next ones first and stays within three rows', () => {
    expect(aroundOf(6, ids)).toEqual([5, 7, 4, 8, 3, 9])
    expect(aroundOf(9, ids)).toEqual([8, 7, 6])
    expect(aroundOf(1, ids)).toEqual([])
  })
})
