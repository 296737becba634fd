'use client'
export function StepAnswers(_props: { signalId: number; href: string }) {
  return null
}
