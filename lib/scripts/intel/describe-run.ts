// Runs of feeds as text for a terminal.
import type { FeedRun, StoredFeedRun } from '@/lib/intel/model'
import type { Actor } from '@/lib/kernel/actor'
import { flagWithdrawn } from '@/lib/pipeline/service/flag-withdrawn'
import { retroMatch } from '@/lib/pipeline/service/retro-match'

/** What a run came to. A run that failed or is held makes the command fail. */
export function describeRun(name: string, run: FeedRun): string[] {
  if (run.error !== null) {
    process.exitCode = 1
    return [`${name}: failed. ${run.error}`]
  }
  if (run.result === 'not_modified') return [`${name}: not modified since the last time.`]
  const reasons = Object.entries(run.rejections).map(([reason, count]) => `${reason} ${count}`)
  return [
    ...(run.result === 'held' ? describeHold(name, run) : [`${name}: ${run.result}`]),
    `  read       ${run.read}`,
    `  added      ${run.added}`,
    `  withdrawn  ${run.removed}`,
    `  duplicate  ${run.duplicates}`,
    `  rejected   ${run.rejected}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`,
    ...run.samples.slice(0, 5).map(({ line, reason, text }) => `    line ${line}: ${reason}: ${printable(text)}`),
  ]
}

function describeHold(name: string, run: FeedRun): string[] {
  process.exitCode = 1
  const why = run.holdReasons.map(({ code, message, samples }) => {
    const examples = samples.length > 0 ? ` E.g. ${samples.slice(0, 3).map(printable).join(', ')}.` : ''
    return `  ${code.padEnd(11)}${message}${examples}`
  })
  if (run.decision === 'rejected') {
    return [`${name}: held, and rejected as the same content was before. What it listed stays in force.`, ...why]
  }
  const next = '  npm run intel -- held shows what it would change; accept or reject decides.'
  return [`${name}: held. What it listed before stays in force.`, ...why, next]
}

/** What was learned is matched with stored events, and what was withdrawn with open signals, as the worker would do. */
export async function matchBackwards({ orgId }: Actor): Promise<string[]> {
  const lines: string[] = []
  const learned = await retroMatch(orgId)
  if (learned !== null && learned.addresses > 0) {
    const { addresses, events, opened, raised } = learned
    lines.push(
      `stored events  ${events} of ${addresses} listed addresses judged again: ${opened} signals opened, ${raised} raised`,
    )
  }
  const checked = await flagWithdrawn(orgId)
  if (checked !== null && checked.withdrawn + checked.returned > 0) {
    lines.push(`open signals   ${checked.withdrawn} marked "intelligence withdrawn", ${checked.returned} flagged again`)
  }
  return lines
}

/** What a person decided, in a line. */
export function describeDecision(name: string, { decision, added, removed }: StoredFeedRun): string {
  return decision === 'accepted'
    ? `${name}: accepted, ${added} added, ${removed} withdrawn`
    : `${name}: rejected. What it listed before stays in force.`
}

/** Content of feeds is foreign text: no control character of theirs reaches the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd')
}

/** Rows in columns; the first one is the head. */
export function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => printable(cell).padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
