// Where attributes of MISP hold an address (https://www.misp-standard.org/rfc/misp-standard-core.html).

/** Types with an address, and which part of the value it is. */
const ADDRESS_PART: ReadonlyMap<unknown, number> = new Map([
  ['ip-src', 0],
  ['ip-dst', 0],
  ['ip-src|port', 0],
  ['ip-dst|port', 0],
  ['domain|ip', 1],
])

/** Whether attributes of a type hold an address. */
export function isAddressType(type: unknown): boolean {
  return ADDRESS_PART.has(type)
}

/** The address in the value of an attribute, empty if it is not there. */
export function addressOf(type: unknown, value: string): string {
  return (value.split('|')[ADDRESS_PART.get(type) ?? 0] ?? '').trim()
}
