import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KeysProvider } from './keys/keys-provider'
import { TimeZoneProvider, ZoneName } from './time-zone'
import { When, type WhenProps } from './when'

const AT = '2026-11-22T08:14:07.123Z'
const NOW = '2026-11-22T08:52:07.500Z'

function Page({ initialZone = null, ...when }: { initialZone?: string | null } & Partial<WhenProps>) {
  return (
    <KeysProvider>
      <TimeZoneProvider initialZone={initialZone} initialNow={NOW}>
        <When at={AT} {...when} />
        <p>
          Last, <ZoneName />
        </p>
      </TimeZoneProvider>
    </KeysProvider>
  )
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOW) })
  window.localStorage.clear()
  document.cookie = 'sallyport-zone=; max-age=0; path=/'
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

describe('When', () => {
  it.each([
    ['absolute', '22 Nov 2026 08:14:07 UTC'],
    ['both', '22 Nov 2026 08:14:07 UTC · 38 min ago'],
    ['relative', '38 min ago'],
    ['compact', '08:14:07'],
    ['day', '22 Nov 2026 UTC'],
  ] as const)('writes %s', (mode, text) => {
    render(<Page mode={mode} />)
    const time = screen.getByRole('time')
    expect(time.textContent).toBe(text)
    expect(time.getAttribute('datetime')).toBe(AT)
  })

  it('is written by the server as the browser first shows it', () => {
    const html = renderToString(<Page initialZone="Asia/Kathmandu" mode="both" />)
    expect(html.replace(/<!-- -->|<[^>]+>/g, '')).toContain('22 Nov 2026 13:59:07 GMT+5:45 · 38 min ago')
  })

  it('switches the whole page between UTC and my zone by t, and remembers', () => {
    render(<Page />)
    fireEvent.keyDown(document.body, { key: 't' })
    expect(screen.getByRole('time').textContent).toBe('22 Nov 2026 13:59:07 GMT+5:45')
    expect(screen.getByText('Last, GMT+5:45')).toBeTruthy()
    expect(decodeURIComponent(document.cookie)).toMatch(/sallyport-zone=Asia\/Kath?mandu/)
    fireEvent.keyDown(document.body, { key: 't' })
    expect(screen.getByText('Last, UTC')).toBeTruthy()
    expect(document.cookie).toContain('sallyport-zone=UTC')
  })

  it('says that a time cannot be read instead of showing a wrong one', () => {
    render(<Page at="yesterday-ish" />)
    expect(screen.getByText('unknown time')).toBeTruthy()
  })

  it('copies ISO 8601 with offset', () => {
    const writeText = vi.fn(async () => {})
    vi.stubGlobal('navigator', { ...window.navigator, clipboard: { writeText }, platform: 'Linux' })
    render(<Page isCopyable initialZone="Asia/Kathmandu" />)
    fireEvent.click(screen.getByRole('button', { name: 'Copy time as ISO 8601' }))
    expect(writeText).toHaveBeenCalledWith('2026-11-22T13:59:07.123+05:45')
    vi.unstubAllGlobals()
  })
})
