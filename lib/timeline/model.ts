// Nouns of the timeline of an address.

/** How far back the matrix of an address reaches, in UTC days with today. */
export const MATRIX_SPANS = [30, 90] as const
export type MatrixSpan = (typeof MATRIX_SPANS)[number]

/** What all opinions about an address come to at an instant, under the policy of the org. */
export const ADDRESS_VERDICTS = [
  /** Some feed lists it and the policy counts that. */
  'malicious',
  /** Listed as suspicious, which the policy does not count. */
  'suspicious',
  /** A list of known good addresses covers it, which wins over every other opinion. */
  'benign',
  /** Listed, but as nothing that speaks for or against it. */
  'listed',
  'not_listed',
  /** No feed had been read by then. */
  'unknown',
] as const
export type AddressVerdict = (typeof ADDRESS_VERDICTS)[number]
