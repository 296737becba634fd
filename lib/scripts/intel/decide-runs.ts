// held, accept and reject.
import { decideHeldRun } from '@/lib/intel/service/decide-held-run'
import { listFeeds } from '@/lib/intel/service/list-feeds'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { readHeldImpact, type HeldImpact } from '@/lib/pipeline/service/read-held-impact'
import { signalReference } from '@/lib/signals/model'
import { readFeedId, readNumber, readTolerated, type Values } from './arguments'
import { describeDecision, matchBackwards, printable } from './describe-run'

/** Every run that waits, with what it would change. */
export async function showHeld({ orgId }: Actor): Promise<string> {
  const held = await Promise.all((await listFeeds(orgId)).map(({ feedId }) => readHeldImpact({ orgId, feedId })))
  const lines = held.flatMap((run) => (run === null ? [] : [describeHeld(run)]))
  return lines.length === 0 ? 'No run waits for a decision.' : lines.join('\n\n')
}

/** Accepts the run of a feed that waits. Without the number to confirm it shows the difference and changes nothing. */
export async function acceptRun(actor: Actor, feed: string, values: Values): Promise<string> {
  const held = await readWaiting(actor, feed)
  const confirmCount = readNumber(values.confirm)
  if (confirmCount === undefined && held.canAccept) {
    process.exitCode = 1
    const repeat = `npm run intel -- accept ${held.feedId} --confirm ${held.confirmCount}`
    return `${describeHeld(held)}\nNothing was changed. To accept it: ${repeat}`
  }
  const run = await decideHeldRun({
    actor,
    input: {
      ...{ feedId: held.feedId, runId: held.run.runId, decision: 'accept', confirmCount },
      ...{ tolerate: readTolerated(values), note: values.note },
    },
  })
  return [describeDecision(held.feedName, run), ...(await matchBackwards(actor))].join('\n')
}

/** Rejects the run of a feed that waits. */
export async function rejectRun(actor: Actor, feed: string, values: Values): Promise<string> {
  const { feedId, feedName, run } = await readWaiting(actor, feed)
  const input = { feedId, runId: run.runId, decision: 'reject', note: values.note } as const
  return describeDecision(feedName, await decideHeldRun({ actor, input }))
}

async function readWaiting({ orgId }: Actor, feed: string): Promise<HeldImpact> {
  const held = await readHeldImpact({ orgId, feedId: readFeedId(feed) })
  if (held === null) throw new AppError('not_found', `No run of ${feed} waits for a decision.`)
  return held
}

function describeHeld(held: HeldImpact): string {
  const { run, feedId, live, after, kept, added, removed, removedSamples, addedSamples, relyingSignals } = held
  const alone = relyingSignals.filter(({ losesAll }) => losesAll).map(({ id }) => signalReference(id))
  const used = removedSamples.filter(({ isInUse }) => isInUse).map(({ range }) => range)
  return [
    `${feedId}: held since ${run.finishedAt.toISOString()}`,
    ...run.holdReasons.map(({ code, message }) => `  ${code.padEnd(11)}${printable(message)}`),
    `  now ${live}, after ${after}: ${kept} kept, ${removed} removed, ${added} added`,
    ...sampleLine('removed', used.length > 0 ? used : removedSamples.map(({ range }) => range), used.length > 0),
    ...sampleLine('added', addedSamples, false),
    ...(alone.length > 0 ? [`  open signals that rest on it alone: ${alone.join(', ')}`] : []),
  ].join('\n')
}

function sampleLine(what: string, ranges: string[], areInUse: boolean): string[] {
  if (ranges.length === 0) return []
  return [`  ${what}${areInUse ? ', in use' : ''}, e.g. ${ranges.slice(0, 5).join(', ')}`]
}
