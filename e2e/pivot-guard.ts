// A pivot is whatever takes an analyst away from the page: another window, another site, a value copied out to be looked up elsewhere.
import type { Page } from '@playwright/test'

/** Collects pivots of a page from now on. Call before the first page is opened. */
export async function watchPivots(page: Page, origin: string): Promise<readonly string[]> {
  const pivots: string[] = []
  const isForeign = (url: string) => /^(https?|wss?):/.test(url) && new URL(url).host !== new URL(origin).host
  page.context().on('page', (opened) => pivots.push(`opened ${opened.url() || 'a window'}`))
  page.on('framenavigated', (frame) => isForeign(frame.url()) && pivots.push(`went to ${frame.url()}`))
  page.on('request', (request) => isForeign(request.url()) && pivots.push(`asked ${request.url()}`))
  page.on('download', (download) => pivots.push(`downloaded ${download.suggestedFilename()}`))
  await page.exposeFunction('tellCopied', (how: string) => void pivots.push(`copied by ${how}`))
  await page.addInitScript(() => {
    const tell = (how: string) => (window as unknown as { tellCopied: (how: string) => void }).tellCopied(how)
    for (const name of ['writeText', 'write'] as const) {
      Object.defineProperty(navigator.clipboard ?? {}, name, {
        value: () => {
          tell(name)
          return Promise.resolve()
        },
      })
    }
    for (const name of ['copy', 'cut']) document.addEventListener(name, () => tell(name), true)
  })
  return pivots
}
