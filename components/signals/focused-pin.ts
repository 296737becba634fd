// Finds the pin button that the key `+` means. Reads the DOM, since rows and cards belong to other components; pin buttons carry
// `data-slot`, steps `data-step-card`.

/** The pin button of the row that has focus, else the first one of the focused step that pins something new. */
export function focusedPinButton(): HTMLElement | null {
  const active = document.activeElement
  const own = active?.closest<HTMLElement>('[data-slot="pin-button"]')
  if (own) return own
  const row = active?.closest('tr, li, [data-evidence]')
  const inRow = row?.querySelector<HTMLElement>('[data-slot="pin-button"]')
  if (inRow) return inRow
  const card = active?.closest('[data-step-card]')
  return card?.querySelector<HTMLElement>('[data-slot="pin-button"][aria-pressed="false"]') ?? null
}
