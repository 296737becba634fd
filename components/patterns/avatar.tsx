// Initials in a circle. The full name is spoken, and written wherever it matters.

const TONES = { own: 'border-accent bg-accent text-on-accent', other: 'border-hairline bg-surface-2 text-ink' } as const
const SIZES = { small: 'size-5 text-[0.5625rem]', medium: 'size-6 text-[0.5625rem]' } as const

/** `IM` for Ines Moreau, `C` for ci-deploy. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const first = words[0] ?? '?'
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  return [first, last]
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase()
}

export function Avatar({
  name,
  tone = 'other',
  size = 'small',
  isSpoken = true,
}: {
  name: string
  tone?: keyof typeof TONES
  size?: keyof typeof SIZES
  /** False where the name stands beside it. */
  isSpoken?: boolean
}) {
  return (
    <span
      role={isSpoken ? 'img' : undefined}
      aria-label={isSpoken ? name : undefined}
      aria-hidden={isSpoken ? undefined : true}
      className={`inline-grid flex-none place-items-center rounded-full border leading-none font-semibold tracking-[0.02em] ${TONES[tone]} ${SIZES[size]}`}
    >
      {initialsOf(name)}
    </span>
  )
}
