// Keys of the suppressions page.
import { defineKeys } from '@/components/patterns/keys/define-keys'

export const suppressionPageKeys = defineKeys({
  id: 'suppressions',
  label: 'Suppressions',
  place: 'page',
  commands: {
    next: { keys: ['j', 'ArrowDown'], label: 'Go to the next suppression', isRepeatable: true },
    previous: { keys: ['k', 'ArrowUp'], label: 'Go to the previous suppression', isRepeatable: true },
    filter: { keys: '/', label: 'Find suppressions' },
  },
})
