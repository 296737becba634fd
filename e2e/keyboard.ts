// The only way in for a test that judges by keys: presses are counted against a budget, commands are read from the product's own key
// registry, and everything a mouse would do throws.
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Keyboard, Locator, Page } from '@playwright/test'
import { pressesOf } from '@/components/patterns/keys/combination'
import { commandId, definedScopes } from '@/components/patterns/keys/define-keys'

/** Keys that belong to every control of every page and to no registry. */
const UNIVERSAL = ['Enter', 'Space', 'Tab', 'Shift+Tab', 'Escape', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']

/** What a person without a mouse cannot do, and what would not be counted. */
const FORBIDDEN = [
  ...['click', 'dblclick', 'tap', 'hover', 'check', 'uncheck', 'setChecked', 'dragTo', 'dragAndDrop', 'selectOption'],
  ...['fill', 'clear', 'type', 'press', 'pressSequentially', 'focus', 'selectText', 'dispatchEvent', 'setInputFiles'],
]

/** How many presses a way may take at most when it leads by Tab; a page that needs more is a trap. */
const MOST_TABS = 200

/** Every command by its id, e.g. `signal.verdict`, with its first keys. Made from all files that define keys. */
async function readRegistry(): Promise<ReadonlyMap<string, string>> {
  const files = fs
    .readdirSync('components', { recursive: true, encoding: 'utf8' })
    .filter((file) => /-keys\.ts$/.test(file))
  for (const file of files) await import(pathToFileURL(path.resolve('components', file)).href)
  const commands = definedScopes().flatMap((scope) =>
    Object.entries(scope.commands).map(
      ([name, { keys }]) => [commandId(scope, name), typeof keys === 'string' ? keys : keys[0]!] as const,
    ),
  )
  return new Map(commands)
}

export interface K {
  /** Presses since the last `restart`. */
  readonly count: number
  /** Starts to count anew; the press after the last allowed one throws. */
  restart: (budget: number) => void
  /** Presses keys that belong to every control: Enter, Space, Tab, Escape, arrows. */
  press: (...keys: string[]) => Promise<void>
  /** Presses the keys of a command of the registry, e.g. `signal.verdict`. */
  run: (id: string) => Promise<void>
  /** Presses Tab until the control has focus. */
  tabTo: (control: Locator) => Promise<void>
}

/**
 * Takes the mouse away from a page until `giveBack` is called.
 *
 * @param hasShortcuts false: only keys that belong to every control
 */
export async function K(
  page: Page,
  { hasShortcuts }: { hasShortcuts: boolean },
): Promise<K & { giveBack: () => void }> {
  const registry = await readRegistry()
  const { keyboard } = page
  const giveBack = takeMouseAway(page)
  let count = 0
  let budget = 0

  async function send(key: string): Promise<void> {
    count++
    if (count > budget) throw new Error(`Press ${count} (${key}) is over the budget of ${budget} keys.`)
    await keyboard.press(key)
  }
  const hasFocus = (control: Locator) => control.evaluate((element) => element === document.activeElement)
  return {
    get count() {
      return count
    },
    restart(next) {
      count = 0
      budget = next
    },
    async press(...keys) {
      for (const key of keys) {
        if (!UNIVERSAL.includes(key)) throw new Error(`${key} belongs to a command: run it by its id.`)
        await send(key)
      }
    },
    async run(id) {
      const keys = registry.get(id)
      if (keys === undefined) throw new Error(`No command is called ${id}: ${[...registry.keys()].join(', ')}`)
      if (!hasShortcuts) throw new Error(`Shortcuts are off: ${id} must be reached without.`)
      for (const key of pressesOf(keys)) await send(key)
    },
    async tabTo(control) {
      for (let tabs = 0; tabs < MOST_TABS; tabs++) {
        if (await hasFocus(control)) return
        await send('Tab')
      }
      throw new Error(`${MOST_TABS} presses of Tab do not lead to ${control}.`)
    },
    giveBack,
  }
}

/** Methods of the prototypes are replaced, so that no locator gets round it; Playwright runs one test at a time per process. */
function takeMouseAway(page: Page): () => void {
  const undo: (() => void)[] = []
  const refuse = (holder: object, name: string) => {
    const before = Object.getOwnPropertyDescriptor(holder, name)
    const value = () => {
      throw new Error(`${name} is no key: this test uses the keyboard only.`)
    }
    Object.defineProperty(holder, name, { value, configurable: true, writable: true })
    undo.push(() => {
      if (before) Object.defineProperty(holder, name, before)
      else delete (holder as Record<string, unknown>)[name]
    })
  }
  for (const holder of [Object.getPrototypeOf(page), Object.getPrototypeOf(page.locator('body'))] as object[]) {
    for (const name of FORBIDDEN) if (name in holder) refuse(holder, name)
  }
  const keys: (keyof Keyboard)[] = ['press', 'type', 'insertText', 'down', 'up']
  // The one keyboard that counts keeps the real one.
  const real = page.keyboard
  Object.defineProperty(page, 'keyboard', { value: Object.create(real), configurable: true })
  undo.push(() => Object.defineProperty(page, 'keyboard', { value: real, configurable: true }))
  for (const name of keys) refuse(page.keyboard, name)
  for (const name of ['click', 'dblclick', 'down', 'up', 'move', 'wheel']) refuse(page.mouse, name)
  refuse(page.touchscreen, 'tap')
  return () => {
    for (const run of undo.toReversed()) run()
  }
}
