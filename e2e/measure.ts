// Marks in the browser when the six answers of a signal, and the signal that follows a verdict, are on screen. Figures are recorded and
// never asserted: they say something about the machine too.
import type { Page, TestInfo } from '@playwright/test'

export interface Figures {
  /** Milliseconds from opening the page to six painted answers. */
  evidence: number[]
  /** Milliseconds from the key that saves to the painted next signal. */
  next: number[]
  /** Milliseconds from the key that saves to six painted answers of the next signal. */
  nextEvidence: number[]
}

export const noFigures = (): Figures => ({ evidence: [], next: [], nextEvidence: [] })

/** Marks `answers` and `signal` with the path as detail, and `save` at each Enter. Call before the first page is opened. */
export async function markPaints(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = new Set<string>()
    let visit = 0
    let path = ''
    /** After the frame that shows what the document holds now. */
    const onPainted = (run: () => void) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = run
        channel.port2.postMessage(null)
      })
    const markOnce = (name: string) => {
      const key = `${visit} ${name}`
      if (seen.has(key)) return
      seen.add(key)
      const detail = path
      onPainted(() => performance.mark(name, { detail }))
    }
    function look() {
      if (location.pathname !== path) {
        path = location.pathname
        visit++
      }
      const reference = /\/signals\/([^/]+)$/.exec(path)?.[1]
      if (!reference || !document.querySelector('main header')?.textContent?.includes(reference)) return
      markOnce('signal')
      const answered = [1, 2, 3, 4, 5, 6].every((step) => {
        const answer = document.querySelector<HTMLElement>(`[data-step="${step}"][data-answer]`)
        return answer && /^(yes|no|cannot_tell)$/.test(answer.dataset.answer!) && answer.textContent!.length > 40
      })
      if (answered) markOnce('answers')
    }
    new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true })
    addEventListener(
      'keydown',
      (event) => event.key === 'Enter' && performance.mark('save', { startTime: event.timeStamp }),
      true,
    )
  })
}

interface Mark {
  name: string
  detail: string
  at: number
}

const marksOf = (page: Page): Promise<Mark[]> =>
  page.evaluate(() =>
    (performance.getEntriesByType('mark') as PerformanceMark[])
      .filter(({ name }) => ['answers', 'signal', 'save'].includes(name))
      .map(({ name, detail, startTime }) => ({ name, detail: String(detail), at: startTime })),
  )

/** What was marked since the page was loaded, where the verdict was saved by the last Enter before the next signal. */
export async function addFigures(page: Page, figures: Figures): Promise<void> {
  const marks = await marksOf(page)
  const [opened] = marks.filter(({ name }) => name === 'answers')
  if (opened) figures.evidence.push(opened.at)
  const [, next] = marks.filter(({ name }) => name === 'signal')
  const saved = marks.findLast(({ name, at }) => name === 'save' && next !== undefined && at < next.at)
  if (!next || !saved) return
  figures.next.push(next.at - saved.at)
  const answers = marks.find(({ name, detail, at }) => name === 'answers' && detail === next.detail && at >= saved.at)
  if (answers) figures.nextEvidence.push(answers.at - saved.at)
}

/** `n 13, p50 41 ms, p95 88 ms`. */
export function phraseFigures(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!)
  return sorted.length === 0 ? 'nothing measured' : `n ${sorted.length}, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`
}

/** Keeps a figure with the test, and prints it. */
export function record(info: TestInfo, type: string, description: string): void {
  info.annotations.push({ type, description })
  console.log(`    ${type}: ${description}`)
}
