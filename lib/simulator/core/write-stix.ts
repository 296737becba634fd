// A feed as a STIX 2.1 bundle: servers that try passwords. Nobody in the simulated company ever comes from them, so the bundle raises no signal;
// it shows the format, and is large enough to be held when it suddenly shrinks.
import { Random, seedOf, uuidOf } from './random'
import { DAY } from './time-zones'

const INDICATORS = 64

/** The bundle as it was written at an instant. @param at ms since 1970 */
export function writeBruteForceBundle(seed: number, at: number): string {
  const random = new Random(seedOf(seed, 'brute-force watch'))
  const idOf = (number: number) => uuidOf(seedOf(seed, 'brute-force watch', number))
  const objects = Array.from({ length: INDICATORS }, (_, number) => {
    const firstSeen = new Date(at - random.between(1, 60) * DAY).toISOString()
    return indicator(`indicator--${idOf(number)}`, firstSeen, {
      name: `Password guessing from server ${number + 1}`,
      pattern: patternOf(number),
      confidence: random.between(40, 95),
      // Every eighth ends by itself, some of them already.
      ...(number % 8 === 7 ? { valid_until: new Date(at + (number - 40) * DAY).toISOString() } : {}),
    })
  })
  const gone = indicator(`indicator--${idOf(INDICATORS)}`, new Date(at - 60 * DAY).toISOString(), {
    name: 'Listed by mistake',
    pattern: `[ipv6-addr:value = '2001:db8:b0f:ffff::1']`,
    revoked: true,
  })
  return JSON.stringify({ type: 'bundle', id: `bundle--${idOf(-1)}`, objects: [...objects, gone] })
}

/** Single servers, and every sixteenth two of them or a network. */
function patternOf(number: number): string {
  const server = `2001:db8:b0f:${number.toString(16)}::${((number * 7) % 200) + 1}`
  if (number % 16 === 3) return `[ipv6-addr:value = '${server}' OR ipv6-addr:value = '${server}0']`
  if (number % 16 === 11) return `[ipv6-addr:value ISSUBSET '2001:db8:b0f:${number.toString(16)}::/64']`
  return `[ipv6-addr:value = '${server}']`
}

function indicator(id: string, firstSeen: string, more: object): object {
  return {
    type: 'indicator',
    spec_version: '2.1',
    id,
    created: firstSeen,
    modified: firstSeen,
    indicator_types: ['malicious-activity'],
    pattern_type: 'stix',
    valid_from: firstSeen,
    ...more,
  }
}
