// Rows as one JSON parameter, for statements that write hundreds at once with `jsonb_to_recordset`.

const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/i
const UNSTORABLE = /[\0\p{Surrogate}]/gu

/** JSON that PostgreSQL takes: NUL and half surrogate pairs, e.g. of a name that was cut, become U+FFFD. */
export function jsonRows(rows: unknown): string {
  const json = JSON.stringify(rows)
  if (!UNSTORABLE_ESCAPE.test(json)) return json
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'string' ? value.replace(UNSTORABLE, '\ufffd') : value,
  )
}
