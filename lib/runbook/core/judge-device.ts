// Whether the account was seen with the device of an event before, and on which networks.
import { nameNetwork, usualNetworks } from './build-baseline'
import type { BaselineRows, DeviceUse } from '../model'
import type { VpnFacts } from './weigh-vpn'

const DAY_MS = 86_400_000
const SHOWN = 3

export interface DeviceFacts {
  /** `device.id` of the event. */
  deviceId: string | null
  /** Hash of the device-token cookie of the event. */
  dtHash: string | null
  /** What the event says itself. */
  isManaged: boolean | null
  /** Of this account with either name, on any network; also those after the signal. */
  uses: readonly DeviceUse[]
  firstSeen: Date
  baseline: BaselineRows
}

/** The device for the screen, and for the likelihood. */
export function judgeDevice({ deviceId, dtHash, isManaged, uses, firstSeen, baseline }: DeviceFacts) {
  // Where an id is named, only that proves that it is the same device: a cookie can be taken along.
  const kind = deviceId === null ? 'dt:' : 'id:'
  const before = uses.filter(({ device, firstAt }) => device.startsWith(kind) && firstAt < firstSeen)
  const usual = usualNetworks(baseline)
  const dayBefore = firstSeen.getTime() - DAY_MS
  const onUsual = before.filter(({ asNumber, firstAt }) => usual.has(asNumber) && firstAt.getTime() <= dayBefore)
  const isNamed = deviceId !== null || dtHash !== null
  const managed = isManaged ?? managedBefore(before)
  const firstAt = earliest(before)
  const byDevice: VpnFacts['device'] = {
    namedBy: deviceId !== null ? 'registered' : dtHash !== null ? 'cookie' : null,
    isManaged: deviceId !== null && managed === true,
    firstAt,
    usualNetworks: namesOf(onUsual, baseline),
  }
  const ends = before.map(({ lastAt }) => lastAt).filter((at) => at < firstSeen)
  const lastAt = ends.length === 0 ? null : new Date(Math.max(...ends.map((at) => at.getTime())))
  return {
    byDevice,
    device: {
      isNamed,
      isKnown: before.length > 0,
      isManaged: managed,
      firstAt: firstAt?.toISOString() ?? null,
      lastAt: lastAt?.toISOString() ?? null,
      networks: namesOf(before, baseline).slice(0, SHOWN),
    },
  }
}

function managedBefore(uses: readonly DeviceUse[]): boolean | null {
  const said = uses.map(({ isManaged }) => isManaged).filter((isManaged) => isManaged !== null)
  return said.length === 0 ? null : said.includes(true)
}

function earliest(uses: readonly DeviceUse[]): Date | null {
  return uses.reduce<Date | null>((first, { firstAt }) => (first === null || firstAt < first ? firstAt : first), null)
}

/** Most events first, each once; networks that Okta did not name have none. */
function namesOf(uses: readonly DeviceUse[], { networks }: BaselineRows): string[] {
  const sorted = [...uses].sort((a, b) => b.events - a.events || a.asNumber - b.asNumber)
  const numbers = [...new Set(sorted.map(({ asNumber }) => asNumber))].filter((asNumber) => asNumber > 0)
  return numbers.map((asNumber) =>
    nameNetwork(asNumber, networks.find((network) => network.asNumber === asNumber)?.asOrg ?? null),
  )
}
