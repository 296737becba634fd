// Reading fields that only the text of an event holds. Whatever the text is, nothing throws: what is not there is undefined.

/** The parsed text; null when it is no JSON or missing. */
export function parseText(raw: string | null): unknown {
  if (raw === null) return null
  try {
    return JSON.parse(raw)
  } catch {
    return null
  }
}

/** The value at a path of names; undefined where the path leads nowhere. */
export function valueAt(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value,
  )
}

/** A text that says something: not empty, and not the word `null`. */
export function wordAt(value: unknown, ...path: string[]): string | null {
  const word = valueAt(value, ...path)
  return typeof word === 'string' && word !== '' && word.toLowerCase() !== 'null' ? word : null
}
