// Choices the server must know before it writes the page: theme and time zone. Cookies, so nothing flickers.

export const THEME_COOKIE = 'sallyport-theme'
export const ZONE_COOKIE = 'sallyport-zone'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** The theme a cookie names; anything else means the system's. */
export function themeOf(text: string | undefined): Theme {
  return THEMES.find((theme) => theme === text) ?? 'system'
}

/** The zone a cookie names, null for UTC and for what is no zone. */
export function zoneOf(text: string | undefined): string | null {
  if (!text || text === 'UTC') return null
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: decodeURIComponent(text) }).resolvedOptions().timeZone
  } catch {
    return null
  }
}

const YEAR_SECONDS = 31_536_000

export function writePreference(name: string, value: string) {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
}
