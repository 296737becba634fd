// Hours of the week in words. Pure.

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** `Sunday 07 h`; 0 is the first hour of Monday. */
export function hourName(hour: number): string {
  return `${DAYS[Math.floor(hour / 24)] ?? '?'} ${String(hour % 24).padStart(2, '0')} h`
}
