// What the supervisor has running, and how it ends: in the reverse order of starting, each with a deadline.
import path from 'node:path'
import type { ProcessLock } from '../process-lock.mjs'
import { openChildLog, type ChildLog } from './log-file'
import { startSupervised, type SupervisedProcess } from './supervised-process'

/** Stops something; `since` is when the stop was asked for, in milliseconds of the epoch. */
type Stop = (since: number) => Promise<void>

export interface Child {
  process: SupervisedProcess
  log: ChildLog
}

export interface Stack {
  /** Environment that every child gets beyond our own. Changes reach a child when it starts the next time. */
  readonly environment: Record<string, string>
  readonly isStopping: () => boolean
  /** One sentence for the person at the terminal. */
  readonly say: (sentence: string) => void
  /** Remembers how to stop something that was started, or is just starting. */
  readonly onStop: (stop: Stop) => void
  /** Starts a child that is to run until the end. */
  readonly startChild: (name: string, args: string[], stopWithinMs: number) => Child
  readonly restartChildren: () => void
  /** Stops everything. A second call waits for the first. */
  readonly stop: () => Promise<void>
}

/** An empty stack for an installation's data folder. */
export function openStack(lock: ProcessLock, dataDir: string): Stack {
  const environment: Record<string, string> = {}
  const children: SupervisedProcess[] = []
  const stops: Stop[] = []
  let stopped: Promise<void> | null = null
  const isTerminal = process.stderr.isTTY === true
  const logFolder = path.join(dataDir, 'logs')
  const say = (sentence: string) => void process.stderr.write(`  ${sentence}\n`)

  function startChild(name: string, args: string[], stopWithinMs: number): Child {
    if (stopped) throw new Error('Stopped while starting.')
    const log = openChildLog(name, logFolder, isTerminal)
    const hint = isTerminal ? ` See ${path.relative('.', logFolder)}/${name}.log.` : ''
    const child = startSupervised({
      name,
      args,
      environment: () => ({ ...process.env, ...environment }),
      onLine: log.write,
      onTrouble: (sentence) => say(sentence + hint),
      onStart: lock.add,
    })
    children.push(child)
    stops.push((since) => child.stop(since + stopWithinMs))
    return { process: child, log }
  }

  async function stopInOrder(): Promise<void> {
    const since = Date.now()
    for (const stop of stops.toReversed()) await stop(since)
  }

  return {
    environment,
    isStopping: () => stopped !== null,
    say,
    onStop: (stop) => void stops.push(stop),
    startChild,
    restartChildren: () => children.forEach((child) => child.restart()),
    stop: () => (stopped ??= stopInOrder()),
  }
}
