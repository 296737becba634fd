import { describe, expect, it } from 'vitest'
import { combinationOf, isCharacterKeys, progress } from './combination'

const press = (
  key: string,
  modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
})

describe('combinationOf', () => {
  it.each([
    [press('j'), 'j'],
    [press('G', { shiftKey: true }), 'G'],
    [press('?', { shiftKey: true }), '?'],
    [press(' '), 'Space'],
    [press('k', { ctrlKey: true }), 'Mod+k'],
    [press('K', { metaKey: true, shiftKey: true }), 'Mod+Shift+k'],
    [press('Enter', { shiftKey: true }), 'Shift+Enter'],
    [press('j', { altKey: true }), 'Alt+j'],
    [press('Shift', { shiftKey: true }), null],
  ])('%o is %s', (event, combination) => {
    expect(combinationOf(event)).toBe(combination)
  })

  it('takes a character made with AltGr as that character', () => {
    const altGr = { ...press('[', { ctrlKey: true, altKey: true }), getModifierState: () => true }
    expect(combinationOf(altGr)).toBe('[')
  })
})

describe('isCharacterKeys', () => {
  it.each([
    ['j', true],
    ['g q', true],
    ['?', true],
    ['Mod+k', false],
    ['Enter', false],
    ['ArrowDown', false],
  ])('%s: %s', (keys, expected) => {
    expect(isCharacterKeys(keys)).toBe(expected)
  })
})

describe('progress', () => {
  it.each([
    ['g q', ['g'], 'started'],
    ['g q', ['g', 'q'], 'complete'],
    ['g q', ['g', 'x'], 'none'],
    ['g q', ['q'], 'none'],
    ['j', ['j'], 'complete'],
    ['j', ['j', 'j'], 'none'],
  ])('%s after %j is %s', (keys, pressed, expected) => {
    expect(progress(keys, pressed)).toBe(expected)
  })
})
