// Audit entries about a suppression as sentences without their subject.
import type { AuditEntry } from '@/lib/audit/model'

/** E.g. `made it from SIG-1042`. Actions of later versions are shown by their name. */
export function describeEntry({ action, detail }: Pick<AuditEntry, 'action' | 'detail'>): string {
  switch (action) {
    case 'suppression.created': {
      if (typeof detail.renews === 'string') return `renewed ${detail.renews} as this one`
      return typeof detail.signalId === 'number' ? `made it from SIG-${detail.signalId}` : 'made it'
    }
    case 'suppression.ended':
      return typeof detail.renewedAs === 'string' ? `renewed it as ${detail.renewedAs}` : 'ended it before its time'
    case 'suppression.reminded':
      return 'told its owner that it ends soon'
    case 'suppression.end_told':
      return 'told its owner that it ended'
    default:
      return action.replace(/^suppression\./, '').replaceAll('_', ' ')
  }
}
