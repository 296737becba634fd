// Keys of the case report.
import { defineKeys } from '@/components/patterns/keys/define-keys'

export const reportKeys = defineKeys({
  id: 'report',
  label: 'Case report',
  place: 'page',
  commands: {
    print: { keys: 'p', label: 'Print, or save as PDF' },
    bundle: { keys: 'd', label: 'Download the evidence bundle' },
    back: { keys: 'u', label: 'Back to the signal' },
  },
})
