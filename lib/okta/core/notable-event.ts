// Which events an analyst looks at first, for queries: decided once, when an event is stored.
import { NOTABLE_CLASSES } from '../model'
import { classifyEvent } from './classify-event'

/** Predicate of the index `event_notable` on (org_id, actor_id, published), for queries over the event table. */
export const NOTABLE_EVENT = 'is_notable'

/** Whether an event of this type does what a thief does once in. */
export function isNotable(eventType: string): boolean {
  return NOTABLE_CLASSES.includes(classifyEvent(eventType))
}
