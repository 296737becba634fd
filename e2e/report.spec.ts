// The case report is complete and harmless on screen and on paper, its hash can be repeated by anybody, and an event says why it raised a signal.
import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import type { SignalDetail, SignalPage } from '@/lib/signals/contract/signal'
import { expect, test } from './fixtures'

const ADDRESS = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g
const read = async <Answer>(page: Page, path: string): Promise<Answer> => (await page.request.get(path)).json()

/** The signal with the most events, whatever was decided on it. */
async function busiest(page: Page): Promise<SignalDetail> {
  const { signals } = await read<SignalPage>(page, '/api/signals?status=open,in_review,closed&limit=200')
  const [first] = signals.toSorted((a, b) => b.eventCount - a.eventCount || a.id - b.id)
  return read(page, `/api/signals/${first!.id}`)
}

/** Pins the deciding event and the address, whoever else does meanwhile. */
async function pinTwo(page: Page, signal: SignalDetail, baseURL: string): Promise<SignalDetail> {
  const evidence = [
    {
      ...{ kind: 'event', ref: signal.decidingEventUuid, step: 3, at: signal.firstSeen },
      label: `First use <b>from</b> ${signal.ip} \u202eevil`,
    },
    { kind: 'address', ref: signal.ip, step: 1, label: `Address ${signal.ip}`, at: null },
  ]
  const answer = await page.request.post(`/api/signals/${signal.id}/evidence`, {
    data: { evidence },
    headers: { origin: baseURL },
  })
  expect(answer.status()).toBe(200)
  return read(page, `/api/signals/${signal.id}`)
}

async function openReport(page: Page, signal: SignalDetail): Promise<string> {
  await page.goto(`/signals/${signal.reference}/report`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(signal.reference)
  return page.locator('[data-slot="case-report"]').innerText()
}

test('holds all evidence, every address defanged, every time with its zone, and text stays text', async ({
  page,
  loginAs,
  baseURL,
  expectAccessible,
}) => {
  await loginAs('analyst')
  const signal = await pinTwo(page, await busiest(page), baseURL!)
  const text = await openReport(page, signal)
  for (const { number, ref } of signal.evidence) {
    expect(text).toContain(`E${number}`)
    if (ref !== signal.ip) expect(text).toContain(ref)
  }
  for (const { uuid } of signal.events.events) expect(text).toContain(uuid)
  expect(text).toContain(signal.ip.replace(/\.(?=\d+$)/, '[.]'))
  expect(text.match(ADDRESS) ?? []).toEqual([])
  expect(text).toContain('<b>from</b>')
  expect(text).toContain('\\u202eevil')
  const clocks = text.match(/\d{2}:\d{2}:\d{2}.{0,4}/g) ?? []
  expect(clocks.length).toBeGreaterThan(10)
  expect(clocks.filter((clock) => !clock.endsWith(' UTC'))).toEqual([])
  await expect(page.locator('[data-step][data-state]')).toHaveCount(6)
  await expectAccessible(page)
})

test('its hash is that of the file anybody downloads, and a changed case is refused', async ({
  page,
  loginAs,
  baseURL,
}) => {
  await loginAs('analyst')
  const { signals } = await read<SignalPage>(page, '/api/signals?status=open,in_review,closed&limit=200')
  const signal = await read<SignalDetail>(page, `/api/signals/${signals.at(-1)!.id}`)
  await openReport(page, signal)
  const sha256 = await page.locator('[data-slot="bundle-hash"]').innerText()
  const download = page.waitForEvent('download')
  await page.keyboard.press('d')
  const file = await download
  expect(file.suggestedFilename()).toBe(`${signal.reference}-evidence.json`)
  const chunks: Buffer[] = []
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer)
  expect(createHash('sha256').update(Buffer.concat(chunks)).digest('hex')).toBe(sha256)

  const note = { kind: 'note', body: 'Seen by the night shift.' }
  await page.request.post(`/api/signals/${signal.id}/notes`, { data: note, headers: { origin: baseURL! } })
  const late = await page.request.get(`/api/signals/${signal.id}/evidence-bundle?sha256=${sha256}`)
  expect(late.status()).toBe(409)
})

for (const format of ['A4', 'Letter'] as const) {
  test(`prints every row on ${format}, on more than one page`, async ({ page, loginAs }) => {
    await loginAs('viewer')
    const signal = await busiest(page)
    const text = await openReport(page, signal)
    const pdf = await page.pdf({ format, tagged: true, preferCSSPageSize: false })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(countPages(pdf)).toBeGreaterThan(1)
    // Print media hides what is not for paper and nothing else.
    await page.emulateMedia({ media: 'print' })
    const printed = await page.locator('[data-slot="case-report"]').innerText()
    for (const { uuid } of signal.events.events) expect(printed).toContain(uuid)
    expect(printed.split('\n').length).toBeGreaterThanOrEqual(text.split('\n').length)
    expect(await cutCells(page)).toEqual([])
    await expect(page.getByRole('navigation', { name: 'Report' })).toBeHidden()
  })
}

test('an event says why it raised a signal, and keys lead from it to the signal and its report', async ({
  page,
  loginAs,
  expectAccessible,
}) => {
  await loginAs('viewer')
  const signal = await busiest(page)
  await page.goto(`/events/${signal.decidingEventUuid}`)
  const explanation = page.locator('[data-slot="explanation"]').filter({ visible: true })
  await expect(explanation).toHaveAttribute('data-outcome', 'signal')
  await expect(explanation.getByRole('list', { name: 'Conditions in the order they were checked' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('o')
  await expect(page).toHaveURL(/\/signals\/SIG-\d+$/)
  await expect(page.locator('[data-slot="signal-title"]').filter({ visible: true })).toBeVisible()
  await expect(page.locator('#main [data-step-card="6"]').filter({ visible: true })).toBeVisible()
  await page.keyboard.press('p')
  await expect(page).toHaveURL(/\/report$/)
})

test('an event that is not there is said to be missing', async ({ page, loginAs, allowComplaint }) => {
  allowComplaint(/404/)
  await loginAs('viewer')
  await page.goto('/events/00000000-0000-4000-8000-000000000000')
  await expect(page.getByRole('heading', { name: 'There is no such event' })).toBeVisible()
})

/** Cells whose content is wider than they are: paper cannot scroll. */
function cutCells(page: Page): Promise<string[]> {
  return page
    .locator('[data-slot="case-report"] td')
    .evaluateAll((cells) =>
      cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent ?? ''),
    )
}

/** Pages by the page tree, which may stand inside a compressed object stream. */
function countPages(pdf: Buffer): number {
  const texts = [pdf.toString('latin1')]
  for (const match of texts[0]!.matchAll(/stream\r?\n/g)) {
    const from = match.index + match[0].length
    const end = pdf.indexOf('endstream', from)
    try {
      texts.push(inflateSync(pdf.subarray(from, end)).toString('latin1'))
    } catch {
      // Not a compressed stream: an image or a font.
    }
  }
  return texts.reduce((count, text) => count + (text.match(/\/Type\s*\/Page(?![a-z])/gi) ?? []).length, 0)
}
