// Copies text to the clipboard and says so.
import { announce } from './live-region'
import { showToast } from './toast'

/** Copies `text`; `what` names it in the message ("Copied 198.51.100[.]7"). */
export async function copyText(text: string, what: string = text): Promise<boolean> {
  const isCopied = await write(text)
  if (isCopied) showToast({ message: `Copied ${what}`, isBrief: true })
  else announce('Could not copy: this browser refused access to the clipboard.', { isUrgent: true })
  return isCopied
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // No clipboard interface over plain HTTP on a host other than localhost.
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  const focused = document.activeElement
  area.value = text
  area.setAttribute('aria-hidden', 'true')
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  const isCopied = typeof document.execCommand === 'function' && document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return isCopied
}
