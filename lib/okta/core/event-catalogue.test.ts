import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { EVENT_CLASSES } from '../model'
import { EVENT_CATALOGUE } from './event-catalogue'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const FOLDERS = ['lib', 'app', 'components', 'e2e']
/** A quoted name of three words or more; of two, the code has many others, such as audit actions. */
const NAME = /(?<=['"`])([a-z_]+)(?:\.[A-Za-z0-9_-]+){2,}(?=['"`])/g
/** Older names that Okta writes beside its types. */
const LEGACY = /\blegacy(?:EventType)?: '[^']*'/g
/** Invented on purpose, to stand for what the catalogue does not have. */
const INVENTED = /[._](?:of_)?next[._]year$/
/** They name on purpose what the catalogue does not have. */
const LEFT_OUT = ['lib/simulator/core/event-types.test.ts', 'lib/okta/fixtures/odd-events.ts']

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== 'generated') yield* sources(file)
    } else if (/\.tsx?$/.test(entry.name)) yield file
  }
}

test('holds every type of the release once, with a class', () => {
  expect(EVENT_CATALOGUE.size).toBe(1274)
  expect(
    [...EVENT_CATALOGUE].filter(([type, eventClass]) => !/^[a-z]/.test(type) || !EVENT_CLASSES.includes(eventClass)),
  ).toEqual([])
  const counts = Object.fromEntries(
    EVENT_CLASSES.map((own) => [own, [...EVENT_CATALOGUE.values()].filter((eventClass) => eventClass === own).length]),
  )
  expect(counts).toMatchInlineSnapshot(`
    {
      "account": 19,
      "authentication": 47,
      "configuration": 212,
      "data_access": 23,
      "factor": 28,
      "noise": 16,
      "password": 10,
      "privilege": 30,
      "recovery": 21,
      "session": 14,
      "threat": 15,
      "token": 29,
      "uncategorised": 810,
    }
  `)
})

test('knows every event type that the code names', () => {
  const types = [...EVENT_CATALOGUE.keys()]
  const families = new Set(types.map((type) => type.split('.')[0]))
  const named = new Map<string, string>()
  for (const folder of FOLDERS) {
    for (const file of sources(path.join(ROOT, folder))) {
      const name = path.relative(ROOT, file)
      if (LEFT_OUT.includes(name)) continue
      for (const [type, first] of readFileSync(file, 'utf8').replace(LEGACY, '').matchAll(NAME)) {
        if (families.has(first!)) named.set(type, name)
      }
    }
  }
  expect(named.size).toBeGreaterThan(100)
  // The beginning of a type stands for all of them.
  expect([...named].filter(([type]) => !INVENTED.test(type) && !types.some((known) => known.startsWith(type)))).toEqual(
    [],
  )
})
