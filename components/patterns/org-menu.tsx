'use client'
// Which org is shown. Who belongs to several chooses here; for anybody else it is plain text.
import { ChevronDown } from 'lucide-react'
import { Button } from '../ui/button'
import { Menu, MenuChoices } from '../ui/menu'

export interface ShownOrg {
  name: string
  /** Present for who belongs to several orgs. */
  switching?: OrgSwitching
}

export interface OrgSwitching {
  /** Value of the choice that is shown now. */
  current: string
  choices: readonly { value: string; label: string; /** What kind of org, in words. */ hint?: string }[]
  /** Called with another value than the current one. */
  onSwitch: (value: string) => void
}

/** The name in the header. */
export function OrgMenu({ org }: { org: ShownOrg }) {
  if (!org.switching) return <span className="max-w-48 truncate px-1.5 text-ink-muted">{org.name}</span>
  return (
    <Menu
      align="end"
      trigger={
        <Button tone="quiet" aria-label={`Org: ${org.name}`}>
          <span className="inline-flex max-w-48 items-center gap-1">
            <span className="truncate">{org.name}</span> <ChevronDown aria-hidden size={12} className="flex-none" />
          </span>
        </Button>
      }
    >
      <OrgChoices switching={org.switching} />
    </Menu>
  )
}

/** The same choice inside another menu. */
export function OrgChoices({ switching }: { switching: OrgSwitching }) {
  const { current, choices, onSwitch } = switching
  return (
    <MenuChoices
      label="Org"
      value={current}
      onChange={(value) => value !== current && onSwitch(value)}
      choices={choices}
    />
  )
}
