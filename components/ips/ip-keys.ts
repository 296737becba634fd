// Keys of the page of an address.
import { defineKeys } from '@/components/patterns/keys/define-keys'

export const ipPageKeys = defineKeys({
  id: 'ip',
  label: 'Address',
  place: 'page',
  commands: {
    copyDefanged: { keys: 'y', label: 'Copy the address defanged' },
    table: { keys: 'v', label: 'Show days as a table or as a drawing' },
    span: { keys: 'd', label: 'Switch between 30 and 90 days' },
    signal: { keys: 'o', label: 'Open the signal that the verdicts speak of' },
  },
})
