// Keys of the page of a token.
import { defineKeys } from '@/components/patterns/keys/define-keys'

export const tokenPageKeys = defineKeys({
  id: 'token',
  label: 'API token',
  place: 'page',
  commands: {
    copyId: { keys: 'y', label: 'Copy the id of the token' },
    table: { keys: 'v', label: 'Show addresses as a table or as a drawing' },
    span: { keys: 'd', label: 'Switch between 30 and 90 days' },
    signal: { keys: 'o', label: 'Open its newest signal' },
  },
})
