// Says on every page, and on paper, that what is shown is invented.
import { Badge } from '../ui/badge'

export function DemoLabel() {
  return (
    <Badge tone="info">
      Demo data<span className="sr-only">: every person, address and event here is invented</span>
    </Badge>
  )
}
