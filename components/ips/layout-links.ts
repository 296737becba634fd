// Where addresses, accounts and the lines between them stand: two columns in a fixed order, so that the same data gives the same drawing.
// Pure.
import type { AddressDetail } from '@/lib/timeline/contract/address'

type Elsewhere = AddressDetail['elsewhere']

export const NODE = { x: 14, width: 182, height: 38 } as const
export const BAR_X = 468
export const DRAWING_WIDTH = 710

export interface PlacedLink {
  ip: string
  actorId: string
  successes: number
  failures: number
  /** `failures`: nothing but, or beside the line of the successes. */
  kind: 'successes' | 'failures'
  severity: 'high' | 'medium' | null
  path: string
  width: number
}

export interface Drawing {
  height: number
  addresses: Array<Elsewhere['addresses'][number] & { y: number }>
  accounts: Array<Elsewhere['accounts'][number] & { y: number; barHeight: number }>
  /** Coloured ones last, so that they are drawn on top. */
  links: PlacedLink[]
}

const PITCH = { address: 50, account: 44 } as const

export function layoutLinks({ addresses, accounts, links }: Elsewhere): Drawing {
  const height = Math.max(addresses.length * PITCH.address, accounts.length * PITCH.account) + 24
  const place = (count: number, index: number) => (height / count) * (index + 0.5)
  const wanted = links
    .filter(
      ({ ip, actorId }) => addresses.some((one) => one.ip === ip) && accounts.some((one) => one.actorId === actorId),
    )
    .flatMap((link) => [
      ...(link.successes > 0 ? [{ ...link, kind: 'successes' as const }] : []),
      ...(link.failures > 0 ? [{ ...link, kind: 'failures' as const }] : []),
    ])
  const order = <Key extends 'ip' | 'actorId'>(key: Key, other: Key extends 'ip' ? 'actorId' : 'ip') => {
    const rank = (value: string) =>
      key === 'ip'
        ? accounts.findIndex(({ actorId }) => actorId === value)
        : addresses.findIndex(({ ip }) => ip === value)
    return (value: string) =>
      wanted.filter((link) => link[key] === value).sort((a, b) => rank(a[other]) - rank(b[other]))
  }
  const ofAddress = order('ip', 'actorId')
  const ofAccount = order('actorId', 'ip')
  const placedAddresses = addresses.map((address, index) => ({
    ...address,
    y: place(addresses.length, index) - NODE.height / 2,
  }))
  const placedAccounts = accounts.map((account, index) => {
    const barHeight = Math.min(34, 8 + 6 * ofAccount(account.actorId).length)
    return { ...account, y: place(accounts.length, index) - barHeight / 2, barHeight }
  })
  const placedLinks = wanted.map((link) => {
    const from = placedAddresses.find(({ ip }) => ip === link.ip)!
    const to = placedAccounts.find(({ actorId }) => actorId === link.actorId)!
    const start = from.y + spread(ofAddress(link.ip), link, NODE.height)
    const end = to.y + spread(ofAccount(link.actorId), link, to.barHeight)
    const left = NODE.x + NODE.width
    return {
      ...link,
      severity: link.kind === 'successes' ? (to.openSignals.find(({ ip }) => ip === link.ip)?.severity ?? null) : null,
      path: `M${left} ${round(start)}C${left + 130} ${round(start)} ${BAR_X - 130} ${round(end)} ${BAR_X} ${round(end)}`,
      width: link.kind === 'failures' ? 1.2 : round(1.5 + Math.log10(link.successes) * 1.6),
    }
  })
  const weight = ({ severity }: PlacedLink) => (severity === 'high' ? 2 : severity === 'medium' ? 1 : 0)
  return {
    height,
    addresses: placedAddresses,
    accounts: placedAccounts,
    links: placedLinks.sort((a, b) => weight(a) - weight(b)),
  }
}

/** Where one of several lines leaves a side of some height. */
function spread<Item>(items: readonly Item[], item: Item, height: number): number {
  return (height / (items.length + 1)) * (items.indexOf(item) + 1)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
