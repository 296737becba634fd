// npm run intel: feeds of threat intelligence from files and addresses, and what they say about an address.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { sql } from '@/lib/db/database'
import { openDatabase } from '@/lib/db/open-database'
import {
  CATEGORIES,
  feedIdOf,
  INTENTS,
  type Category,
  type FeedFormat,
  type FeedRun,
  type Intent,
} from '@/lib/intel/model'
import { importFeed } from '@/lib/intel/service/import-feed'
import { listFeeds } from '@/lib/intel/service/list-feeds'
import { loadIndex } from '@/lib/intel/service/load-index'
import { refreshFeed } from '@/lib/intel/service/refresh-feed'
import { saveFeed } from '@/lib/intel/service/save-feed'
import { commandActor, type Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { canonicalIp, isPublicIp } from '@/lib/kernel/ip-address'
import { chooseOrg } from '@/lib/okta/service/choose-org'
import { retroMatch } from '@/lib/pipeline/service/retro-match'
import { runCommand } from './run-script'
import { allowSimulatedFeeds } from './supervisor/simulated-org'

const USAGE = `Usage: npm run intel -- COMMAND [--org ORG]
  import FILE --feed NAME --category C [--intent I] [--confidence N] [--format list|csv] [--accept-shrink]
              fill a feed from a file, which is the whole feed; - reads standard input
  add --feed NAME --url URL --category C [--intent I] [--confidence N] [--format list|csv] [--cadence SECONDS]
              fetch a feed from an address, now and from now on
  refresh [--feed NAME] [--accept-shrink]
              fetch one feed, or all of them, now
  list        all feeds and how they are
  test IP     what the feeds say about an address
Categories: ${CATEGORIES.join(', ')}
Intents:    ${INTENTS.join(', ')}; default: that of the category
--accept-shrink takes content that lists far less than before.`

type Run = (actor: Actor) => Promise<string>

await runCommand(USAGE, async () => {
  const { values, positionals } = readArguments()
  const [command, argument] = positionals
  if (values.help || command === undefined) return USAGE
  const run = await commandOf(command, argument, values)
  allowSimulatedFeeds()
  const database = await openDatabase()
  try {
    const { orgId } = await chooseOrg(sql(), values.org)
    return await run(commandActor(orgId, 'intel'))
  } finally {
    await database.close()
  }
})

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      feed: { type: 'string' },
      category: { type: 'string' },
      intent: { type: 'string' },
      confidence: { type: 'string' },
      format: { type: 'string' },
      url: { type: 'string' },
      cadence: { type: 'string' },
      org: { type: 'string' },
      'accept-shrink': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
}

type Values = ReturnType<typeof readArguments>['values']

/** Checks the arguments before a database is started for them. */
async function commandOf(command: string, argument: string | undefined, values: Values): Promise<Run> {
  switch (command) {
    case 'import':
      return importFile(need(argument, 'import needs a FILE'), values)
    case 'add':
      return addFeed(values)
    case 'refresh':
      return (actor) => refresh(actor, values)
    case 'list':
      return list
    case 'test':
      return testAddress(need(argument, 'test needs an IP'))
    default:
      throw new AppError('invalid_input', `There is no command ${command}: use import, add, refresh, list or test.`)
  }
}

async function importFile(file: string, values: Values): Promise<Run> {
  const settings = readSettings(values)
  const found = file === '-' ? null : await stat(file).catch(() => null)
  if (file !== '-' && !found?.isFile()) throw new AppError('invalid_input', `There is no file ${file}.`)
  return async (actor) => {
    const content = file === '-' ? process.stdin : createReadStream(file)
    const run = await importFeed({
      actor,
      ...settings,
      format: settings.format ?? guessFormat(file),
      content,
    })
    return [...describeRun(settings.name, run), ...(await matchBackwards(actor))].join('\n')
  }
}

function addFeed(values: Values): Run {
  const settings = readSettings(values)
  const url = need(values.url, 'add needs --url URL')
  const cadenceSeconds = values.cadence === undefined ? undefined : Number(values.cadence)
  return async (actor) => {
    const feed = await saveFeed({ actor, input: { ...settings, url, cadenceSeconds } })
    const run = await refreshFeed({ actor, feedId: feed.feedId })
    return [...describeRun(feed.name, run), ...(await matchBackwards(actor))].join('\n')
  }
}

async function refresh(actor: Actor, values: Values): Promise<string> {
  const wanted = values.feed === undefined ? null : feedIdOf(values.feed)
  const feeds = (await listFeeds(actor.orgId)).filter(({ feedId, url, isEnabled }) =>
    wanted === null ? url !== null && isEnabled : feedId === wanted,
  )
  if (feeds.length === 0) {
    const message =
      wanted === null ? 'No feed has an address: add one.' : `There is no feed ${values.feed}: intel list shows all.`
    throw new AppError('not_found', message)
  }
  const lines: string[] = []
  for (const { feedId, name } of feeds) {
    const run = await refreshFeed({ actor, feedId })
    lines.push(...describeRun(name, run))
  }
  return [...lines, ...(await matchBackwards(actor))].join('\n')
}

async function list({ orgId }: Actor): Promise<string> {
  const feeds = await listFeeds(orgId)
  if (feeds.length === 0) return 'No feeds yet: npm run intel -- import FILE --feed NAME --category C'
  const rows = feeds.map(({ feedId, category, entryCount, url, isEnabled, lastSuccessAt, lastRun }) => [
    feedId,
    category,
    String(entryCount),
    url === null ? 'file' : new URL(url).host, // the rest of the address may carry a key
    lastSuccessAt?.toISOString() ?? 'never',
    isEnabled ? (lastRun?.error ?? lastRun?.result ?? 'not fetched yet') : 'off',
  ])
  return table([['feed', 'category', 'entries', 'from', 'last good', 'last result'], ...rows])
}

function testAddress(text: string): Run {
  const ip = canonicalIp(text)
  if (ip === null) throw new AppError('invalid_input', `${text} is not an IP address.`)
  return async ({ orgId }) => {
    if (!isPublicIp(ip)) return `${ip} is private or reserved: it is never matched.`
    const matches = (await loadIndex(orgId)).index.match(ip)
    if (matches.length === 0) return `${ip}: no feed lists it now.`
    const rows = matches.map(({ feedId, range, category, intent, confidence, source, validFrom }) => [
      feedId,
      range,
      category,
      intent,
      String(confidence),
      validFrom.toISOString(),
      source ?? '',
    ])
    return table([['feed', 'range', 'category', 'intent', 'confidence', 'since', 'source'], ...rows])
  }
}

/** What was learned is matched with stored events at once, as the worker would do. */
async function matchBackwards({ orgId }: Actor): Promise<string[]> {
  const report = await retroMatch(orgId)
  if (report === null || report.addresses === 0) return []
  const { addresses, events, opened, raised } = report
  return [
    `stored events  ${events} of ${addresses} listed addresses judged again: ${opened} signals opened, ${raised} raised`,
  ]
}

function describeRun(name: string, run: FeedRun): string[] {
  if (run.error !== null) {
    process.exitCode = 1
    return [`${name}: failed. ${run.error}`]
  }
  if (run.result === 'not_modified') return [`${name}: not modified since the last time.`]
  const reasons = Object.entries(run.rejections).map(([reason, count]) => `${reason} ${count}`)
  return [
    `${name}: ${run.result}`,
    `  read       ${run.read}`,
    `  added      ${run.added}`,
    `  withdrawn  ${run.removed}`,
    `  duplicate  ${run.duplicates}`,
    `  rejected   ${run.rejected}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`,
    ...run.samples.slice(0, 5).map(({ line, reason, text }) => `    line ${line}: ${reason}: ${printable(text)}`),
  ]
}

/** The settings that import and add share; the services check their values. */
function readSettings(values: Values) {
  const category = need(values.category, `this needs --category, one of ${CATEGORIES.join(', ')}`)
  return {
    name: need(values.feed, 'this needs --feed NAME'),
    category: category as Category,
    intent: values.intent as Intent | undefined,
    format: values.format as FeedFormat | undefined,
    confidence: values.confidence === undefined ? undefined : Number(values.confidence),
  }
}

function guessFormat(file: string): FeedFormat {
  return file.toLowerCase().endsWith('.csv') ? 'csv' : 'list'
}

function need(value: string | undefined, message: string): string {
  if (value === undefined || value === '') throw new AppError('invalid_input', `${message}. --help shows more.`)
  return value
}

/** Lines of a feed are foreign text: no control character of theirs reaches the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd')
}

function table(rows: string[][]): string {
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
