'use client'
// Which step the reader is at: the one that has focus, else the one that stands at the top of the window. The rail marks it, keys mean it.
import { useEffect, useState } from 'react'
import type { StepNumber } from '@/lib/runbook/model'

/** Where a link or a key to a step leads. */
export function stepAnchor(step: number): string {
  return `step-${step}`
}

/** Scrolls to a step and moves focus there, so that reading and tabbing go on from it. */
export function goToStep(step: number): void {
  const card = document.getElementById(stepAnchor(step))
  card?.scrollIntoView({ block: 'start' })
  card?.focus({ preventScroll: true })
}

/** The step that has focus; null while focus is elsewhere. */
export function focusedStep(): StepNumber | null {
  const card = document.activeElement?.closest<HTMLElement>('[data-step-card]')
  return card ? (Number(card.dataset.stepCard) as StepNumber) : null
}

/** Distance from the top of the window within which a step counts as the one being read. */
const READING_LINE = 160

function stepInView(): StepNumber | null {
  const cards = [...document.querySelectorAll<HTMLElement>('[data-step-card]')]
  const read = cards.findLast((card) => card.getBoundingClientRect().top <= READING_LINE)
  if (!read || read.getBoundingClientRect().bottom < 0) return null
  return Number(read.dataset.stepCard) as StepNumber
}

/** `focused` is null while focus is in no step; `current` then is the step in view. */
export function useCurrentStep(): { focused: StepNumber | null; current: StepNumber | null } {
  const [focused, setFocused] = useState<StepNumber | null>(null)
  const [inView, setInView] = useState<StepNumber | null>(null)
  useEffect(() => {
    let frame = 0
    const onScroll = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => setInView(stepInView()))
    }
    const onFocus = () => setFocused(focusedStep())
    // Focus that leaves the page, or goes to nothing, is told by focusout alone.
    const onBlur = () => setTimeout(() => setFocused(focusedStep()))
    onScroll()
    window.addEventListener('scroll', onScroll, { passive: true })
    document.addEventListener('focusin', onFocus)
    document.addEventListener('focusout', onBlur)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('scroll', onScroll)
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('focusout', onBlur)
    }
  }, [])
  return { focused, current: focused ?? inView }
}
