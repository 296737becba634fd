// How all feeds stand, in one line.
import type { FeedStateWord } from './feed-state'

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** What is not well comes first, in this order. */
const TROUBLE: ReadonlyArray<[FeedStateWord, (count: number) => string]> = [
  ['held', (count) => (count === 1 ? 'run held' : 'runs held')],
  ['failing', () => 'failing'],
  ['late', () => 'late'],
  ['never', () => 'not read yet'],
  ['frozen', () => 'frozen'],
  ['at_cap', () => 'at a cap'],
]

/** E.g. `One run held, one failing, one frozen. Four are current, one is off.` */
export function describeFeeds(states: readonly FeedStateWord[]): string {
  if (states.length === 0) return 'No feeds yet. Without them no address is ever flagged.'
  const countOf = (word: FeedStateWord) => states.filter((state) => state === word).length
  const trouble = TROUBLE.flatMap(([word, say]) => {
    const count = countOf(word)
    return count === 0 ? [] : [`${numberWord(count)} ${say(count)}`]
  })
  const rest = (['current', 'off'] as const).flatMap((word) => {
    const count = countOf(word)
    if (count === 0) return []
    if (count === states.length && count > 1) return [`all are ${word}`]
    return [`${numberWord(count)} ${count === 1 ? 'is' : 'are'} ${word}`]
  })
  return [trouble, rest]
    .filter((parts) => parts.length > 0)
    .map((parts) => `${capital(parts.join(', '))}.`)
    .join(' ')
}

function numberWord(count: number): string {
  return WORDS[count] ?? String(count)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
