'use client'
// Light, dark, or as the system says. The server writes the choice on <html>; here it is changed.
import { Monitor, Moon, Sun } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { IconButton } from '../ui/icon-button'
import { Menu, MenuChoices } from '../ui/menu'
import { THEME_COOKIE, themeOf, writePreference, type Theme } from './preference-cookies'

const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function chooseTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme
  writePreference(THEME_COOKIE, theme)
  for (const listener of listeners) listener()
}

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const

function useTheme(): Theme {
  return useSyncExternalStore<Theme>(
    subscribe,
    () => themeOf(document.documentElement.dataset.theme),
    () => 'system',
  )
}

/** The switch in the header. */
export function ThemeSwitch() {
  const theme = useTheme()
  const Icon = ICONS[theme]
  return (
    <Menu align="end" trigger={<IconButton label={`Theme: ${theme}`} icon={<Icon aria-hidden size={14} />} />}>
      <ThemeChoices />
    </Menu>
  )
}

/** The same choice inside another menu. */
export function ThemeChoices() {
  return (
    <MenuChoices
      label="Theme"
      value={useTheme()}
      onChange={(value) => chooseTheme(themeOf(value))}
      choices={[
        { value: 'system', label: 'As the system' },
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ]}
    />
  )
}
