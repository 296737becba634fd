// Our way of writing keys in the way assistive technology reads them.

/** `Mod+k` as aria-keyshortcuts writes it; sequences cannot be said there. */
export function ariaKeyshortcuts(keys: string | null | undefined): string | undefined {
  if (!keys || keys.includes(' ')) return undefined
  return keys.replace('Mod', 'Control')
}
