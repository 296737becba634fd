// How many keys a verdict takes, on every scenario with a known answer, with the keyboard only: nothing leads away from the page, the
// six answers stand before the verdict, the verdict is the true one and cites what supports it, and the next signal comes by itself.
import type { Locator, Page } from '@playwright/test'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { expect, test as base } from './fixtures'
import { K } from './keyboard'
import { addFigures, markPaints, noFigures, phraseFigures, record } from './measure'
import { watchPivots } from './pivot-guard'
import { fetchFeeds, openScenario, readRunbook, readSignal } from './signals'
import type { KnownScenario } from './simulator'

/** Presses from the opened signal to the saved verdict. */
const BUDGET = { fast: 3, benignVpn: 4, review: 12 }
/** Without shortcuts: Tab from the top of the page, past every control on the way. */
const PLAIN_BUDGET = { fast: 40, benignVpn: 40, review: 250 }

type Way = keyof typeof BUDGET

/** How each scenario is decided; the four of S8 and the two of S2 one after the other. */
const WAYS: readonly { id: string; way: Way }[] = [
  { id: 'S1', way: 'review' },
  { id: 'S2', way: 'fast' },
  { id: 'S3', way: 'fast' },
  { id: 'S4', way: 'benignVpn' },
  { id: 'S6', way: 'review' },
  { id: 'S7', way: 'fast' },
  { id: 'S8', way: 'fast' },
  { id: 'S9', way: 'fast' },
  // Last: it is listed only a minute after the product started.
  { id: 'S5', way: 'fast' },
]

const figures = { shortcuts: noFigures(), plain: noFigures() }

const test = base.extend<{ pivots: readonly string[] }>({
  pivots: async ({ page, baseURL }, use) => {
    const pivots = await watchPivots(page, baseURL!)
    await use(pivots)
    expect(pivots, 'nothing leads away from the page').toEqual([])
  },
})

// One after the other: the second run decides the signals of the first again.
test.describe.configure({ mode: 'default' })

test('the guards hold: no mouse, no key too many, no way out unseen', async ({ page, loginAs, baseURL }) => {
  await loginAs('viewer')
  const seen = await watchPivots(page, baseURL!)
  await page.goto('/health')
  const k = await K(page, { hasShortcuts: false })
  try {
    k.restart(1)
    expect(() => page.getByRole('link').first().click()).toThrow(/keyboard only/)
    expect(() => page.mouse.click(1, 1)).toThrow(/keyboard only/)
    expect(() => page.keyboard.press('e')).toThrow(/keyboard only/)
    await expect(k.run('signal.verdict')).rejects.toThrow(/Shortcuts are off/)
    await expect(k.press('e')).rejects.toThrow(/run it by its id/)
    await k.press('Tab')
    await expect(k.press('Tab')).rejects.toThrow(/over the budget/)
  } finally {
    k.giveBack()
  }
  await page.evaluate(() => navigator.clipboard.writeText('203.0.113.70'))
  await page.evaluate(() => void window.open('/health'))
  await expect.poll(() => seen.length).toBe(2)
})

for (const mode of ['shortcuts', 'plain'] as const) {
  for (const { id, way } of WAYS) {
    const what = mode === 'shortcuts' ? `in at most ${BUDGET[way]} keys` : 'with shortcuts off'
    test(`${id} is decided ${what}`, async ({ page, loginAs, pivots }, info) => {
      test.setTimeout(240_000)
      await loginAs('admin')
      if (id === 'S5') await untilListed(page)
      const { scenario, signalIds } = await openScenario(page.request, id)
      await markPaints(page)
      if (mode === 'plain') await turnShortcutsOff(page)
      const k = await K(page, { hasShortcuts: mode === 'shortcuts' })
      try {
        for (const signalId of signalIds) {
          await page.goto(`/signals/SIG-${signalId}`)
          await untilAnswered(page, scenario, signalId)
          k.restart((mode === 'shortcuts' ? BUDGET : PLAIN_BUDGET)[way])
          await WALKS[mode][way](k, page, scenario)
          const { count } = k
          await untilNext(page, signalId)
          expectTrueVerdict(await untilDecided(page, signalId), scenario, way)
          await addFigures(page, figures[mode])
          record(
            info,
            `keys of ${id}`,
            `${count}, pivots ${pivots.length}, on ${mode === 'shortcuts' ? 'shortcuts' : 'Tab and Enter'}`,
          )
        }
      } finally {
        k.giveBack()
      }
    })
  }
}

test('what was measured on the way', ({}, info) => {
  for (const [mode, { evidence, next, nextEvidence }] of Object.entries(figures)) {
    record(info, `time to evidence, ${mode}`, phraseFigures(evidence))
    record(info, `saved to next signal painted, ${mode}`, phraseFigures(next))
    record(info, `saved to six answers of the next painted, ${mode}`, phraseFigures(nextEvidence))
  }
})

type Keys = Awaited<ReturnType<typeof K>>
type Walk = (k: Keys, page: Page, scenario: KnownScenario) => Promise<void>

const WALKS: Record<'shortcuts' | 'plain', Record<Way, Walk>> = {
  shortcuts: {
    async fast(k, page, { verdict }) {
      await k.run('signal.verdict')
      if (verdict === 'cannot_tell') await k.run('verdict.cannotTell')
      await save(k, page)
    },
    async benignVpn(k, page) {
      await k.run('signal.benign')
      await saveSuppression(k, page)
    },
    async review(k, page, { verdict }) {
      await k.run('signal.step1')
      for (let step = 1; step <= 6; step++) {
        await expect(card(page, step)).toBeFocused()
        // A fact of each of the first two is pinned by hand.
        if (step <= 2) {
          await k.run('signal.pin')
          await expect(page.locator('[data-slot="pin-button"][aria-pressed="true"]')).not.toHaveCount(step - 1)
        }
        await k.run('signal.review')
      }
      await expect(page.getByText('6 of 6 reviewed')).toBeVisible()
      await WALKS.shortcuts.fast(k, page, { verdict } as KnownScenario)
    },
  },
  plain: {
    async fast(k, page, { verdict }) {
      await k.tabTo(page.getByRole('button', { name: 'Verdict', exact: true }))
      await k.press('Enter')
      const wanted = page.getByRole('dialog').locator(`input[value="${verdict}"]`)
      await expect(page.getByRole('dialog').locator('input:focus')).toBeVisible()
      for (let n = 0; n < 6 && !(await wanted.isChecked()); n++) await k.press('ArrowDown')
      await save(k, page)
    },
    async benignVpn(k, page) {
      await k.tabTo(page.getByRole('button', { name: 'Benign VPN', exact: true }))
      await k.press('Enter')
      await saveSuppression(k, page)
    },
    async review(k, page, scenario) {
      for (let step = 1; step <= 6; step++) {
        await k.tabTo(card(page, step).getByRole('button', { name: 'Mark reviewed' }))
        await k.press('Enter')
      }
      await expect(page.getByText('6 of 6 reviewed')).toBeVisible()
      // On to the end of the page and round to its top.
      await WALKS.plain.fast(k, page, scenario)
    },
  },
}

/** Within the page: what a streamed page has not put in its place yet stands outside. */
const card = (page: Page, step: number): Locator => page.locator(`#main [data-step-card="${step}"]`)

async function save(k: Keys, page: Page): Promise<void> {
  await expect(page.getByRole('dialog').locator('input[type="radio"]:checked')).toBeFocused()
  await k.press('Enter')
}

/** The drawer is filled already; what it would have hidden stands on it before it is saved. */
async function saveSuppression(k: Keys, page: Page): Promise<void> {
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('button', { name: /^Save suppression/ })).toBeEnabled()
  await expect(drawer.getByText(/^Would have hidden /)).toBeVisible()
  await expect(drawer.locator('input:focus')).toBeVisible()
  await k.press('Enter')
}

/** Six sentences, each with the answer that the story knows, and the suggestion that follows, before anything is decided. */
async function untilAnswered(page: Page, { verdict, answers }: KnownScenario, signalId: number): Promise<void> {
  for (const [index, answer] of answers.entries()) {
    await expect(card(page, index + 1)).toHaveAttribute('data-answer', answer)
  }
  const { steps } = await readRunbook(page.request, signalId)
  for (const { step, sentence } of steps) await expect(card(page, step)).toContainText(clauseOf(sentence))
  const suggested = verdict === 'cannot_tell' ? 'none' : verdict
  await expect(page.locator('[data-slot="suggestion"]')).toHaveAttribute('data-verdict', suggested)
  await expect(page.getByRole('button', { name: 'Verdict', exact: true })).toBeVisible()
}

/** The first clause of a sentence with any numbers: what follows counts feeds, which other tests add, and "up to" moves with the clock. */
function clauseOf(sentence: string): RegExp {
  const [clause] = sentence.split(/[;.] /)
  return new RegExp(clause!.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\d+/g, '\\d+'))
}

async function untilNext(page: Page, signalId: number): Promise<void> {
  await expect(page).not.toHaveURL(new RegExp(`SIG-${signalId}$`))
  await expect(page).toHaveURL(/\/signals\/SIG-\d+$/)
  await expect(page.locator('[data-slot="signal-title"]')).toBeFocused()
  await expect(page.locator('[data-step="6"][data-answer]').first()).toHaveAttribute(
    'data-answer',
    /^(yes|no|cannot_tell)$/,
  )
}

async function untilDecided(page: Page, signalId: number): Promise<SignalDetail> {
  await expect.poll(async () => (await readSignal(page.request, signalId)).status).toBe('closed')
  return readSignal(page.request, signalId)
}

function expectTrueVerdict({ verdicts }: SignalDetail, { verdict, answers }: KnownScenario, way: Way): void {
  const inForce = verdicts.find((one) => one.withdrawnAt === null)!
  expect(inForce.verdict).toBe(verdict)
  expect(inForce.rationale.length).toBeGreaterThan(20)
  expect(inForce.suppressionId !== null).toBe(way === 'benignVpn')
  // A malicious verdict rests on what was found, a benign one on a good reason or on who else is there, "cannot tell" on what is missing.
  const telling = answers.flatMap((answer, index) => {
    const step = index + 1
    if (verdict === 'cannot_tell') return answer === 'cannot_tell' ? step : []
    const isBenignStep = step === 2 || step === 6
    return answer === 'yes' && (verdict === 'malicious' ? step !== 2 : isBenignStep) ? step : []
  })
  const cited = inForce.evidence.map(({ step }) => step)
  expect(
    cited.some((step) => step !== null && telling.includes(step)),
    `cites steps ${cited}, of ${telling}`,
  ).toBe(true)
}

async function turnShortcutsOff(page: Page): Promise<void> {
  const preferences = JSON.stringify({ areCharacterKeysOn: false, remapped: {} })
  await page.addInitScript((text) => localStorage.setItem('sallyport.keys', text), preferences)
}

/** The address of S5 is on a list only from an instant on; then the list is fetched, and the old events raise a signal. */
async function untilListed(page: Page): Promise<void> {
  const listedAt = Date.parse(process.env.SALLYPORT_E2E_LISTED_AT!)
  await expect.poll(() => Date.now() >= listedAt, { timeout: 120_000, intervals: [1_000] }).toBe(true)
  await fetchFeeds(page.request, 'malicious')
}
