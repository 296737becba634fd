// Keys of the sources page.
import { defineKeys } from '@/components/patterns/keys/define-keys'

export const sourceKeys = defineKeys({
  id: 'sources',
  label: 'Sources',
  place: 'page',
  commands: {
    next: { keys: ['j', 'ArrowDown'], label: 'Go to the next feed', isRepeatable: true },
    previous: { keys: ['k', 'ArrowUp'], label: 'Go to the previous feed', isRepeatable: true },
    held: { keys: 'h', label: 'Go to the next held run' },
    edit: { keys: 'e', label: 'Edit the feed in focus' },
    refresh: { keys: 'r', label: 'Fetch the feed in focus now' },
    add: { keys: 'a', label: 'Add a feed' },
    test: { keys: 'i', label: 'Test an IP' },
    filter: { keys: '/', label: 'Filter feeds' },
  },
})
