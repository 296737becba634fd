// @ts-check
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { SetupError } from '../fail.mjs'
import { findBrowser } from '../find-browser.mjs'
import { beginStage } from '../progress.mjs'
import { ROOT, setUp } from '../setup.mjs'
import { countPlaywright, countVitest, sum } from './count-results.mjs'

/** @typedef {import('./count-results.mjs').Counts} Counts */

/** @type {Record<string, (folder: string) => Promise<Counts>>} */
const SUITES = { unit: runVitest, browser: runPlaywright }

/**
 * Runs the named suites, or all, and sets the exit code: 0 only if tests ran and none failed.
 *
 * @param {string[]} names
 */
export async function runTests(names) {
  const unknown = names.find((name) => !(name in SUITES))
  if (unknown)
    throw new SetupError(`There is no suite "${unknown}": use ${Object.keys(SUITES).join(' or ')}, or none for all.`)
  process.chdir(ROOT)
  await setUp(['dependencies', 'client'])
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-results-'))
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }))
  /** @type {Counts[]} */
  const results = []
  for (const name of names.length > 0 ? names : Object.keys(SUITES)) {
    results.push(await /** @type {(folder: string) => Promise<Counts>} */ (SUITES[name])(folder))
  }
  const { passed, failed } = sum(results)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
}

/** @param {string} folder @returns {Promise<Counts>} */
async function runVitest(folder) {
  const report = path.join(folder, 'vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await runTool('vitest/vitest.mjs', args, {})
  return countVitest(readReport(report), code)
}

/** @param {string} folder @returns {Promise<Counts>} */
async function runPlaywright(folder) {
  try {
    await setUp(['build'])
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    return { passed: 0, failed: 1 }
  }
  const progress = beginStage('browser', 'looking for one')
  const browser = await findBrowser({ mayInstall: true, onTry: (what) => process.stderr.write(`${what} … `) })
  progress.done(browser.name)
  const report = path.join(folder, 'playwright.json')
  const code = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    ...browser.env,
    SALLYPORT_BROWSER: browser.executablePath ?? '',
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
  })
  return countPlaywright(readReport(report), code)
}

/**
 * Runs a tool with its output shown; resolves with its exit code. A signal to us reaches it, and ends us after it has cleaned up.
 *
 * @param {string} program path below node_modules
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<number>}
 */
function runTool(program, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join('node_modules', program), ...args], {
      cwd: ROOT,
      // The database and the org of the person who tests are none of the tests' business.
      env: { ...process.env, DATABASE_URL: '', NODE_ENV: 'test', NEXT_TELEMETRY_DISABLED: '1', ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      child.once('exit', () => process.exit(signal === 'SIGINT' ? 130 : 143))
      child.kill(signal)
    }
    process.once('SIGINT', pass).once('SIGTERM', pass)
    child.on('error', reject)
    child.on('close', (code) => {
      process.off('SIGINT', pass).off('SIGTERM', pass)
      resolve(code ?? 1)
    })
  })
}

/** @param {string} file @returns {unknown} null when the tool ended before it wrote one */
function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
