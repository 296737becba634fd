// npm run intel: feeds of threat intelligence from files and addresses, runs that were held, and what is known about an address.
import { sql } from '@/lib/db/database'
import { openDatabase } from '@/lib/db/open-database'
import { CATEGORIES, INTENTS, TOLERABLE } from '@/lib/intel/model'
import { commandActor, type Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { chooseOrg } from '@/lib/okta/service/choose-org'
import { need, readArguments, type Values } from './intel/arguments'
import { acceptRun, rejectRun, showHeld } from './intel/decide-runs'
import { exportFile } from './intel/export-file'
import { addFeed, importFile, refreshFeeds } from './intel/fill-feeds'
import { list, listFormats, showAddress } from './intel/show-feeds'
import { runCommand } from './run-script'
import { allowSimulatedFeeds } from './supervisor/simulated-org'

const USAGE = `Usage: npm run intel -- COMMAND [--org ORG]
  list        all feeds and how they are
  refresh [--feed NAME]
              fetch one feed, or all of them, now
  import FILE --feed NAME --category C [settings]
              fill a feed from a file, which is the whole feed; - reads standard input
  add --feed NAME --url URL --category C [--cadence SECONDS] [--credentials FILE] [settings]
              fetch a feed from an address, now and from now on
  test IP     what the feeds say about an address
  export [--feed NAME] [--format csv|jsonl|list] [--at INSTANT] [--known-at INSTANT]
              what was listed at an instant (default now), as it was known at another (default now)
  held        runs that wait for a decision, and what they would change
  accept FEED [--confirm COUNT] [--tolerate CODE] [--note TEXT]
              bring a held run into force; without the count it says which one to repeat
  reject FEED [--note TEXT]
              keep what is in force; the same content is not asked about again
  formats     names for --format
Settings of import and add:
  --format F           how the content is written; default list, or csv for a file that ends so
  --option KEY=VALUE   how to read it, e.g. minScore=5 or columns.address=2; may be repeated
  --options FILE       the same as a JSON object
  --intent I           default: that of the category
  --confidence N       0 to 100; default 50
  --tolerate CODE      do not hold runs for it; may be repeated
--credentials FILE holds {"kind":"bearer","token":"…"}, basic (username, password), header (name, value) or url (key, for {key} in the URL).
Categories: ${CATEGORIES.join(', ')}
Intents:    ${INTENTS.join(', ')}
Codes:      ${TOLERABLE.join(', ')}
INSTANT is like 2026-11-22 or 2026-11-22T08:00:00Z. The exit code is 1 where a run failed or was held.`

type Run = (actor: Actor) => Promise<string | void>

await runCommand(USAGE, async () => {
  const { values, positionals } = readArguments()
  const [command, argument] = positionals
  if (values.help || command === undefined) return USAGE
  if (command === 'formats') return listFormats()
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

/** Checks the arguments before a database is started for them. */
async function commandOf(command: string, argument: string | undefined, values: Values): Promise<Run> {
  switch (command) {
    case 'list':
      return list
    case 'refresh':
      return (actor) => refreshFeeds(actor, values)
    case 'import':
      return importFile(need(argument, 'import needs a FILE'), values)
    case 'add':
      return addFeed(values)
    case 'test': {
      const ip = need(argument, 'test needs an IP')
      return (actor) => showAddress(actor, ip)
    }
    case 'export':
      return exportFile(values)
    case 'held':
      return showHeld
    case 'accept': {
      const feed = need(argument, 'accept needs a FEED')
      return (actor) => acceptRun(actor, feed, values)
    }
    case 'reject': {
      const feed = need(argument, 'reject needs a FEED')
      return (actor) => rejectRun(actor, feed, values)
    }
    default:
      throw new AppError('invalid_input', `There is no command ${command}: --help shows all.`)
  }
}
