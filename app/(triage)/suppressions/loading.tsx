// While suppressions are read.
import { Panel } from '@/components/patterns/panel'

export default function Loading() {
  return (
    <div className="p-6">
      <Panel title="Suppressions" state="loading" lines={8} line="row" />
    </div>
  )
}
