'use client'
// Which zone times are shown in (UTC or the reader's own) and what time it is. The choice lives in a cookie, so that the
// server already writes the right zone and nothing flickers.
import { ChevronDown } from 'lucide-react'
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { ariaKeyshortcuts } from '../ui/aria-keyshortcuts'
import { Button } from '../ui/button'
import { Menu, MenuChoices } from '../ui/menu'
import { zoneName } from './format-time'
import { useShortcut } from './keys/key-preferences'
import { appKeys, useKeys } from './keys/use-keys'
import { announce } from './live-region'
import { writePreference, ZONE_COOKIE } from './preference-cookies'

export interface TimeZoneChoice {
  isUtc: boolean
  /** IANA name of the zone times are shown in. */
  timeZone: string
  /** IANA name of the reader's own zone. */
  ownTimeZone: string
  choose: (isUtc: boolean) => void
}

const UTC_ONLY: TimeZoneChoice = { isUtc: true, timeZone: 'UTC', ownTimeZone: 'UTC', choose: () => {} }
const Zone = createContext<TimeZoneChoice>(UTC_ONLY)
const ServerNow = createContext(0)

export function useTimeZone(): TimeZoneChoice {
  return useContext(Zone)
}

const noSubscription = () => () => {}
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/**
 * Provides zone and clock. `initialZone` is what the cookie says (null for UTC), `initialNow` the server's instant, so that
 * server and browser write the same first text.
 */
export function TimeZoneProvider({
  initialZone,
  initialNow,
  children,
}: {
  initialZone: string | null
  initialNow: string
  children: ReactNode
}) {
  const [isUtc, setUtc] = useState(initialZone === null)
  const ownTimeZone = useSyncExternalStore(noSubscription, browserZone, () => initialZone ?? 'UTC')
  const choose = useCallback(
    (toUtc: boolean) => {
      setUtc(toUtc)
      announce(toUtc ? 'Times are in UTC.' : `Times are in ${ownTimeZone}.`)
    },
    [ownTimeZone],
  )
  // Also keeps the cookie right when the reader has travelled.
  useEffect(() => writePreference(ZONE_COOKIE, isUtc ? 'UTC' : ownTimeZone), [isUtc, ownTimeZone])
  useKeys(appKeys, { timeZone: () => choose(!isUtc) })
  const choice = useMemo(
    () => ({ isUtc, timeZone: isUtc ? 'UTC' : ownTimeZone, ownTimeZone, choose }),
    [isUtc, ownTimeZone, choose],
  )
  return (
    <ServerNow.Provider value={new Date(initialNow).getTime()}>
      <Zone.Provider value={choice}>{children}</Zone.Provider>
    </ServerNow.Provider>
  )
}

/** The switch in the header: UTC or my zone. */
export function TimeZoneSwitch() {
  const { timeZone } = useTimeZone()
  const shortcut = useShortcut(appKeys, 'timeZone')
  const name = useFromNow((now) => zoneName(now, timeZone))
  return (
    <Menu
      align="end"
      trigger={
        <Button tone="quiet" aria-label={`Time zone: ${name}`} aria-keyshortcuts={ariaKeyshortcuts(shortcut)}>
          <span className="inline-flex items-center gap-1">
            {name} <ChevronDown aria-hidden size={12} />
          </span>
        </Button>
      }
    >
      <TimeZoneChoices />
    </Menu>
  )
}

/** The same choice inside another menu. */
export function TimeZoneChoices() {
  const { isUtc, ownTimeZone, choose } = useTimeZone()
  const ownName = useFromNow((now) => zoneName(now, ownTimeZone))
  return (
    <MenuChoices
      label="Show times in"
      value={isUtc ? 'utc' : 'own'}
      onChange={(value) => choose(value === 'utc')}
      choices={[
        { value: 'utc', label: 'UTC' },
        { value: 'own', label: `My zone, ${ownTimeZone}`, hint: ownName },
      ]}
    />
  )
}

/** The zone of a column whose cells leave it out. */
export function ZoneName() {
  const { timeZone } = useTimeZone()
  return useFromNow((now) => zoneName(now, timeZone))
}

let current = 0
let ticker: ReturnType<typeof setInterval> | null = null
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  ticker ??= setInterval(() => {
    current = Date.now()
    for (const each of listeners) each()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || ticker === null) return
    clearInterval(ticker)
    ticker = null
    current = 0
  }
}

/** A text made from the present instant, up to date to the second; the component renders again only when the text changes. */
export function useFromNow(textOf: (now: Date) => string): string {
  const serverNow = useContext(ServerNow)
  const text = (at: number) => textOf(new Date(at))
  return useSyncExternalStore(
    subscribe,
    () => text((current ||= Date.now())),
    () => text(serverNow),
  )
}
