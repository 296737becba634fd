'use client'
// The frame of every signed-in page: header, skip link, demo label, main. On a narrow screen the links move into a menu.
import { Menu as MenuIcon } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/icon-button'
import { Kbd } from '../ui/kbd'
import { Menu, MenuItem } from '../ui/menu'
import { AccountMenu, type AccountLink } from './account-menu'
import { DemoLabel } from './demo-label'
import { useOpenKeysSheet } from './keys/keys-provider'
import { useShortcut } from './keys/key-preferences'
import { appKeys } from './keys/use-keys'
import { Logo } from './logo'
import { OrgMenu, type ShownOrg } from './org-menu'
import { ThemeSwitch } from './theme-switch'
import { TimeZoneSwitch } from './time-zone'

export interface NavItem {
  href: string
  label: string
}

export interface ShellProps {
  /** The first one is where the logo leads. */
  nav: readonly NavItem[]
  actor: { name: string; /** Role, in words. */ detail?: string }
  org: ShownOrg
  /** Says on every page that the data is invented. */
  isDemo: boolean
  onSignOut: () => void
  accountLinks?: readonly AccountLink[]
  /** The find-anything control. */
  find?: ReactNode
  /** The live indicator. */
  live?: ReactNode
  /** What the reader should know. */
  bell?: ReactNode
  children: ReactNode
}

/** The item whose page, or a page below it, is shown: the longest that fits. */
function currentOf(nav: readonly NavItem[], pathname: string): NavItem | undefined {
  const isAbove = (href: string) => pathname === href || (href !== '/' && pathname.startsWith(`${href}/`))
  return nav.filter(({ href }) => isAbove(href)).sort((a, b) => b.href.length - a.href.length)[0]
}

export function Shell({ nav, actor, org, isDemo, onSignOut, accountLinks, find, live, bell, children }: ShellProps) {
  const current = currentOf(nav, usePathname())
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="fixed top-1 left-2 z-50 -translate-y-20 rounded-lg border border-control-border bg-bg px-3 py-1.5 focus:translate-y-0"
      >
        Skip to content
      </a>
      <header
        data-print="hide"
        className="sticky top-0 z-30 flex h-header flex-none items-center gap-1 border-b border-hairline bg-surface-1 px-3 max-phone:px-2 min-column:px-4"
      >
        <NavMenu nav={nav} current={current} />
        <Link
          href={nav[0]?.href ?? '/'}
          aria-label="Sallyport, home"
          className="flex min-h-6 min-w-6 items-center gap-2 rounded-md font-semibold text-ink hover:no-underline min-column:mr-3"
        >
          <Logo />
          <span className="max-[480px]:hidden">Sallyport</span>
        </Link>
        <nav aria-label="Main" className="flex self-stretch max-column:hidden">
          {nav.map((item) => (
            <Link
              key={item.href}
              href={item.href}
              aria-current={item === current ? 'page' : undefined}
              className="flex items-center border-y-2 border-transparent px-2.5 text-ink-muted -outline-offset-2 hover:text-ink hover:no-underline aria-[current=page]:border-b-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
            >
              {item.label}
            </Link>
          ))}
        </nav>
        {isDemo && (
          <span className="ml-2 flex">
            <DemoLabel />
          </span>
        )}
        <div className="flex min-w-0 flex-1 justify-center px-2 max-phone:px-0">{find}</div>
        {live}
        {bell}
        <div className="flex items-center max-column:hidden">
          <TimeZoneSwitch />
          <span className="flex max-pane:hidden">
            <OrgMenu org={org} />
          </span>
          <ThemeSwitch />
          <KeysButton />
        </div>
        <AccountMenu actor={actor} org={org} links={accountLinks} onSignOut={onSignOut} />
      </header>
      {isDemo && (
        <p className="hidden px-4 py-1 font-semibold print:block">Demo data: every person and event is invented.</p>
      )}
      <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
        {children}
      </main>
    </div>
  )
}

function KeysButton() {
  const openSheet = useOpenKeysSheet()
  const shortcut = useShortcut(appKeys, 'help')
  return <IconButton label="Keys" shortcut={shortcut} icon={<Kbd keys="?" />} onClick={openSheet} />
}

function NavMenu({ nav, current }: { nav: readonly NavItem[]; current: NavItem | undefined }) {
  return (
    <span className="-ml-1 min-column:hidden">
      <Menu trigger={<IconButton label="Pages" icon={<MenuIcon aria-hidden size={16} />} />}>
        {nav.map((item) => (
          <MenuItem key={item.href} asChild>
            <Link href={item.href} aria-current={item === current ? 'page' : undefined}>
              {item.label}
            </Link>
          </MenuItem>
        ))}
      </Menu>
    </span>
  )
}
