// Arguments of `npm run intel`: what they are called, and reading the values that are more than text.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { CredentialsInput, FeedOptions } from '@/lib/intel/contract/feed'
import { CATEGORIES, feedIdOf, type Category, type FeedFormat, type HoldCode, type Intent } from '@/lib/intel/model'
import { AppError } from '@/lib/kernel/error'

/** Throws an error of `parseArgs` for what it does not know. */
export function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      feed: { type: 'string' },
      category: { type: 'string' },
      intent: { type: 'string' },
      confidence: { type: 'string' },
      format: { type: 'string' },
      option: { type: 'string', multiple: true },
      options: { type: 'string' },
      credentials: { type: 'string' },
      url: { type: 'string' },
      cadence: { type: 'string' },
      tolerate: { type: 'string', multiple: true },
      at: { type: 'string' },
      'known-at': { type: 'string' },
      confirm: { type: 'string' },
      note: { type: 'string' },
      org: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
}

export type Values = ReturnType<typeof readArguments>['values']

/** @throws AppError invalid_input with the message where there is no value. */
export function need(value: string | undefined, message: string): string {
  if (value === undefined || value === '') throw new AppError('invalid_input', `${message}. --help shows more.`)
  return value
}

/** The settings that import and add share; the services check their values. */
export async function readSettings(values: Values) {
  const category = need(values.category, `this needs --category, one of ${CATEGORIES.join(', ')}`)
  return {
    name: need(values.feed, 'this needs --feed NAME'),
    category: category as Category,
    intent: values.intent as Intent | undefined,
    format: values.format as FeedFormat | undefined,
    confidence: readNumber(values.confidence),
    options: await readOptions(values),
    tolerates: readTolerated(values),
  }
}

/** Codes of `--tolerate`, repeated or separated by commas; undefined without any. The services check them. */
export function readTolerated(values: Values): HoldCode[] | undefined {
  return values.tolerate?.flatMap((codes) => codes.split(',')) as HoldCode[] | undefined
}

export function readNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}

/** The id of the feed that a person named by id or name. */
export function readFeedId(text: string): string {
  return feedIdOf(text)
}

/** An instant in ISO 8601; a day is its first instant, UTC. @throws AppError invalid_input */
export function readInstant(text: string | undefined, fallback: Date): Date {
  if (text === undefined) return fallback
  const isZoned = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
  const instant = new Date(text)
  if (!isZoned || Number.isNaN(instant.getTime())) {
    throw new AppError('invalid_input', `${text} is no instant: write 2026-11-22 or 2026-11-22T08:00:00Z.`)
  }
  return instant
}

/** `--options FILE` with single settings of `--option a.b=value` on top; undefined without either. @throws AppError invalid_input */
async function readOptions(values: Values): Promise<z.infer<typeof FeedOptions> | undefined> {
  if (values.options === undefined && values.option === undefined) return undefined
  const options = values.options === undefined ? {} : await readJsonFile(values.options)
  for (const setting of values.option ?? []) setOption(options, setting)
  const outcome = FeedOptions.safeParse(options)
  if (outcome.success) return outcome.data
  const issues = outcome.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new AppError('invalid_input', `The options cannot be used: ${issues.join('; ')}.`)
}

function setOption(options: Record<string, unknown>, setting: string): void {
  const [, path, text] = /^([^=]+)=(.*)$/s.exec(setting) ?? []
  if (path === undefined || text === undefined) {
    throw new AppError('invalid_input', `--option ${setting} must look like minScore=5 or columns.address=2.`)
  }
  const names = path.split('.')
  let target = options
  for (const name of names.slice(0, -1)) {
    const inner = Object.hasOwn(target, name) ? target[name] : undefined
    const next = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {}
    Object.defineProperty(target, name, { value: next, enumerable: true, configurable: true, writable: true })
    target = next
  }
  const value = parseJson(text) ?? text
  Object.defineProperty(target, names.at(-1)!, { value, enumerable: true, configurable: true, writable: true })
}

/** `--credentials FILE`, so that no key is seen in the list of processes; undefined without. @throws AppError invalid_input */
export async function readCredentials(values: Values): Promise<CredentialsInput | undefined> {
  if (values.credentials === undefined) return undefined
  const outcome = CredentialsInput.safeParse(await readJsonFile(values.credentials))
  if (outcome.success) return outcome.data
  const message = `${values.credentials} must be like {"kind":"bearer","token":"…"}; kinds are basic (username, password), bearer (token), header (name, value) and url (key).`
  throw new AppError('invalid_input', message)
}

async function readJsonFile(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) throw new AppError('invalid_input', `There is no file ${file}.`)
  const value = parseJson(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new AppError('invalid_input', `${file} must hold one JSON object.`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
