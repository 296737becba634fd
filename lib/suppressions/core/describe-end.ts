// What the owner of a suppression is told, in one sentence each.
import { EXPIRING_DAYS, suppressionReference, type Suppression } from '../model'
import { describeTarget } from './describe-suppression'

/**
 * E.g. `SUP-44 ends within 3 days: maria.keller@example.com from AS64507 ExampleVPN. It has hidden 6 findings.`
 *
 * @param about `expiring`: it ends soon; `ended`: it is over, by its time or by a person
 */
export function describeEnd(suppression: Suppression, about: 'expiring' | 'ended'): string {
  const reference = suppressionReference(suppression.id)
  const label = describeTarget(suppression)
  const hidden = `It has hidden ${suppression.hidden === 1 ? '1 finding' : `${suppression.hidden} findings`}.`
  if (about === 'expiring') {
    return `${reference} ends within ${EXPIRING_DAYS} days: ${label}. ${hidden} Renew it if this is still expected.`
  }
  const how = suppression.endedByName === null ? 'ended' : `was ended by ${suppression.endedByName}`
  return `${reference} ${how}: ${label}. ${hidden} What is new opens signals again; what it hid stays hidden.`
}
