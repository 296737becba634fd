import { describe, expect, it } from 'vitest'
import { runLimited } from './run-limited'

/** Work that ends when it is told to. */
function job(started: string[], name: string) {
  let end: (error?: Error) => void = () => {}
  const isOver = new Promise<void>((resolve, reject) => (end = (error) => (error ? reject(error) : resolve())))
  const run = () => {
    started.push(name)
    return isOver.then(() => name)
  }
  return { run, end }
}

describe('runLimited', () => {
  it('runs as many as there are places, the others in order, also after one that failed', async () => {
    const started: string[] = []
    const jobs = ['a', 'b', 'c', 'd'].map((name) => job(started, name))
    const outcomes = jobs.map(({ run }) => runLimited('test', 2, run))
    expect(started).toEqual(['a', 'b'])
    jobs[1]!.end(new Error('broken'))
    await expect(outcomes[1]).rejects.toThrow('broken')
    expect(started).toEqual(['a', 'b', 'c'])
    jobs[0]!.end()
    expect(await outcomes[0]).toBe('a')
    expect(started).toEqual(['a', 'b', 'c', 'd'])
    jobs[2]!.end()
    jobs[3]!.end()
    expect(await Promise.all(outcomes.slice(2))).toEqual(['c', 'd'])
    expect(await runLimited('test', 1, () => Promise.resolve('free again'))).toBe('free again')
  })

  it('counts every kind by itself', async () => {
    const started: string[] = []
    const [one, other] = [job(started, 'one'), job(started, 'other')]
    const outcomes = [runLimited('one kind', 1, one.run), runLimited('another kind', 1, other.run)]
    expect(started).toEqual(['one', 'other'])
    one.end()
    other.end()
    await Promise.all(outcomes)
  })
})
