'use client'
export function RunbookSteps(_props: { signalId: number }) {
  return null
}
