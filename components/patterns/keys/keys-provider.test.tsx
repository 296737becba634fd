import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineKeys } from './define-keys'
import { KeysProvider } from './keys-provider'
import { useShortcut } from './key-preferences'
import { useKeys, type KeyHandlers } from './use-keys'

const listKeys = defineKeys({
  id: 'test-list',
  label: 'List',
  place: 'page',
  commands: {
    next: { keys: ['j', 'ArrowDown'], label: 'Next row', isRepeatable: true },
    first: { keys: 'g g', label: 'First row' },
    open: { keys: 'Enter', label: 'Open row' },
    find: { keys: 'Mod+k', label: 'Find anything' },
    archive: { keys: 'e', label: 'Archive row' },
  },
})

const windowKeys = defineKeys({
  id: 'test-window',
  label: 'Window',
  place: 'dialog',
  commands: { first: { keys: '1', label: 'Choose the first' } },
})

type Name = 'next' | 'first' | 'open' | 'find' | 'archive'

function List({ handlers }: { handlers: KeyHandlers<Name> }) {
  useKeys(listKeys, handlers)
  return <p>Next has the key {useShortcut(listKeys, 'next') ?? 'none'}</p>
}

function Window({ onFirst }: { onFirst: () => void }) {
  useKeys(windowKeys, { first: onFirst })
  return <div role="dialog">A window</div>
}

const press = (key: string, target: Element = document.body, init: KeyboardEventInit = {}) =>
  fireEvent.keyDown(target, { key, ...init })

beforeEach(() => window.localStorage.clear())
afterEach(cleanup)

describe('useKeys', () => {
  it('runs a command by each of its keys', () => {
    const next = vi.fn()
    render(<List handlers={{ next }} />, { wrapper: KeysProvider })
    press('j')
    press('ArrowDown')
    expect(next).toHaveBeenCalledTimes(2)
  })

  it('runs a sequence, and gives a key that does not continue it to its own command', () => {
    const handlers = { first: vi.fn(), next: vi.fn() }
    render(<List handlers={handlers} />, { wrapper: KeysProvider })
    press('g')
    press('g')
    expect(handlers.first).toHaveBeenCalledTimes(1)
    press('g')
    press('j')
    expect(handlers.next).toHaveBeenCalledTimes(1)
    press('g')
    expect(handlers.first).toHaveBeenCalledTimes(1)
  })

  it('rests while somebody types, except for keys with Ctrl or Command', () => {
    const handlers = { next: vi.fn(), find: vi.fn() }
    const list = (
      <>
        <input aria-label="note" />
        <textarea aria-label="long note" />
        <List handlers={handlers} />
      </>
    )
    render(list, { wrapper: KeysProvider })
    press('j', screen.getByLabelText('note'))
    press('j', screen.getByLabelText('long note'))
    expect(handlers.next).not.toHaveBeenCalled()
    press('k', screen.getByLabelText('note'), { ctrlKey: true })
    expect(handlers.find).toHaveBeenCalledTimes(1)
  })

  it('leaves Enter to a focused control', () => {
    const open = vi.fn()
    render(
      <>
        <button>Save</button>
        <List handlers={{ open }} />
      </>,
      { wrapper: KeysProvider },
    )
    press('Enter', screen.getByRole('button', { name: 'Save' }))
    expect(open).not.toHaveBeenCalled()
    press('Enter')
    expect(open).toHaveBeenCalledTimes(1)
  })

  it('rests while a dialog is open, except for the keys of the dialog', () => {
    const handlers = { next: vi.fn() }
    const onFirst = vi.fn()
    render(
      <>
        <List handlers={handlers} />
        <Window onFirst={onFirst} />
      </>,
      { wrapper: KeysProvider },
    )
    press('j')
    press('1')
    expect(handlers.next).not.toHaveBeenCalled()
    expect(onFirst).toHaveBeenCalledTimes(1)
  })

  it('repeats only what may be repeated', () => {
    const handlers = { next: vi.fn(), archive: vi.fn() }
    render(<List handlers={handlers} />, { wrapper: KeysProvider })
    press('j', document.body, { repeat: true })
    press('e', document.body, { repeat: true })
    expect(handlers.next).toHaveBeenCalledTimes(1)
    expect(handlers.archive).not.toHaveBeenCalled()
  })

  it('does nothing with Ctrl, Command or Alt held, or after the part left the page', () => {
    const next = vi.fn()
    const { unmount } = render(<List handlers={{ next }} />, { wrapper: KeysProvider })
    press('j', document.body, { ctrlKey: true })
    press('j', document.body, { altKey: true })
    unmount()
    press('j')
    expect(next).not.toHaveBeenCalled()
  })
})

describe('the key sheet', () => {
  function openSheet() {
    press('?')
    return within(screen.getByRole('dialog', { name: 'Keys' }))
  }

  it('lists exactly what can be done here', () => {
    render(<List handlers={{ next: vi.fn(), archive: undefined }} />, { wrapper: KeysProvider })
    const sheet = openSheet()
    expect(sheet.getByText('Next row')).toBeTruthy()
    expect(sheet.getByText('Show keys')).toBeTruthy()
    expect(sheet.queryByText('Archive row')).toBeNull()
  })

  it('turns characters off: they do nothing, arrows and Ctrl keys stay, no key is drawn', () => {
    const handlers = { next: vi.fn(), find: vi.fn() }
    render(<List handlers={handlers} />, { wrapper: KeysProvider })
    fireEvent.click(openSheet().getByRole('checkbox', { name: 'Single-letter keys on' }))
    press('Escape', screen.getByRole('dialog'))
    press('j')
    expect(handlers.next).not.toHaveBeenCalled()
    press('ArrowDown')
    press('k', document.body, { ctrlKey: true })
    expect(handlers.next).toHaveBeenCalledTimes(1)
    expect(handlers.find).toHaveBeenCalledTimes(1)
    expect(screen.getByText('Next has the key ArrowDown')).toBeTruthy()
    press('?')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('gives a command another key, remembers it, and gives the old one back', () => {
    const next = vi.fn()
    const { unmount } = render(<List handlers={{ next }} />, { wrapper: KeysProvider })
    const change = openSheet().getByRole('button', { name: 'Change key: Next row' })
    fireEvent.click(change)
    press('n', change)
    press('Escape', screen.getByRole('dialog'))
    press('j')
    expect(next).not.toHaveBeenCalled()
    press('n')
    expect(next).toHaveBeenCalledTimes(1)

    unmount()
    render(<List handlers={{ next }} />, { wrapper: KeysProvider })
    press('n')
    expect(next).toHaveBeenCalledTimes(2)
    fireEvent.click(openSheet().getByRole('button', { name: 'Reset key: Next row' }))
    press('Escape', screen.getByRole('dialog'))
    press('j')
    expect(next).toHaveBeenCalledTimes(3)
  })

  it('refuses a key that another command here has, and names it', () => {
    render(<List handlers={{ next: vi.fn(), archive: vi.fn() }} />, { wrapper: KeysProvider })
    const change = openSheet().getByRole('button', { name: 'Change key: Next row' })
    fireEvent.click(change)
    press('e', change)
    expect(screen.getByText('“e” is taken by “Archive row”.')).toBeTruthy()
  })

  it('refuses a key that would never be heard because a sequence begins with it', () => {
    render(<List handlers={{ next: vi.fn(), first: vi.fn() }} />, { wrapper: KeysProvider })
    const change = openSheet().getByRole('button', { name: 'Change key: Next row' })
    fireEvent.click(change)
    press('g', change)
    expect(screen.getByText('“g” is taken by “First row”.')).toBeTruthy()
  })
})
