import fs from 'node:fs'
import { expect, test } from 'vitest'

const names = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))].sort()

test('.env.example names every setting and no other', () => {
  const settings = names(fs.readFileSync('lib/kernel/env.ts', 'utf8'), /^ {2}([A-Z][A-Z_]+):/gm)
  const documented = names(fs.readFileSync('.env.example', 'utf8'), /^# ([A-Z][A-Z_]+)=/gm)
  expect(settings.length).toBeGreaterThan(10)
  expect(documented).toEqual(settings.filter((name) => name !== 'NODE_ENV'))
})
