import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EntityChip } from './entity-chip'
import { setCharacterKeys } from './keys/key-preferences'
import { KeysProvider } from './keys/keys-provider'

const writeText = vi.fn(async (_text: string) => {})

beforeEach(() => {
  writeText.mockClear()
  window.localStorage.clear()
  // What the menu's placement needs and jsdom lacks.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
  Object.defineProperty(window.navigator, 'clipboard', { configurable: true, value: { writeText } })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const chip = () => screen.getByRole('button', { name: /IP address: 198\.51\.100\.7/ })
const open = () => fireEvent.keyDown(chip(), { key: '.' })
const show = () =>
  render(
    <EntityChip
      kind="ip"
      value="198.51.100.7"
      detail="AS64500"
      href="/ips/198.51.100.7"
      filterHref="/?q=198.51.100.7"
    />,
    {
      wrapper: KeysProvider,
    },
  )

describe('EntityChip', () => {
  it('copies defanged by y and raw by Y', () => {
    show()
    fireEvent.keyDown(chip(), { key: 'y' })
    fireEvent.keyDown(chip(), { key: 'Y', shiftKey: true })
    expect(writeText.mock.calls).toEqual([['198.51.100[.]7'], ['198.51.100.7']])
  })

  it('opens its menu by the full stop, with every way to go from it', () => {
    show()
    open()
    expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual([
      'Open timeline',
      'Show only this',
      'Copy defangedy',
      'Copy rawY',
      'Copy as Okta System Log filter',
    ])
    expect(screen.getByRole('menuitem', { name: 'Open timeline' }).getAttribute('href')).toBe('/ips/198.51.100.7')
  })

  it('copies a filter for the System Log', () => {
    show()
    open()
    fireEvent.click(screen.getByRole('menuitem', { name: 'Copy as Okta System Log filter' }))
    expect(writeText).toHaveBeenCalledWith('client.ipAddress eq "198.51.100.7"')
  })

  it('offers one way to copy what needs no defanging, and leads to the page of a token', () => {
    render(<EntityChip kind="token" value="00TExample" label="00T…ple" />, { wrapper: KeysProvider })
    fireEvent.keyDown(screen.getByRole('button', { name: 'API token: 00T…ple' }), { key: '.' })
    expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual([
      'Open token',
      'Copyy',
      'Copy as Okta System Log filter',
    ])
    expect(screen.getByRole('menuitem', { name: 'Open token' }).getAttribute('href')).toBe('/tokens/00TExample')
  })

  it('has no letter keys when they are off, and still the menu', () => {
    setCharacterKeys(false)
    show()
    fireEvent.keyDown(chip(), { key: 'y' })
    open()
    expect(writeText).not.toHaveBeenCalled()
    expect(screen.queryByRole('menu')).toBeNull()
    fireEvent.keyDown(chip(), { key: 'Enter' })
    expect(screen.getByRole('menu')).toBeTruthy()
  })
})
