// Addresses on the left, accounts as rows on the right, and the lines between them: a fixed order, so that the same data gives the
// same drawing. Pure.

export const LINK_PLOT = { width: 330, addressX: 156, accountX: 322 } as const

export interface Link {
  ip: string
  actorId: string
  successes: number
  failures: number
}

export interface PlacedLink extends Link {
  kind: 'successes' | 'failures'
  /** Of the address that the signal came from. */
  isOfSignal: boolean
  path: string
  width: number
  addressY: number
  accountY: number
}

export interface LinkLayout {
  height: number
  addressY: Map<string, number>
  accountY: Map<string, number>
  /** From top to bottom by account, then by address: the order in which keys walk. */
  links: PlacedLink[]
}

const ADDRESS_PITCH = 44

/** `rowHeight` is that of an account row; the plot is as high as the rows, or as the addresses need. */
export function layoutAccountLinks(
  {
    addresses,
    accounts,
    links,
    signalIp,
  }: { addresses: readonly string[]; accounts: readonly string[]; links: readonly Link[]; signalIp: string },
  rowHeight: number,
): LinkLayout {
  const height = Math.max(accounts.length * rowHeight, addresses.length * ADDRESS_PITCH)
  const addressY = new Map(addresses.map((ip, index) => [ip, (height / addresses.length) * (index + 0.5)]))
  const accountY = new Map(accounts.map((actorId, index) => [actorId, rowHeight * (index + 0.5)]))
  const placed = links.flatMap((link) => {
    const from = addressY.get(link.ip)
    const to = accountY.get(link.actorId)
    if (from === undefined || to === undefined) return []
    const base = { ...link, isOfSignal: link.ip === signalIp, addressY: from, accountY: to }
    // Failures beside successes run just below them.
    const shift = link.successes > 0 && link.failures > 0 ? 5 : 0
    return [
      ...(link.successes > 0
        ? [{ ...base, kind: 'successes' as const, width: linkWidth(link.successes), path: curve(from, to) }]
        : []),
      ...(link.failures > 0
        ? [{ ...base, kind: 'failures' as const, width: 1.4, path: curve(from + shift, to + shift) }]
        : []),
    ]
  })
  return {
    height,
    addressY,
    accountY,
    links: placed.sort(
      (a, b) => a.accountY - b.accountY || a.addressY - b.addressY || (a.kind === 'successes' ? -1 : 1),
    ),
  }
}

/** 1.4 to 8 pixels, by the logarithm of the successes. */
export function linkWidth(successes: number): number {
  return Math.min(8, Math.round((1.4 + Math.log10(successes) * 2.2) * 10) / 10)
}

function curve(from: number, to: number): string {
  const { addressX, accountX } = LINK_PLOT
  const bend = (accountX - addressX) * 0.5
  return `M${addressX} ${round(from)}C${addressX + bend} ${round(from)} ${accountX - bend} ${round(to)} ${accountX} ${round(to)}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
