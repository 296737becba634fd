// State of an org or a feed: mark and word, in ink; darker when it needs attention. Colour is kept for severity.
import { Mark, type MarkShape } from '@/components/ui/mark'
import type { FeedHealth, OrgHealth } from '@/lib/pipeline/contract'

interface Look {
  shape: MarkShape
  word: string
  isWell: boolean
}

const ORG_LOOKS: Readonly<Record<OrgHealth['status'], Look>> = {
  ok: { shape: 'check', word: 'Current', isWell: true },
  idle: { shape: 'ring', word: 'From files only', isWell: true },
  behind: { shape: 'half', word: 'Catching up', isWell: false },
  silent: { shape: 'question', word: 'Nobody polls', isWell: false },
  problem: { shape: 'cross', word: 'Failing', isWell: false },
}

const FEED_LOOKS: Readonly<Record<FeedHealth['status'], Look>> = {
  current: { shape: 'check', word: 'Current', isWell: true },
  held: { shape: 'diamond', word: 'Run held', isWell: false },
  off: { shape: 'ring', word: 'Off', isWell: true },
  stale: { shape: 'half', word: 'Stale', isWell: false },
  failing: { shape: 'cross', word: 'Failing', isWell: false },
  never: { shape: 'question', word: 'Never fetched', isWell: false },
}

export function OrgState({ status }: { status: OrgHealth['status'] }) {
  return <StateWord {...ORG_LOOKS[status]} />
}

export function FeedState({ status }: { status: FeedHealth['status'] }) {
  return <StateWord {...FEED_LOOKS[status]} />
}

function StateWord({ shape, word, isWell }: Look) {
  return (
    <span className={`inline-flex items-center gap-1.5 text-12 ${isWell ? '' : 'font-semibold'}`}>
      <Mark shape={shape} tone={isWell ? 'muted' : 'ink'} size={12} />
      {word}
    </span>
  )
}
