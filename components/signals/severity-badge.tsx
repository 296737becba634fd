// Severity as mark and word; never colour alone. Only HIGH is solid in lists, so that a page of MEDIUM stays quiet.
import { Badge } from '@/components/ui/badge'
import { Mark } from '@/components/ui/mark'
import type { Severity } from '@/lib/detections/model'

/** The words of each severity, long and as short as lists need it. */
export const SEVERITY_WORD: Readonly<Record<Severity, { long: string; short: string }>> = {
  high: { long: 'High', short: 'High' },
  medium: { long: 'Medium', short: 'Med' },
}

export function SeverityMark({ severity, isMuted = false }: { severity: Severity; isMuted?: boolean }) {
  return <Mark shape={severity === 'high' ? 'triangle' : 'diamond'} tone={isMuted ? 'muted' : severity} size={10} />
}

/** `row`: for lists. `page`: for headings, solid for both. */
export function SeverityBadge({
  severity,
  variant,
  isMuted = false,
}: {
  severity: Severity
  variant: 'row' | 'page'
  /** The signal is done with. */
  isMuted?: boolean
}) {
  if (variant === 'page' || (severity === 'high' && !isMuted)) {
    return (
      <Badge tone={severity} mark={severity === 'high' ? 'triangle' : 'diamond'}>
        {SEVERITY_WORD[severity].long.toUpperCase()}
      </Badge>
    )
  }
  return (
    <span className="inline-flex items-center gap-1.25 pl-1.5 text-12 font-medium">
      <SeverityMark severity={severity} isMuted={isMuted} />
      <span aria-hidden>{SEVERITY_WORD[severity].short}</span>
      <span className="sr-only">{SEVERITY_WORD[severity].long}</span>
    </span>
  )
}
