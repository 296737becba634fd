// @ts-check
// Brings a clone into the state that a command needs: dependencies, database client, build. Each stage looks first whether its
// work is done already, so that a warm start does nothing; a stamp written last tells a finished stage from an interrupted one.
import fs from 'node:fs'
import path from 'node:path'
import { areDependenciesInstalled, installDependencies } from './setup/dependencies.mjs'
import { build, isBuilt } from './setup/build.mjs'
import { generateClient, isClientGenerated } from './setup/database-client.mjs'
import { SetupError } from './fail.mjs'
import { waitForLock } from './process-lock.mjs'
import { beginStage } from './progress.mjs'

/** The root of the project. */
export const ROOT = path.resolve(import.meta.dirname, '../..')

/** @typedef {'dependencies' | 'client' | 'build'} StageName */

/**
 * @typedef {object} Stage
 * @property {string} label
 * @property {string} activity
 * @property {(root: string) => boolean} isDone
 * @property {(root: string, onStart: (pid: number) => void) => Promise<void>} run
 * @property {string} advice what to do when it failed
 */

/** @type {Record<StageName, Stage>} */
const STAGES = {
  dependencies: {
    label: 'dependencies',
    activity: 'installing, about a minute the first time',
    isDone: areDependenciesInstalled,
    run: installDependencies,
    advice:
      'The dependencies could not be installed (see above): check the network connection and the npm registry, then try again.',
  },
  client: {
    label: 'client',
    activity: 'generating the database client',
    isDone: isClientGenerated,
    run: generateClient,
    advice: 'The database client could not be generated (see above): correct prisma/schema, then try again.',
  },
  build: {
    label: 'build',
    activity: 'building, about a minute',
    isDone: isBuilt,
    run: build,
    advice: 'The build failed (see above): correct what it names, then try again.',
  },
}

/**
 * Runs those of the named stages that are not done. Two commands that start at once share the work: the second waits.
 *
 * @param {StageName[]} names
 * @param {{ isSilentWhenDone?: boolean }} [options]
 * @returns {Promise<void>}
 * @throws SetupError that says what to do
 */
export async function setUp(names, { isSilentWhenDone = false } = {}) {
  for (const name of names) {
    const stage = STAGES[name]
    if (stage.isDone(ROOT)) {
      if (!isSilentWhenDone) beginStage(stage.label).done('up to date')
    } else {
      await runStage(name, stage)
    }
  }
}

/**
 * @param {StageName} name
 * @param {Stage} stage
 */
async function runStage(name, stage) {
  try {
    fs.accessSync(ROOT, fs.constants.W_OK)
  } catch {
    throw new SetupError(
      `The stage "${stage.label}" must write to ${ROOT}, which belongs to another user: run as that user, or give yourself the folder.`,
    )
  }
  const lock = await waitForLock(path.join(ROOT, '.setup.lock'), {
    note: name,
    onWait: (holder) =>
      process.stderr.write(`  waiting for another command that sets up (process ${holder.holders[0]?.pid}) …\n`),
  })
  const progress = beginStage(stage.label, stage.activity)
  try {
    // An install that was killed may look complete from outside.
    const isInterrupted = lock.abandoned?.note === name
    if (isInterrupted || !stage.isDone(ROOT)) await stage.run(ROOT, lock.add)
    progress.done()
  } catch (error) {
    progress.failed()
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    throw new SetupError(stage.advice)
  } finally {
    lock.release()
  }
}
