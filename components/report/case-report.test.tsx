import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { KeysProvider } from '@/components/patterns/keys/keys-provider'
import { runbookStates } from '@/components/runbook/testing/runbook-states'
import type { Runbook } from '@/lib/runbook/contract/runbook'
import { CaseReport } from './case-report'
import { bundle, events, signal } from './testing/report-fixture'

vi.mock('next/navigation', () => ({ useRouter: () => ({ push: () => undefined }) }))
afterEach(cleanup)

function show(runbook: Runbook) {
  return render(
    <CaseReport
      {...{ signal, events, runbook, bundle }}
      suppressions={[]}
      orgName="Example"
      by="Ana Silva"
      at="2026-11-22T09:00:00.000Z"
    />,
    { wrapper: KeysProvider },
  )
}
const whole = Object.entries(runbookStates).flatMap(([name, { runbook }]) =>
  runbook ? [[name, runbook] as const] : [],
)
const ADDRESS = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g

describe.each(whole)('a report in the state %s', (_name, runbook) => {
  it('writes no address in full, and no instant without its zone', () => {
    const text = show(runbook).container.textContent
    expect(text.match(ADDRESS) ?? []).toEqual([])
    const clocks = text.match(/\d{2}:\d{2}:\d{2}.{0,4}/g) ?? []
    expect(clocks.filter((clock) => !clock.endsWith(' UTC'))).toEqual([])
    expect(text).toContain('198.51.100[.]7')
  })

  it('holds the six answers with how far they reach, and every row of their tables', () => {
    const { container } = show(runbook)
    expect([...container.querySelectorAll('[data-step]')].map((step) => step.getAttribute('data-state'))).toEqual(
      runbook.steps.map(({ answer }) => answer),
    )
    for (const { uuid } of [...runbook.steps[2].notable, ...runbook.steps[4].changes]) {
      expect(container.textContent).toContain(uuid)
    }
    expect(screen.getAllByText('Searched')).toHaveLength(6)
  })
})

describe('a case report', () => {
  it('cites evidence by number in the rationale, also what is pinned no more, and leads to it', () => {
    const { container } = show(whole[0]![1])
    const verdict = container.querySelector<HTMLElement>('[data-slot="report-verdict"]')!
    expect(within(verdict).getByRole('link', { name: 'E1' }).getAttribute('href')).toBe('#E1')
    expect(within(verdict).getByRole('link', { name: 'E3' })).toBeTruthy()
    expect(container.querySelector('#E1')?.textContent).toContain('Tor exit')
    expect(container.querySelector('#E3')?.textContent).toContain('removed since')
  })

  it('shows hostile text as text, with what would reorder it written out', () => {
    const { container } = show(whole[0]![1])
    expect(container.querySelector('script, img')).toBeNull()
    expect(container.textContent).toContain('<img src=x onerror=alert(1)>')
    expect(container.textContent).toContain('\\u202e')
    expect(container.textContent).not.toContain('\u202e')
  })

  it('prints the hash with what it covers, and lets the bundle be downloaded under that hash', () => {
    show(whole[0]![1])
    expect(screen.getAllByText(new RegExp(bundle.sha256)).length).toBeGreaterThan(0)
    expect(screen.getByRole('link', { name: /Evidence bundle/ }).getAttribute('href')).toBe(
      `/api/signals/1042/evidence-bundle?sha256=${bundle.sha256}`,
    )
  })

  it('says how many events it leaves out', () => {
    show(whole[0]![1])
    expect(screen.getByText(/the other 3 are neither listed here nor covered/)).toBeTruthy()
  })
})
