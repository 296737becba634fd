import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KeysProvider } from '@/components/patterns/keys/keys-provider'
import { TriageContext, type Triage } from '@/components/signals/triage-context'
import { addressMatrixQuery, addressQuery } from '@/lib/timeline/client'
import { MissingSteps, RunbookCards } from './runbook-steps'
import { RailParts } from './step-rail'
import { FIRST_SEEN, SIGNAL_IP } from './testing/case-fixture'
import { runbookStates, type RunbookState } from './testing/runbook-states'

const pin = vi.fn()
const toggleReview = vi.fn()
const triage: Triage = {
  signalId: 1042,
  canChange: true,
  evidence: [],
  isPinned: () => null,
  pin,
  unpin: () => undefined,
  reviews: [{ step: 1, reviewedAt: FIRST_SEEN, reviewerName: 'Ana Silva' }],
  toggleReview,
  focusEvidence: () => undefined,
}

beforeEach(() => {
  // jsdom has neither.
  window.matchMedia = (media: string) =>
    ({ media, matches: false, addEventListener: () => {}, removeEventListener: () => {} }) as unknown as MediaQueryList
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(() => {
  cleanup()
  vi.clearAllMocks()
})

function show(state: RunbookState, changes: Partial<Triage> = {}) {
  const { runbook, matrix, address } = runbookStates[state]
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } })
  if (matrix) client.setQueryData(addressMatrixQuery(SIGNAL_IP, 30, 1042).queryKey, matrix)
  if (address) client.setQueryData(addressQuery(SIGNAL_IP, 1042).queryKey, address)
  return render(
    <KeysProvider>
      <QueryClientProvider client={client}>
        <TriageContext value={{ ...triage, ...changes }}>
          <RailParts steps={runbook?.steps ?? null} />
          {runbook && (
            <RunbookCards
              runbook={runbook}
              start={{ signalId: 1042, ip: SIGNAL_IP, firstSeen: FIRST_SEEN }}
              lookups={{ isAsking: false }}
            />
          )}
        </TriageContext>
      </QueryClientProvider>
    </KeysProvider>,
  )
}

const card = (name: string) => within(screen.getByRole('region', { name: new RegExp(name) }))
function focus(id: string): HTMLElement {
  const element = document.getElementById(id)!
  act(() => element.focus())
  return element
}
const drawings = () => document.querySelectorAll('[data-slot=drawing]')

describe('RunbookCards', () => {
  it('answers in a word and a sentence, and draws all six steps', () => {
    show('found')
    expect(card('Is the IP known').getByText('Confirmed.')).toBeTruthy()
    expect(card('Could this be legitimate').getByText('None found.')).toBeTruthy()
    expect(card('Which other accounts').getByText('Possible.')).toBeTruthy()
    // Step 2 draws its hours; its shares are a list and its reasons a table.
    expect(drawings()).toHaveLength(6)
  })

  it('rests folded where nothing was found, and opens on request', () => {
    show('clean')
    const clean = card('Did sign-in methods change')
    expect(clean.queryByRole('group')).toBeNull()
    fireEvent.click(clean.getByRole('button', { name: 'Show details' }))
    expect(clean.getByRole('group', { name: /Sign-in methods over time/ })).toBeTruthy()
    expect(card('Could this be legitimate').getByText('Found.')).toBeTruthy()
  })

  it('never draws cannot tell like none found: hatched, with its gaps and what is missing', () => {
    show('unknown')
    const step = card('What happened afterwards')
    expect(step.getByText('Cannot tell.')).toBeTruthy()
    expect(step.getByText(/with gaps/)).toBeTruthy()
    expect(step.getByText(/The log is read up to 07:58 UTC only/)).toBeTruthy()
    expect(step.getByText('The log between 10 and 12 Nov would have to be read again.')).toBeTruthy()
    expect(document.querySelectorAll('[data-meter=cannot_tell]').length).toBeGreaterThanOrEqual(12)
    expect(document.querySelector('#step-3 .hatched')).toBeTruthy()
  })

  it('shows hostile text as text', () => {
    const { container } = show('hostile')
    expect(container.querySelector('script')).toBeNull()
    expect(container.textContent).toContain('<script>alert(1)</script>')
  })

  it('draws a busy account as bins and a few lanes, and offers the rest', () => {
    const { container } = show('huge')
    expect(container.querySelectorAll('svg *').length).toBeLessThan(4_000)
    expect(card('What happened afterwards').getByRole('button', { name: /Show 16 more sessions/ })).toBeTruthy()
    expect(card('Which other accounts').getByText(/362 accounts more/)).toBeTruthy()
  })

  it('pins the fact that it stands beside', () => {
    show('found')
    fireEvent.click(card('Is the IP known').getByRole('button', { name: /Pin as evidence: Listed by Tor exits/ }))
    expect(pin).toHaveBeenCalledWith(expect.objectContaining({ kind: 'listing', ref: 'tor-exits', step: 1 }))
  })

  it('offers neither pins nor reviews to who may not change the signal', () => {
    show('found', { canChange: false })
    expect(screen.queryAllByRole('button', { name: /Pin as evidence/ })).toEqual([])
    expect(screen.queryAllByRole('button', { name: 'Mark reviewed' })).toEqual([])
    expect(card('Is the IP known').getByText(/Ana Silva/)).toBeTruthy()
  })
})

describe('keys of the steps', () => {
  it('moves over the marks of a drawing and says what is there', () => {
    show('found')
    const lanes = screen.getByRole('group', { name: /What the sessions and tokens did/ })
    fireEvent.keyDown(lanes, { key: 'ArrowRight' })
    const readout = () =>
      card('What happened afterwards').getByText(/22 Nov 2026 07:/, { selector: '[data-slot=readout]' }).textContent
    expect(readout()).toContain('22 Nov 2026 07:31:12 UTC: user.authentication.sso')
    fireEvent.keyDown(lanes, { key: 'ArrowDown' })
    expect(readout()).toContain('token 00T4kE…9xQ')
    fireEvent.keyDown(lanes, { key: 'Escape' })
    expect(document.querySelector('#step-3 [data-slot=readout]')?.textContent).not.toContain('07:')
  })

  it('shows the focused step as a table and back', () => {
    show('found')
    const step = focus('step-4')
    fireEvent.keyDown(step, { key: 'v' })
    expect(screen.getByRole('table', { name: 'Addresses that used it' })).toBeTruthy()
    fireEvent.keyDown(step, { key: 'v' })
    expect(screen.queryByRole('table', { name: 'Addresses that used it' })).toBeNull()
  })

  it('marks the focused step reviewed and goes on to the next', () => {
    show('found')
    fireEvent.keyDown(focus('step-2'), { key: ' ' })
    expect(toggleReview).toHaveBeenCalledWith(2)
    expect(document.activeElement?.id).toBe('step-3')
  })

  it('takes the mark off a reviewed step and stays there', () => {
    show('found')
    fireEvent.keyDown(focus('step-1'), { key: ' ' })
    expect(toggleReview).toHaveBeenCalledWith(1)
    expect(document.activeElement?.id).toBe('step-1')
  })
})

describe('MissingSteps', () => {
  it('keeps the place of every step while loading', () => {
    render(<MissingSteps problem={null} onRetry={() => {}} />)
    expect(screen.getAllByRole('region').map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6].map((step) => `step-${step}`))
    expect(screen.getAllByRole('region').every((one) => one.getAttribute('aria-busy') === 'true')).toBe(true)
  })

  it('says what failed and tries again', () => {
    const onRetry = vi.fn()
    render(<MissingSteps problem="The server did not answer." onRetry={onRetry} />)
    expect(screen.getByRole('alert').textContent).toContain('The server did not answer.')
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(onRetry).toHaveBeenCalledTimes(1)
  })
})

describe('RailParts', () => {
  it('tells each answer and what is reviewed', () => {
    show('found')
    const rail = within(screen.getByRole('navigation', { name: 'Parts of this signal' }))
    expect(rail.getByText('1 of 6 reviewed')).toBeTruthy()
    expect(rail.getByRole('link', { name: /IP intelligence/ }).textContent).toContain('confirmed')
    expect(rail.getByRole('link', { name: /IP intelligence/ }).textContent).toContain('reviewed')
    expect(rail.getByRole('link', { name: /Other accounts/ }).textContent).toContain('possible')
  })
})
