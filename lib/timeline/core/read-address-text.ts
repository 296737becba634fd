// One address from whatever a person pasted: defanged, in brackets, with a port, inside a URL, upper case, IPv4-mapped.
import { refang } from '@/lib/kernel/defang'
import { canonicalIp } from '@/lib/kernel/ip-address'

export type AddressText = { status: 'ok'; ip: string } | { status: 'invalid'; message: string }

const EXAMPLES = 'Type one IPv4 or IPv6 address, e.g. 198.51.100.7, 198.51.100[.]7 or 2001:db8::7.'
const URL_HOST = /^https?:\/\/(?:[^/?#@]*@)?(\[[^\]]+\]|[^/?#:]+)/i
const IN_BRACKETS = /^\[([^\]]+)\](?::\d{1,5})?$/
const IPV4_WITH_PORT = /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/
const WHOLE_RANGE = /^(.+)\/(?:32|128)$/

/** The canonical address, or what to type instead. */
export function readAddressText(text: string): AddressText {
  const plain = refang(text)
  if (plain === '') return { status: 'invalid', message: EXAMPLES }
  const host = URL_HOST.exec(plain)?.[1] ?? plain
  const bare = IN_BRACKETS.exec(host)?.[1] ?? IPV4_WITH_PORT.exec(host)?.[1] ?? host
  const ip = canonicalIp((WHOLE_RANGE.exec(bare)?.[1] ?? bare).toLowerCase())
  if (ip !== null) return { status: 'ok', ip }
  return { status: 'invalid', message: `${quote(text)} is no IP address${hintOf(bare)}. ${EXAMPLES}` }
}

function quote(text: string): string {
  const trimmed = text.trim()
  return `"${trimmed.length > 60 ? `${trimmed.slice(0, 60)}…` : trimmed}"`
}

/** What is wrong, where that can be told. */
function hintOf(bare: string): string {
  if (bare.includes('/')) return ' but a range'
  if (bare.includes('%')) return ': zones such as %eth0 have no meaning outside one machine'
  if (/(^|\.)0\d/.test(bare) && /^[\d.]+$/.test(bare)) return ': a part with a leading zero can be read in two ways'
  return ''
}
