import { expect, it } from 'vitest'
import { logFilter } from './log-filter'

it.each([
  ['ip', '198.51.100.7', 'client.ipAddress eq "198.51.100.7"'],
  ['user', '00uExample', 'actor.id eq "00uExample"'],
  ['user', 'dana@example.com', 'actor.alternateId eq "dana@example.com"'],
  ['token', '00TExample', 'transaction.detail.requestApiTokenId eq "00TExample"'],
  ['asn', 'AS64500', 'securityContext.asNumber eq 64500'],
  ['asn', '64500', 'securityContext.asNumber eq 64500'],
  ['session', '102Example', 'authenticationContext.externalSessionId eq "102Example"'],
  ['event', 'a"b', 'uuid eq "a\\"b"'],
] as const)('filters by %s %s', (kind, value, filter) => {
  expect(logFilter(kind, value)).toBe(filter)
})
