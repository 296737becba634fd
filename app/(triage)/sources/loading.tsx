// While feeds are read.
import { Panel } from '@/components/patterns/panel'

export default function Loading() {
  return (
    <div className="p-6">
      <Panel title="Sources" state="loading" lines={8} line="row" />
    </div>
  )
}
