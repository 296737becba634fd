import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KeysProvider } from './keys/keys-provider'
import { LiveRegion } from './live-region'
import { dismissToast, keepMessages, showToast, ToastRegion } from './toast'

let shown: number[] = []
const show = (input: Parameters<typeof showToast>[0]) => act(() => void shown.push(showToast(input)))
const wait = (ms: number) => act(() => vi.advanceTimersByTime(ms))
const card = (message: string) =>
  screen.getByRole('region', { name: 'Messages' }).querySelector('[data-slot=toast]') ?? message

beforeEach(() => {
  vi.useFakeTimers()
  window.localStorage.clear()
  render(
    <>
      <ToastRegion />
      <LiveRegion />
    </>,
    { wrapper: KeysProvider },
  )
})
afterEach(() => {
  act(() => shown.forEach(dismissToast))
  shown = []
  cleanup()
  vi.useRealTimers()
})

describe('showToast', () => {
  it('offers undo by button and by z, once', () => {
    const undo = vi.fn()
    show({ message: 'SIG-1 closed', undo })
    fireEvent.keyDown(document.body, { key: 'z' })
    fireEvent.keyDown(document.body, { key: 'z' })
    expect(undo).toHaveBeenCalledTimes(1)
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
  })

  it('stays ten seconds and longer, waits while held, then leaves', () => {
    show({ message: 'SIG-1 closed', undo: () => {} })
    wait(10_000)
    const held = card('SIG-1 closed') as Element
    fireEvent.pointerEnter(held)
    wait(60_000)
    expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy()
    fireEvent.pointerLeave(held)
    wait(12_000)
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
  })

  it('stays until dismissed when the person wants that, or when it tells of a failure', () => {
    keepMessages(true)
    show({ message: 'SIG-1 closed', undo: () => {} })
    show({ message: 'Couldn’t close SIG-2', isError: true })
    wait(600_000)
    expect(screen.getAllByRole('button', { name: 'Dismiss message' })).toHaveLength(2)
  })

  it('is said: politely, and at once for a failure', () => {
    show({ message: 'Couldn’t close SIG-2', isError: true })
    expect(screen.getByRole('alert').textContent).toContain('Couldn’t close SIG-2')
    show({ message: 'SIG-1 closed', undo: () => {} })
    wait(2_000)
    expect(screen.getByRole('status').textContent).toContain('SIG-1 closed. Undo is offered.')
  })
})
