// One text per JSON value, whatever order its keys were written in: what the audit chain hashes must survive a round trip through jsonb.

/** Half of a surrogate pair alone, and NUL: PostgreSQL refuses both in text and jsonb. */
const UNSTORABLE = /[\p{Surrogate}\u0000]/gu

/** Replaces what PostgreSQL cannot store with U+FFFD. */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, '\ufffd')
}

/**
 * A plain JSON value equal to what PostgreSQL gives back after storing it as jsonb: dates as ISO text, bigints as decimal text,
 * undefined members dropped, unstorable characters replaced.
 */
export function storableJson(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, member: unknown) => {
      if (typeof member === 'bigint') return member.toString()
      if (typeof member === 'string') return storableText(member)
      if (typeof member === 'object' && member !== null && !Array.isArray(member)) {
        return Object.fromEntries(Object.entries(member).map(([key, inner]) => [storableText(key), inner]))
      }
      return member
    }),
  )
}

/** JSON text with the keys of every object in code-unit order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}
