'use client'
// Who is signed in and to what, personal choices, and the way out. Holds on every width what a narrow header cannot.
import Link from 'next/link'
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu'
import { Avatar } from './avatar'
import { useOpenKeysSheet } from './keys/keys-provider'
import { useShortcut } from './keys/key-preferences'
import { appKeys } from './keys/use-keys'
import { OrgChoices, type ShownOrg } from './org-menu'
import { ThemeChoices } from './theme-switch'
import { TimeZoneChoices } from './time-zone'
import { keepMessages, useKeptMessages } from './toast'

export interface AccountLink {
  href: string
  label: string
}

export interface AccountMenuProps {
  actor: { name: string; detail?: string }
  org: ShownOrg
  links?: readonly AccountLink[]
  onSignOut: () => void
}

export function AccountMenu({ actor, org, links = [], onSignOut }: AccountMenuProps) {
  const openSheet = useOpenKeysSheet()
  const shortcut = useShortcut(appKeys, 'help')
  const areKept = useKeptMessages()
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={`Account: ${actor.name}`}
          className="ml-1 grid size-7 flex-none place-items-center rounded-full pointer-coarse:size-9"
        >
          <Avatar name={actor.name} tone="own" size="medium" isSpoken={false} />
        </button>
      }
    >
      <MenuLabel>
        <span className="block font-semibold text-ink">{actor.name}</span>
        <span className="block">{[actor.detail, org.name].filter(Boolean).join(' · ')}</span>
      </MenuLabel>
      <MenuSeparator />
      {links.map((link) => (
        <MenuItem key={link.href} asChild>
          <Link href={link.href}>{link.label}</Link>
        </MenuItem>
      ))}
      {/* The sheet opens after the menu has given focus back. */}
      <MenuItem shortcut={shortcut} onSelect={() => setTimeout(openSheet)}>
        Keys
      </MenuItem>
      {org.switching && (
        <div className="min-pane:hidden">
          <MenuSeparator />
          <OrgChoices switching={org.switching} />
        </div>
      )}
      <div className="min-column:hidden">
        <MenuSeparator />
        <TimeZoneChoices />
        <MenuSeparator />
        <ThemeChoices />
      </div>
      <MenuSeparator />
      <MenuChoices
        label="Messages"
        value={areKept ? 'kept' : 'leave'}
        onChange={(value) => keepMessages(value === 'kept')}
        choices={[
          { value: 'leave', label: 'Leave by themselves' },
          { value: 'kept', label: 'Stay until dismissed' },
        ]}
      />
      <MenuSeparator />
      <MenuItem onSelect={onSignOut}>Sign out</MenuItem>
    </Menu>
  )
}
