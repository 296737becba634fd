// import, add and refresh.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { feedIdOf, type FeedFormat } from '@/lib/intel/model'
import { importFeed } from '@/lib/intel/service/import-feed'
import { listFeeds } from '@/lib/intel/service/list-feeds'
import { refreshFeed } from '@/lib/intel/service/refresh-feed'
import { saveFeed } from '@/lib/intel/service/save-feed'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { need, readCredentials, readNumber, readSettings, type Values } from './arguments'
import { describeRun, matchBackwards } from './describe-run'

type Run = (actor: Actor) => Promise<string>

/** Fills a feed from a file; `-` is standard input. */
export async function importFile(file: string, values: Values): Promise<Run> {
  const settings = await readSettings(values)
  const found = file === '-' ? null : await stat(file).catch(() => null)
  if (file !== '-' && !found?.isFile()) throw new AppError('invalid_input', `There is no file ${file}.`)
  return async (actor) => {
    const content = file === '-' ? process.stdin : createReadStream(file)
    const run = await importFeed({ actor, ...settings, format: settings.format ?? guessFormat(file), content })
    return [...describeRun(settings.name, run), ...(await matchBackwards(actor))].join('\n')
  }
}

/** Saves a feed with an address and fetches it. */
export async function addFeed(values: Values): Promise<Run> {
  const settings = await readSettings(values)
  const url = need(values.url, 'add needs --url URL')
  const cadenceSeconds = readNumber(values.cadence)
  const credentials = await readCredentials(values)
  return async (actor) => {
    const feed = await saveFeed({ actor, input: { ...settings, url, cadenceSeconds }, credentials })
    const run = await refreshFeed({ actor, feedId: feed.feedId })
    return [...describeRun(feed.name, run), ...(await matchBackwards(actor))].join('\n')
  }
}

/** Fetches one feed, or all that have an address and are on. */
export async function refreshFeeds(actor: Actor, values: Values): Promise<string> {
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
  for (const { feedId, name } of feeds) lines.push(...describeRun(name, await refreshFeed({ actor, feedId })))
  return [...lines, ...(await matchBackwards(actor))].join('\n')
}

function guessFormat(file: string): FeedFormat {
  return file.toLowerCase().endsWith('.csv') ? 'csv' : 'list'
}
