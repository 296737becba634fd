'use client'
// Asks again for what failed.
import { RotateCw } from 'lucide-react'
import { Button } from '../ui/button'

export function RetryButton({ onRetry }: { onRetry: () => void }) {
  return (
    <Button size="small" icon={<RotateCw aria-hidden size={12} />} onClick={onRetry}>
      Try again
    </Button>
  )
}
