// The mark of the product: a gate within a gate. Same drawing as public/icon.svg.

export function Logo({ size = 16 }: { size?: 16 | 24 | 32 }) {
  return (
    <svg aria-hidden focusable="false" viewBox="0 0 16 16" width={size} height={size} className="flex-none text-accent">
      <path d="M2 14.5V6.8a6 6 0 0 1 12 0v7.7" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M5.4 14.5V7.2a2.6 2.6 0 0 1 5.2 0v7.3" fill="none" stroke="currentColor" strokeWidth="1.6" />
    </svg>
  )
}
