// What looks like a case and is none: nothing may come of these, and the product must say why.
import type { Company } from './company'
import { GUEST_WIFI_IP } from './feeds'
import { FLAGGED, OFFICES } from './networks'
import { intrude } from './plan-attack'
import type { EventPlan } from './plan-event'
import { Random, seedOf } from './random'
import { HOUR } from './time-zones'

/**
 * Two visits to the guest network, which a list names by mistake and our own list clears; and one session from home whose chain has
 * a Tor exit as second hop, which is evidence but never a reason (rule, line 4). @param epoch ms since 1970
 */
export function planQuietCases(company: Company, epoch: number): EventPlan[] {
  const random = new Random(seedOf(company.seed, 'quiet cases'))
  const guests = [31 * HOUR, 52 * HOUR].flatMap((ago, turn) => {
    const person = company.people[turn + 2]!
    const place = { ...OFFICES.guestWifi, ip: GUEST_WIFI_IP }
    return intrude(random, { company, person, place, at: epoch - ago, appCount: 1, device: person.phone }).events
  })
  const person = company.people[14]!
  const relayed = { ...person.home, hops: [FLAGGED.tor[0]] }
  const at = epoch - 20 * HOUR
  return [
    ...guests,
    ...intrude(random, { company, person, place: relayed, at, appCount: 2, device: person.laptop }).events,
  ]
}
