// Event types that the rule treats apart: noise that never raises anything, and interactive authentication.

/** Operational events: they carry SUCCESS and a real client address, often our own poller's (rule, line 3). */
const NOISE_PREFIXES = ['system.org.rate_limit.', 'system.operation.', 'system.client.', 'core.concurrency.']
/** Its actor is the address itself, not an account. */
const THREAT_INSIGHT = 'security.threat.detected'

const AUTHENTICATION_PREFIX = 'user.authentication.'
const SIGN_OUT = 'user.authentication.slo'
const SIGN_OUT_PREFIX = 'user.authentication.universal_logout'

/** Whether an event of this type never raises a finding, whatever its outcome. */
export function isNoise(eventType: string): boolean {
  return eventType === THREAT_INSIGHT || NOISE_PREFIXES.some((prefix) => eventType.startsWith(prefix))
}

/** Whether somebody signs in with this event: `user.session.start` and `user.authentication.*`, sign-outs apart (rule, case 2). */
export function isInteractiveAuthentication(eventType: string): boolean {
  if (eventType === 'user.session.start') return true
  if (!eventType.startsWith(AUTHENTICATION_PREFIX)) return false
  return eventType !== SIGN_OUT && !eventType.startsWith(SIGN_OUT_PREFIX)
}
