import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KeysProvider } from './keys/keys-provider'
import { OrgMenu } from './org-menu'

const onSwitch = vi.fn()
const choices = [
  { value: 'example', label: 'Example' },
  { value: 'acme', label: 'Acme', hint: 'imported' },
]

beforeEach(() => {
  onSwitch.mockClear()
  // What the menu's placement needs and jsdom lacks.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const show = () => {
  render(<OrgMenu org={{ name: 'Example', switching: { current: 'example', choices, onSwitch } }} />, {
    wrapper: KeysProvider,
  })
  fireEvent.keyDown(screen.getByRole('button', { name: 'Org: Example' }), { key: 'Enter' })
}

describe('OrgMenu', () => {
  it('is plain text for who belongs to one org', () => {
    render(<OrgMenu org={{ name: 'Example' }} />, { wrapper: KeysProvider })
    expect(screen.getByText('Example')).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('opens by Enter, with a mark at the org that is shown', () => {
    show()
    const items = screen.getAllByRole('menuitemradio')
    expect(items.map((item) => [item.textContent, item.getAttribute('aria-checked')])).toEqual([
      ['Example', 'true'],
      ['Acmeimported', 'false'],
    ])
  })

  it('chooses another by the keyboard', () => {
    show()
    fireEvent.keyDown(screen.getByRole('menuitemradio', { name: /Acme/ }), { key: 'Enter' })
    expect(onSwitch.mock.calls).toEqual([['acme']])
    expect(screen.queryByRole('menu')).toBeNull()
  })

  it('does nothing for the one that is shown', () => {
    show()
    fireEvent.keyDown(screen.getByRole('menuitemradio', { name: 'Example' }), { key: 'Enter' })
    expect(onSwitch).not.toHaveBeenCalled()
  })
})
