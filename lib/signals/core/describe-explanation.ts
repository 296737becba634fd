// What came of an event, and why, in one sentence.
import type { Condition } from '@/lib/detections/model'

/** E.g. `No signal: client address is listed as vpn by Example VPN list; policy malicious+tor does not count it.` */
export function describeExplanation(input: {
  conditions: readonly Condition[]
  firstFailed: Condition | null
  signal: { reference: string; severity: string } | null
  suppression: { reference: string; label: string } | null
  /** What would hide it now. */
  hiddenBy: readonly string[]
}): string {
  const { conditions, firstFailed, signal, suppression, hiddenBy } = input
  if (signal) {
    return `Part of ${signal.reference} (${signal.severity.toUpperCase()}): ${valueOf(conditions, 'intelligence')}; ${valueOf(conditions, 'case')}.`
  }
  if (suppression) {
    return `Hidden by ${suppression.reference}, ${suppression.label}: it met the rule, is recorded, and opened no signal.`
  }
  if (firstFailed) return `No signal: ${firstFailed.value}.`
  if (hiddenBy.length > 0) {
    return `No signal: by what is known now it meets the rule, and ${hiddenBy.join(' and ')} would hide and record it.`
  }
  return 'No signal yet: by what is known now it meets the rule. Stored events are matched again whenever intelligence changes.'
}

function valueOf(conditions: readonly Condition[], name: Condition['name']): string {
  return conditions.find((condition) => condition.name === name)?.value ?? ''
}
