// What the doctor says about one thing.

/** `note` is worth knowing and needs nothing; `broken` keeps the product, or a part of it, from working. */
export interface Finding {
  subject: string
  status: 'ok' | 'note' | 'broken'
  finding: string
  /** What to do; always there when something is broken. */
  fix?: string
}

/** A finding that needs nothing. */
export function ok(subject: string, finding: string): Finding {
  return { subject, status: 'ok', finding }
}

/** A finding worth knowing. */
export function note(subject: string, finding: string, fix?: string): Finding {
  return { subject, status: 'note', finding, fix }
}

/** A finding that needs somebody. */
export function broken(subject: string, finding: string, fix: string): Finding {
  return { subject, status: 'broken', finding, fix }
}
