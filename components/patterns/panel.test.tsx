import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Panel } from './panel'

afterEach(cleanup)

const region = () => screen.getByRole('region', { name: 'Sessions' })

describe('Panel', () => {
  it('is busy and says so while loading', () => {
    render(<Panel title="Sessions" state="loading" lines={4} />)
    expect(region().getAttribute('aria-busy')).toBe('true')
    expect(screen.getByText('Loading')).toBeTruthy()
  })

  it('states what is empty in words, without a question mark', () => {
    render(<Panel title="Sessions" state="empty" message="No sessions after this login." />)
    expect(screen.getByText('No sessions after this login.')).toBeTruthy()
    expect(screen.queryByText('Cannot tell.')).toBeNull()
    expect(region().querySelector('.hatched')).toBeNull()
  })

  it('never draws unknown like empty: hatched, and says that it cannot tell and why', () => {
    render(<Panel title="Sessions" state="unknown" message="No data before 24 Aug." />)
    expect(region().textContent).toContain('Cannot tell. No data before 24 Aug.')
    expect(region().querySelector('.hatched')).toBeTruthy()
  })

  it('offers to try again after a failure and keeps the last good content with its age', () => {
    const onRetry = vi.fn()
    render(
      <Panel title="Sessions" state="error" message="No answer." lastGoodAt="2026-11-22T08:00:00Z" onRetry={onRetry}>
        <p>3 sessions</p>
      </Panel>,
    )
    expect(screen.getByRole('alert').textContent).toContain('Last good data: 22 Nov 2026 08:00:00 UTC')
    expect(screen.getByText('3 sessions')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(onRetry).toHaveBeenCalledTimes(1)
  })

  it('shows content and where it comes from', () => {
    render(
      <Panel title="Sessions" state="ready" provenance="System log, complete.">
        <p>3 sessions</p>
      </Panel>,
    )
    expect(region().textContent).toBe('Sessions3 sessionsSystem log, complete.')
    expect(region().dataset.state).toBe('ready')
  })
})
