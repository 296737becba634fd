import { expect, test } from 'vitest'
import { NOTABLE_CLASSES } from '../model'
import { EVENT_CATALOGUE } from './event-catalogue'
import { isNotable } from './notable-event'

test.each([
  ['system.api_token.create', true],
  ['user.account.privilege.grant', true],
  ['security.threat.detected', true],
  ['user.session.start', false],
  ['iam.role.subscriptions.update', false],
  ['event_hook.delivery', false],
  ['iam.role.of.next.year', true],
  ['some.type.of.next.year', false],
])('%s: %s', (eventType, expected) => {
  expect(isNotable(eventType)).toBe(expected)
})

test('is what the catalogue says of each type', () => {
  const wrong = [...EVENT_CATALOGUE].filter(
    ([type, eventClass]) => isNotable(type) !== NOTABLE_CLASSES.includes(eventClass),
  )
  expect(wrong).toEqual([])
})
