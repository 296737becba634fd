import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCredentials, readInstant, readSettings } from './arguments'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sallyport-intel-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(content: unknown): Promise<string> {
  const name = path.join(folder, `${Math.random()}.json`)
  await writeFile(name, typeof content === 'string' ? content : JSON.stringify(content))
  return name
}

const base = { feed: 'Example', category: 'tor' }

describe('readSettings', () => {
  test('reads options from a file, and single ones on top', async () => {
    const options = await file({ minScore: 3, columns: { address: 1 } })
    const option = ['minScore=5', 'columns.confidence=2', 'separator=;', 'only={"service":["S3"]}']
    expect((await readSettings({ ...base, options, option })).options).toEqual({
      minScore: 5,
      columns: { address: 1, confidence: 2 },
      separator: ';',
      only: { service: ['S3'] },
    })
    expect((await readSettings(base)).options).toBeUndefined()
  })

  test.each([
    [['minScore'], /must look like minScore=5/],
    [['minScore=many'], /minScore/],
    [['unknown=1'], /unknown/],
    [['__proto__.polluted=1'], /cannot be used/],
  ])('refuses %j', async (option, message) => {
    await expect(readSettings({ ...base, option })).rejects.toThrow(message)
    expect({}).not.toHaveProperty('polluted')
  })

  test('refuses files that are none, or hold something else', async () => {
    await expect(readSettings({ ...base, options: path.join(folder, 'none') })).rejects.toThrow(/There is no file/)
    await expect(readSettings({ ...base, options: await file('[1]') })).rejects.toThrow(/one JSON object/)
  })

  test('takes codes one by one or together', async () => {
    const tolerate = ['bogon,shrunk', 'empty']
    expect((await readSettings({ ...base, tolerate })).tolerates).toEqual(['bogon', 'shrunk', 'empty'])
  })
})

test('readCredentials never repeats what it could not read', async () => {
  expect(await readCredentials({ credentials: await file({ kind: 'bearer', token: 'secret' }) })).toEqual({
    kind: 'bearer',
    token: 'secret',
  })
  const wrong = readCredentials({ credentials: await file({ kind: 'bearer', tokens: 'secret' }) })
  await expect(wrong).rejects.toThrow(/must be like/)
  await expect(wrong).rejects.not.toThrow(/secret/)
})

describe('readInstant', () => {
  const fallback = new Date(0)

  test.each([
    [undefined, '1970-01-01T00:00:00.000Z'],
    ['2026-11-22', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22T08:00Z', '2026-11-22T08:00:00.000Z'],
    ['2026-11-22T08:00:00.5+02:00', '2026-11-22T06:00:00.500Z'],
  ])('reads %s', (text, expected) => {
    expect(readInstant(text, fallback).toISOString()).toBe(expected)
  })

  test.each(['22.11.2026', '2026-11-22T08:00', '2026-13-01', 'now'])('refuses %s', (text) => {
    expect(() => readInstant(text, fallback)).toThrow(/is no instant/)
  })
})
