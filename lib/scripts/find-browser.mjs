// @ts-check
// Finds a Chromium for the browser tests, and fetches one if it must. A candidate counts only after it showed a page: files that
// exist but lack a library, or are a stand-in that points to a shop, are common.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { SetupError } from './fail.mjs'
import { ROOT } from './setup.mjs'

const LAUNCH_TIMEOUT_MS = 30_000
const DOWNLOAD_TIMEOUT_MS = 180_000
const PACKAGE_TIMEOUT_MS = 300_000

const SYSTEM_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome',
]
const SYSTEM_PATHS = [
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * @typedef {object} Browser
 * @property {string} name where it comes from
 * @property {string | undefined} executablePath undefined for Playwright's own
 * @property {Record<string, string>} env what its process needs beyond ours
 */

/**
 * The first browser that works, in this order: `SALLYPORT_BROWSER`, Playwright's own, one of the system, one that Playwright
 * downloads, one from the system's packages, the one packed for serverless hosts among our dependencies.
 *
 * @param {{ mayInstall: boolean, onTry?: (what: string) => void }} options
 * @returns {Promise<Browser>}
 * @throws SetupError that says what to do
 */
export async function findBrowser({ mayInstall, onTry = () => {} }) {
  const chosen = process.env.SALLYPORT_BROWSER
  /** @type {(() => Browser[] | Promise<Browser[]>)[]} */
  const sources = [
    () => (chosen ? [{ name: 'SALLYPORT_BROWSER', executablePath: chosen, env: {} }] : []),
    () => [{ name: "Playwright's own", executablePath: undefined, env: {} }],
    systemBrowsers,
  ]
  if (mayInstall)
    sources.push(
      () => downloaded(onTry),
      () => fromPackages(onTry),
      () => unpacked(onTry),
    )
  /** @type {string[]} */
  const refused = []
  for (const source of sources) {
    for (const browser of await source()) {
      const problem = await tryOut(browser)
      if (problem === null) return browser
      refused.push(`  ${browser.name}: ${problem}`)
    }
  }
  throw new SetupError(
    `No browser works for the browser tests. Install Chromium, or run npx playwright install chromium, or set SALLYPORT_BROWSER to the path of one.\n${refused.join('\n')}`,
  )
}

/**
 * Null when the browser shows a page, else why not.
 *
 * @param {Browser} browser
 * @returns {Promise<string | null>}
 */
async function tryOut({ executablePath, env }) {
  const { chromium } = await import('@playwright/test')
  let browser
  try {
    browser = await chromium.launch({ executablePath, env: { ...process.env, ...env }, timeout: LAUNCH_TIMEOUT_MS })
    const page = await browser.newPage()
    await page.setContent('<title>works</title>')
    return (await page.title()) === 'works' ? null : 'shows no page'
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const lines = message.split('\n').filter((line) => line.trim())
    return (
      lines.find((line) => /error while loading|Executable doesn't exist|ENOENT/.test(line))?.trim() ??
      lines[0] ??
      'does not start'
    )
  } finally {
    await browser?.close()
  }
}

/** @returns {Browser[]} */
function systemBrowsers() {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const named = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)))
  const found = [...named, ...SYSTEM_PATHS].filter((file) => fs.existsSync(file))
  return [...new Set(found)].map((file) => ({ name: file, executablePath: file, env: {} }))
}

/**
 * @param {(what: string) => void} onTry
 * @returns {Browser[]}
 */
function downloaded(onTry) {
  onTry('downloading Chromium with Playwright')
  const cli = path.join(ROOT, 'node_modules/@playwright/test/cli.js')
  spawnSync(process.execPath, [cli, 'install', 'chromium'], {
    stdio: 'ignore',
    timeout: DOWNLOAD_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  })
  return [{ name: 'downloaded by Playwright', executablePath: undefined, env: {} }]
}

/**
 * @param {(what: string) => void} onTry
 * @returns {Browser[]}
 */
function fromPackages(onTry) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return []
  onTry('installing Chromium with apt-get')
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = {
    stdio: 'ignore',
    timeout: PACKAGE_TIMEOUT_MS,
    killSignal: 'SIGKILL',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  spawnSync('apt-get', ['update'], options)
  spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], options)
  return systemBrowsers()
}

/**
 * The packed browser unpacks itself into the temporary folder, with the libraries that bare systems lack when it believes to run
 * on such a system; so it gets a folder of its own and is told so.
 *
 * @param {(what: string) => void} onTry
 * @returns {Browser[]}
 */
function unpacked(onTry) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return []
  onTry('unpacking Chromium')
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-browser-'))
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }))
  const script = `import('@sparticuz/chromium').then(async ({ default: chromium }) => console.log(await chromium.executablePath()))`
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: DOWNLOAD_TIMEOUT_MS,
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  })
  if (status !== 0) return []
  const executablePath = stdout.trim()
  const libraries = [path.join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return [
    { name: 'unpacked', executablePath, env: { FONTCONFIG_PATH: path.join(folder, 'fonts') } },
    {
      name: 'unpacked with its libraries',
      executablePath,
      env: { FONTCONFIG_PATH: path.join(folder, 'fonts'), LD_LIBRARY_PATH: libraries },
    },
  ]
}
