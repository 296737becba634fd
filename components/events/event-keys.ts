// Keys of the page of an event.
import { defineKeys } from '@/components/patterns/keys/define-keys'

export const eventPageKeys = defineKeys({
  id: 'event',
  label: 'Event',
  place: 'page',
  commands: {
    signal: { keys: 'o', label: 'Open its signal' },
    copyId: { keys: 'y', label: 'Copy the id of the event' },
  },
})
