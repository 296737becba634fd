'use client'
// One chip for every IP, user, token, ASN, session, device and event, with one menu of where to go from it. The menu never
// leaves the page by itself; `.` opens it, `y` copies defanged, `Y` copies raw.
import { ClipboardList, Copy, Filter, FilterX, ScrollText } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { defang } from '@/lib/kernel/defang'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu'
import { copyText } from './copy-text'
import { defineKeys } from './keys/define-keys'
import { useShortcut } from './keys/key-preferences'
import { onElementKeys } from './keys/use-keys'
import { logFilter, type EntityKind } from './log-filter'

export const chipKeys = defineKeys({
  id: 'chip',
  label: 'On a focused address, account or token',
  place: 'element',
  commands: {
    menu: { keys: '.', label: 'Open its menu' },
    copyDefanged: { keys: 'y', label: 'Copy defanged' },
    copyRaw: { keys: 'Y', label: 'Copy raw' },
  },
})

const KIND_LABELS: Record<EntityKind, string> = {
  ip: 'IP address',
  user: 'Account',
  token: 'API token',
  asn: 'Network',
  session: 'Session',
  device: 'Device',
  event: 'Event',
}

const SANS_KINDS: ReadonlySet<EntityKind> = new Set(['asn', 'device'])

export interface EntityChipProps {
  kind: EntityKind
  /** What is copied and searched for: the address, id or login. */
  value: string
  /** What is shown; the value if left out. */
  label?: string
  /** A few words after it: a role, a network. */
  detail?: string
  /** Its page; addresses, tokens and events have one of their own. */
  href?: string
  /** The present list with only this one. */
  filterHref?: string
  /** The present list without this one. */
  filterOutHref?: string
  /** `bare` has no border, for tables. */
  look?: 'chip' | 'bare'
}

export function EntityChip(props: EntityChipProps) {
  const { kind, value, label = value, detail, look = 'chip' } = props
  const [isOpen, setOpen] = useState(false)
  const harmless = defang(value)
  const onKeyDown = onElementKeys(chipKeys, {
    menu: () => setOpen(true),
    copyDefanged: () => void copyText(harmless),
    copyRaw: () => void copyText(value),
  })
  const looks =
    look === 'chip'
      ? 'border-hairline bg-surface-1 px-1.5 hover:border-control-border'
      : 'border-transparent px-0 hover:underline'
  return (
    <Menu
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          data-slot="entity-chip"
          data-kind={kind}
          onKeyDown={onKeyDown}
          className={`inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-md border text-left text-12 text-ink pointer-coarse:min-h-8 ${looks}`}
        >
          <span className="sr-only">{KIND_LABELS[kind]}:</span>{' '}
          <span className={`min-w-0 truncate ${SANS_KINDS.has(kind) ? '' : 'font-mono'}`}>{label}</span>
          {/* Words of the spoken name need blanks between them; a flex line drops them from view. */}
          {detail && ' '}
          {detail && <span className="min-w-0 truncate text-11 text-ink-muted">{detail}</span>}
        </button>
      }
    >
      <ChipMenu {...props} harmless={harmless} />
    </Menu>
  )
}

function ChipMenu(props: EntityChipProps & { harmless: string }) {
  const { kind, value, filterHref, filterOutHref, harmless } = props
  const href = props.href ?? pageOf(kind, value)
  const copyDefangedKey = useShortcut(chipKeys, 'copyDefanged')
  const copyRawKey = useShortcut(chipKeys, 'copyRaw')
  const isDefangable = harmless !== value
  const filter = logFilter(kind, value)
  const hasLinks = href || filterHref || filterOutHref
  return (
    <>
      <MenuLabel>
        {KIND_LABELS[kind]} <span className="font-mono break-all text-ink">{value}</span>
      </MenuLabel>
      {href && (
        <LinkItem
          href={href}
          icon={<ScrollText aria-hidden size={14} />}
          text={kind === 'token' ? 'Open token' : kind === 'event' ? 'Open event' : 'Open timeline'}
        />
      )}
      {filterHref && <LinkItem href={filterHref} icon={<Filter aria-hidden size={14} />} text="Show only this" />}
      {filterOutHref && (
        <LinkItem href={filterOutHref} icon={<FilterX aria-hidden size={14} />} text="Leave this out" />
      )}
      {hasLinks && <MenuSeparator />}
      {isDefangable && (
        <MenuItem
          icon={<Copy aria-hidden size={14} />}
          shortcut={copyDefangedKey}
          onSelect={() => void copyText(harmless)}
        >
          Copy defanged
        </MenuItem>
      )}
      <MenuItem
        icon={<Copy aria-hidden size={14} />}
        shortcut={isDefangable ? copyRawKey : copyDefangedKey}
        onSelect={() => void copyText(value)}
      >
        {isDefangable ? 'Copy raw' : 'Copy'}
      </MenuItem>
      <MenuItem
        icon={<ClipboardList aria-hidden size={14} />}
        onSelect={() => void copyText(filter, 'a filter for the Okta System Log')}
      >
        Copy as Okta System Log filter
      </MenuItem>
    </>
  )
}

/** Where everything about it stands on one page; undefined where there is none. */
function pageOf(kind: EntityKind, value: string): string | undefined {
  if (kind === 'ip') return `/ips/${value}`
  if (kind === 'event') return `/events/${encodeURIComponent(value)}`
  return kind === 'token' ? `/tokens/${encodeURIComponent(value)}` : undefined
}

function LinkItem({ href, icon, text }: { href: string; icon: React.ReactNode; text: string }) {
  return (
    <MenuItem asChild>
      <Link href={href}>
        <span className="flex w-4 flex-none justify-center text-ink-muted">{icon}</span>
        {text}
      </Link>
    </MenuItem>
  )
}
