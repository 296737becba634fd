// Text that came from events, made part of a sentence of ours: one line, nothing invisible, not longer than told.

const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu
/** Marks that reorder or hide what follows them, e.g. right-to-left overrides and zero-width spaces. */
const INVISIBLE = /\p{Cf}/gu
const HALF = /\p{Surrogate}/gu

/** The text as one line of at most `limit` characters, the last of them `…` if something was cut off. */
export function plainText(text: string, limit: number): string {
  // Longer texts are cut first: 10 kB need not be looked at for 100 characters. Characters outside the first plane take two units.
  const line = text
    .slice(0, limit * 4)
    .replace(INVISIBLE, '')
    .replace(BREAKS, ' ')
    .replace(HALF, '\ufffd')
    .trim()
  const characters = [...line]
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line
}

/** The text as PostgreSQL takes it: NUL and half surrogate pairs become U+FFFD. */
export function storableText(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, '\ufffd')
}
