// Makes addresses harmless to paste (198.51.100[.]7) and reads them back however they were made harmless.
// The form stays readable: one separator is bracketed, not all (as CyberChef offers).
import { canonicalIp } from './ip-address'

const IPV4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.(\d{1,3}(?:\/\d{1,2})?)$/
const IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*(?:\/\d{1,3})?$/i
const URL_TEXT = /^(h)tt(ps?:\/\/)([^/?#]+)(.*)$/is
const HOST = /^(?=.{1,253}$)([a-z0-9_-]+\.)+[a-z][a-z0-9-]*$/i

/**
 * An IP address, range, URL or host name in a form nothing turns into a link: `198.51.100[.]7`, `2001:db8[:]1::5`,
 * `hxxps://example[.]com/a`. Any other text, e-mail addresses included, comes back unchanged.
 */
export function defang(text: string): string {
  const url = URL_TEXT.exec(text)
  if (url) return `${url[1]}xx${url[2]}${defangHost(url[3] ?? '')}${url[4]}`
  return defangHost(text)
}

/** URLs, and runs of what addresses are written with; which of the runs are addresses is asked afterwards. */
const IN_TEXT =
  /https?:\/\/[^\s"'<>]+|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\w)|(?<![\w:.\]])[0-9a-f:]*:[0-9a-f:]*(?:\.\d{1,3}){0,3}(?![\w:[])/gi

/**
 * A text with every IP address and URL in it in the form of `defang`; ranges and ports stay behind them. Host names alone stay: an event
 * type such as `user.session.start` is written like one. A version with four numbers (`121.0.0.0`) is defanged like the address it may be.
 */
export function defangText(text: string): string {
  return text.replace(IN_TEXT, (found) => (/^http/i.test(found) || canonicalIp(found) !== null ? defang(found) : found))
}

function defangHost(text: string): string {
  if (IPV4.test(text)) return text.replace(IPV4, '$1[.]$2')
  if (IPV6.test(text)) return text.includes('.') ? bracketLast(text, '.') : text.replace(/^([^:]*:[^:]*):/, '$1[:]')
  const [host, port] = splitPort(text)
  if (IPV4.test(host)) return host.replace(IPV4, '$1[.]$2') + port
  return HOST.test(host) ? bracketLast(host, '.') + port : text
}

function splitPort(text: string): [string, string] {
  const port = /:\d{1,5}$/.exec(text)?.[0] ?? ''
  return [text.slice(0, text.length - port.length), port]
}

function bracketLast(text: string, separator: string): string {
  const at = text.lastIndexOf(separator)
  return `${text.slice(0, at)}[${separator}]${text.slice(at + 1)}`
}

/** The plain form of a defanged text: `hxxp`, `[.]`, `(.)`, `{.}`, `[dot]`, `[:]`, `[://]`, `[@]`, `[at]` in any mix and case. */
export function refang(text: string): string {
  return text
    .trim()
    .replace(/\u200b|\u200c|\u200d|\ufeff/g, '')
    .replace(/^h(?:xx|\*\*|tt)p(s?)(?=\W)/i, (_, secure: string) => `http${secure.toLowerCase()}`)
    .replace(/[[({]\s*(?:\.|dot)\s*[\])}]/gi, '.')
    .replace(/[[({]\s*:\/\/\s*[\])}]/g, '://')
    .replace(/[[({]\s*(?::|colon)\s*[\])}]/gi, ':')
    .replace(/[[({]\s*(?:@|at)\s*[\])}]/gi, '@')
    .replace(/\\\./g, '.')
}
