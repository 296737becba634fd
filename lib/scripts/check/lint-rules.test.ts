// The lint rules of ours do what they say: each fires where it should and stays quiet elsewhere.
import { ESLint } from 'eslint'
import { describe, expect, test } from 'vitest'

const eslint = new ESLint()

async function lint(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath })
  return result!.messages.map(({ message }) => message)
}

describe('model and core', () => {
  test.each([
    ['the clock', 'export const at = () => new Date()', /Take `now` as an argument/],
    ['the clock as a number', 'export const at = () => Date.now()', /Take `now` as an argument/],
    ['chance', 'export const dice = () => Math.random()', /deterministic/],
    ['settings', 'export const port = () => process.env.PORT', /do not know the process/],
    ['promises', 'export const load = async () => 1', /synchronous/],
    ['exceptions', 'export function parse() { throw new Error() }', /Return the outcome/],
  ])('know no %s', async (_, code, problem) => {
    for (const file of ['lib/signals/core/x-y.ts', 'lib/signals/model.ts']) {
      expect(await lint(file, code)).toContainEqual(expect.stringMatching(problem))
    }
    expect(await lint('lib/signals/service/x-y.ts', code)).toEqual([])
  })

  test('may read an instant they are given', async () => {
    expect(await lint('lib/signals/core/x-y.ts', 'export const at = (text: string) => new Date(text)')).toEqual([])
  })
})

describe('components', () => {
  test.each(['text-red-500', 'hover:bg-slate-100/50', 'p-2 border-l-amber-300', 'bg-[#fff]', 'text-white'])(
    'name no colour such as %s',
    async (classes) => {
      const found = [expect.stringMatching(/Name a meaning/)]
      expect(await lint('components/ui/x.tsx', `export const X = () => <i className="${classes}" />`)).toEqual(found)
      expect(
        await lint(
          'components/ui/x.tsx',
          `export const X = (p: { a: string }) => <i className={\`${classes} \${p.a}\`} />`,
        ),
      ).toEqual(found)
    },
  )

  test('name meanings', async () => {
    expect(
      await lint('components/ui/x.tsx', 'export const X = () => <i className="text-severity-high bg-surface" />'),
    ).toEqual([])
  })
})
