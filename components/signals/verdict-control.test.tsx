import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KeysProvider } from '@/components/patterns/keys/keys-provider'
import { setCharacterKeys } from '@/components/patterns/keys/key-preferences'
import { ToastRegion } from '@/components/patterns/toast'
import { runbook } from '@/components/runbook/testing/runbook-fixture'
import type { Runbook } from '@/lib/runbook/contract/runbook'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { signalKeys } from '@/lib/signals/client'
import type { Verdict } from '@/lib/signals/model'
import { ConflictDialog } from './conflict-dialog'
import { signalPageKeys } from './triage-keys'
import type { ShownSuggestion } from './use-suggestion'
import { VerdictControl } from './verdict-control'

const evidence = { kind: 'event', ref: 'e-1', step: 3, label: 'Super admin granted', at: null } as const
const signal = {
  id: 1042,
  reference: 'SIG-1042',
  severity: 'medium',
  status: 'open',
  version: 3,
  verdict: null,
  claim: null,
  ip: '203.0.113.9',
  lastSeen: '2026-11-22T08:43:02.000Z',
  evidence: [],
  similar: [],
  verdicts: [],
  history: [],
  reviews: [],
  notes: [],
} as unknown as SignalDetail
const suggesting = (verdict: Verdict | null): Runbook => ({
  ...runbook,
  suggestion: { ...runbook.suggestion, verdict, because: 'Because of step 3.', evidence: verdict ? [evidence] : [] },
})

interface Request {
  method: string
  path: string
  body: Record<string, unknown> | undefined
}
let requests: Request[]
let answers: (request: Request) => { status: number; body: unknown }
const onDecided = vi.fn()

function show(verdict: Verdict | null, shown?: ShownSuggestion) {
  const found = suggesting(verdict)
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  queries.setQueryData(signalKeys.detail(1042), signal)
  const view = { shown: shown ?? { state: 'shown' as const, suggestion: found.suggestion }, runbook: found }
  render(
    <QueryClientProvider client={queries}>
      <VerdictControl signal={signal} view={view} keys={signalPageKeys} nextId={1047} onDecided={onDecided} />
      <ToastRegion />
      <ConflictDialog />
    </QueryClientProvider>,
    { wrapper: KeysProvider },
  )
  return queries
}
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key })
/** What Enter in a field does, which jsdom leaves out. */
const enter = () => act(() => (document.activeElement as HTMLInputElement).form?.requestSubmit())
const posts = (path: string) => requests.filter((one) => one.method === 'POST' && one.path === path)
const VERDICT = '/api/signals/1042/verdict'

beforeEach(() => {
  requests = []
  onDecided.mockClear()
  window.localStorage.clear()
  answers = () => ({ status: 200, body: {} })
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const request = { method: init.method ?? 'GET', path, body: init.body && JSON.parse(String(init.body)) }
    requests.push(request)
    const { status, body } = answers(request)
    const type = status < 400 ? 'application/json' : 'application/problem+json'
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })
  })
})
afterEach(() => {
  for (const button of screen.queryAllByRole('button', { name: 'Dismiss message' })) fireEvent.click(button)
  cleanup()
  vi.unstubAllGlobals()
})

const saved = {
  signalId: 1042,
  version: 4,
  status: 'closed',
  verdict: 'malicious',
  verdictId: 'v',
  suppressionId: null,
}

describe('the verdict form', () => {
  it('takes two keys: e opens it as suggested, Enter saves it, and the page goes on at once', async () => {
    answers = () => ({ status: 200, body: saved })
    show('malicious')
    press('e')
    expect(screen.getByRole('radio', { name: /Malicious/ })).toHaveProperty('checked', true)
    enter()
    expect(onDecided).toHaveBeenCalledOnce()
    await waitFor(() => expect(posts(VERDICT)).toHaveLength(1))
    expect(posts(VERDICT)[0]?.body).toEqual({
      verdict: 'malicious',
      version: 3,
      suggested: 'malicious',
      evidence: [evidence],
    })
  })

  it('works without character keys', () => {
    setCharacterKeys(false)
    show('malicious')
    press('e')
    expect(screen.queryByRole('dialog')).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Verdict' }))
    fireEvent.click(screen.getByRole('radio', { name: /Cannot tell/ }))
    expect(screen.getByRole('radio', { name: /Cannot tell/ })).toHaveProperty('checked', true)
  })

  it('chooses by 1 to 6 and keeps the choice from the suggestion', () => {
    show('malicious')
    press('e')
    press('3')
    expect(screen.getByRole('radio', { name: /Benign, expected/ })).toHaveProperty('checked', true)
  })

  it('says why nothing is suggested, and saves nothing until one is chosen', () => {
    show(null)
    press('e')
    expect(screen.getByText(/No verdict is suggested\. Because of step 3\./)).toBeTruthy()
    enter()
    expect(screen.getByRole('alert').textContent).toBe('Choose a verdict.')
    expect(onDecided).not.toHaveBeenCalled()
    expect(posts(VERDICT)).toEqual([])
  })

  it('shows nothing of a suggestion that is kept back', () => {
    show('malicious', { state: 'withheld', reviewed: 2, of: 6 })
    press('e')
    expect(screen.queryByText('suggested')).toBeNull()
    expect(screen.getByText(/2 of 6 are/)).toBeTruthy()
    for (const box of screen.queryAllByRole('checkbox')) expect(box).toHaveProperty('checked', false)
  })

  it('refuses a verdict without evidence', () => {
    show('malicious')
    press('e')
    fireEvent.click(screen.getByRole('checkbox', { name: /Super admin granted/ }))
    enter()
    expect(screen.getByRole('alert').textContent).toMatch(/at least one fact/)
  })
})

describe('after saving', () => {
  it('takes it back by z', async () => {
    answers = ({ path }) => ({
      status: 200,
      body: path === VERDICT ? saved : { ...saved, status: 'open', verdict: null },
    })
    show('malicious')
    press('e')
    enter()
    fireEvent.keyDown(document.body, { key: 'z' })
    await waitFor(() => expect(posts(`${VERDICT}/withdraw`)).toHaveLength(1))
    expect(posts(`${VERDICT}/withdraw`)[0]?.body).toEqual({ version: 4, endSuppression: false })
    expect(await screen.findByText('SIG-1042 is open again')).toBeTruthy()
  })

  it('rolls back and says so when the server fails, and tries again when asked', async () => {
    answers = () => ({ status: 500, body: { code: 'internal', detail: 'Something went wrong.' } })
    const queries = show('malicious')
    press('e')
    enter()
    expect(await screen.findByText(/SIG-1042 was not saved as malicious\. Something went wrong\./)).toBeTruthy()
    expect(queries.getQueryData<SignalDetail>(signalKeys.detail(1042))?.verdict).toBeNull()
    answers = () => ({ status: 200, body: saved })
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(posts(VERDICT)).toHaveLength(2))
  })

  it('puts both versions of a conflict side by side, and replaces theirs only when told', async () => {
    const theirs = { verdict: 'benign_vpn', rationale: 'Benign: E1 known device.', decidedByName: 'Ana Silva' }
    const current = {
      ...signal,
      status: 'closed',
      verdict: 'benign_vpn',
      version: 5,
      verdicts: [
        { ...theirs, id: 'v', note: null, withdrawnAt: null, suppressionId: 44, decidedAt: '2026-11-22T08:50:00.000Z' },
      ],
    }
    answers = ({ path }) =>
      path === VERDICT
        ? { status: 409, body: { code: 'conflict', detail: 'Couldn’t decide SIG-1042: Ana Silva closed it.' } }
        : { status: 200, body: path.endsWith('withdraw') ? { ...saved, status: 'open', version: 6 } : current }
    show('malicious')
    press('e')
    enter()
    expect(await screen.findByText(/Ana Silva closed it/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'See both' }))
    const dialog = await screen.findByRole('dialog', { name: /decided by somebody else/ })
    expect(within(dialog).getByRole('region', { name: 'Theirs' }).textContent).toMatch(
      /Ana Silva.*E1 known device.*SUP-44/,
    )
    expect(within(dialog).getByRole('region', { name: 'Yours' }).textContent).toMatch(/Malicious.*Super admin granted/)
    answers = ({ path }) => ({
      status: 200,
      body: path.endsWith('withdraw') ? { ...saved, status: 'open', version: 6 } : saved,
    })
    fireEvent.click(within(dialog).getByRole('button', { name: 'Save mine instead' }))
    await waitFor(() => expect(posts(VERDICT)).toHaveLength(2))
    expect(posts(`${VERDICT}/withdraw`)[0]?.body).toEqual({ version: 5, endSuppression: true })
    expect(posts(VERDICT)[1]?.body).toMatchObject({ verdict: 'malicious', version: 6 })
  })
})

describe('a verdict on what became HIGH meanwhile', () => {
  it('is not saved, says what happened, and asks to look again', async () => {
    const entry = {
      at: '2026-11-22T08:50:00.000Z',
      text: 'raised from MEDIUM to HIGH: an API token was used',
      note: null,
    }
    const current = {
      ...{ ...signal, status: 'open', verdict: null, version: 5, verdicts: [] },
      history: [{ ...entry, action: 'signal.raised', actor: { kind: 'system', id: 'system', name: 'Sallyport' } }],
    }
    answers = ({ path }) =>
      path === VERDICT
        ? { status: 409, body: { code: 'conflict', detail: 'Couldn’t decide SIG-1042: raised from MEDIUM to HIGH.' } }
        : { status: 200, body: current }
    show('benign_vpn')
    press('e')
    enter()
    fireEvent.click(await screen.findByRole('button', { name: 'See both' }))
    const dialog = await screen.findByRole('dialog', { name: 'SIG-1042 became HIGH meanwhile' })
    expect(within(dialog).getByRole('region', { name: 'Now' }).textContent).toMatch(/Sallyport raised from MEDIUM/)
    fireEvent.click(within(dialog).getByRole('button', { name: 'Look at it again' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(posts(VERDICT)).toHaveLength(1)
  })
})

describe('the benign VPN drawer', () => {
  const option = (scope: string, patch: object = {}) => ({
    ...{
      scope,
      label: `maria.keller, ${scope}`,
      range: null,
      tokenId: null,
      isAllowed: true,
      reason: null,
      maxDays: 90,
    },
    ...{ hidden: 6, hiddenHigh: 0, signals: [], total: 6 },
    ...patch,
  })
  const options = {
    windowDays: 30,
    default: 'user_network',
    options: [
      option('user_network'),
      option('user_ip'),
      option('org_network', { isAllowed: false, reason: 'Needs a lead or an admin.' }),
    ],
  }

  it('takes two keys: b opens it filled, Enter saves verdict and suppression together', async () => {
    answers = ({ path }) => ({ status: 200, body: path === VERDICT ? { ...saved, suppressionId: 44 } : options })
    show('benign_vpn')
    await waitFor(() => expect(requests.some(({ path }) => path.endsWith('suppression-options'))).toBe(true))
    press('b')
    expect(await screen.findByRole('radio', { name: /user_network/ })).toHaveProperty('checked', true)
    expect(screen.getByRole('radio', { name: /org_network/ })).toHaveProperty('disabled', true)
    expect(screen.getByText(/Would have hidden 6 MEDIUM/)).toBeTruthy()
    act(() => (screen.getByRole('radio', { name: /user_network/ }) as HTMLInputElement).form?.requestSubmit())
    expect(onDecided).toHaveBeenCalledOnce()
    await waitFor(() => expect(posts(VERDICT)).toHaveLength(1))
    expect(posts(VERDICT)[0]?.body).toMatchObject({
      verdict: 'benign_vpn',
      suppression: { scope: 'user_network', days: 30 },
    })
  })

  it('closes only this signal when told so, and refuses lengths that are not allowed', async () => {
    answers = ({ path }) => ({ status: 200, body: path === VERDICT ? saved : options })
    show('benign_vpn')
    press('b')
    const network = await screen.findByRole('radio', { name: /user_network/ })
    fireEvent.change(screen.getByRole('textbox', { name: /Until, in days/ }), { target: { value: '120' } })
    act(() => (network as HTMLInputElement).form?.requestSubmit())
    expect(screen.getByText('Between 1 and 90 days.')).toBeTruthy()
    expect(onDecided).not.toHaveBeenCalled()
    fireEvent.click(screen.getByRole('radio', { name: /close only this signal/ }))
    act(() => (network as HTMLInputElement).form?.requestSubmit())
    await waitFor(() => expect(posts(VERDICT)).toHaveLength(1))
    expect(posts(VERDICT)[0]?.body).not.toHaveProperty('suppression')
  })
})
