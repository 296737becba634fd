// @ts-check
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { beginStage } from '../progress.mjs'
import { ROOT } from '../setup.mjs'
import { listFiles } from './list-files.mjs'
import { findLockProblems } from './lock-file.mjs'
import { findMisplacedFiles } from './structure.mjs'

/** Fewer files than this and a check looked in the wrong place. Raised as the project grows, never lowered. */
const FEWEST_FILES = 400
/** Modules that dependency-cruiser must see, packages included. */
const FEWEST_MODULES = 400
const FEWEST_LOCKED = 800

const CODE = /\.(tsx?|mjs|cjs)$/
const FORMATTED = /\.(tsx?|mjs|cjs|json|css|md)$/

/**
 * What a check found: how much it looked at, and one line for each problem.
 * @typedef {{ looked: number, atLeast: number, unit: string, problems: string[] }} Finding
 */

/** @type {Record<string, () => Promise<Finding>>} */
const CHECKS = {
  types: checkTypes,
  lint: checkLint,
  format: checkFormat,
  layers: checkLayers,
  'dead code': checkDeadCode,
  names: checkNames,
  'lock file': checkLockFile,
}

/** Runs every check and prints what it found. @returns {Promise<boolean>} true when nothing is wrong */
export async function runChecks() {
  let isClean = true
  for (const [name, check] of Object.entries(CHECKS)) {
    const progress = beginStage(name)
    const { looked, atLeast, unit, problems } = await check()
    if (looked < atLeast)
      problems.push(`Looked at ${looked} ${unit}, fewer than the ${atLeast} it must see: is its configuration right?`)
    progress.done(problems.length ? `${problems.length} problem${problems.length > 1 ? 's' : ''}` : `${looked} ${unit}`)
    for (const problem of problems) process.stdout.write(`    ${problem}\n`)
    if (problems.length > 0) isClean = false
  }
  return isClean
}

/**
 * @param {string} program path below node_modules
 * @param {string[]} args
 * @returns {Promise<{ output: string, errors: string, code: number }>}
 */
function runTool(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join('node_modules', program), ...args], {
      cwd: ROOT,
      env: { ...process.env, FORCE_COLOR: '0', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk) => (errors += chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ output, errors, code: code ?? 1 }))
  })
}

/** @param {string} text @returns {string[]} */
const lines = (text) => text.split('\n').filter((line) => line.trim() !== '')

async function checkTypes() {
  // Types of the routes, and next-env.d.ts that a fresh clone lacks.
  const generated = await runTool('next/dist/bin/next', ['typegen'])
  const { output } = await runTool('typescript/bin/tsc', ['--noEmit', '--pretty', 'false', '--listFiles'])
  const isFile = (/** @type {string} */ line) => path.isAbsolute(line) && fs.existsSync(line)
  const own = lines(output).filter((line) => isFile(line) && !line.includes('/node_modules/'))
  const problems = lines(output).filter((line) => !isFile(line))
  if (generated.code !== 0) problems.unshift(...lines(generated.output + generated.errors))
  return { looked: own.length, atLeast: FEWEST_FILES, unit: 'files', problems }
}

async function checkLint() {
  const { output, errors } = await runTool('eslint/bin/eslint.js', [
    '.',
    '--format',
    'json',
    '--report-unused-disable-directives',
  ])
  /** @type {{ filePath: string, messages: { line?: number, ruleId: string | null, message: string }[] }[]} */
  const results = parseJson(output, errors)
  const problems = results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ line, ruleId, message }) =>
        `${path.relative(ROOT, filePath)}:${line ?? 1} ${message.split('\n')[0]} (${ruleId})`,
    ),
  )
  return { looked: results.length, atLeast: FEWEST_FILES, unit: 'files', problems }
}

async function checkFormat() {
  const files = listFiles(ROOT, FORMATTED)
  const { output, errors, code } = await runTool('prettier/bin/prettier.cjs', [
    '--list-different',
    '--ignore-unknown',
    ...files,
  ])
  const problems = lines(output).map((file) => `${file}: run npm run format.`)
  if (code > 1) problems.push(...lines(errors))
  return { looked: files.length, atLeast: FEWEST_FILES, unit: 'files', problems }
}

async function checkLayers() {
  const tops = ['app', 'components', 'lib', 'e2e', 'proxy.ts', 'instrumentation.ts'].filter((top) =>
    fs.existsSync(path.join(ROOT, top)),
  )
  const { output, errors } = await runTool('dependency-cruiser/bin/dependency-cruise.mjs', [
    ...tops,
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
  ])
  /** @type {{ summary: { totalCruised: number, violations: { from: string, to: string, rule: { name: string }, cycle?: { name: string }[] }[] } }} */
  const { summary } = parseJson(output, errors)
  const problems = summary.violations.map(
    ({ from, to, rule, cycle }) => `${rule.name}: ${from} → ${cycle ? cycle.map((step) => step.name).join(' → ') : to}`,
  )
  return { looked: summary.totalCruised, atLeast: FEWEST_MODULES, unit: 'modules', problems }
}

/** Knip says nothing about how much it read; a pattern of knip.json that matches no file counts as a problem instead. */
async function checkDeadCode() {
  const { output, errors, code } = await runTool('knip/bin/knip.js', [
    '--no-progress',
    '--treat-config-hints-as-errors',
  ])
  const problems = code === 0 ? [] : lines(output + errors)
  const looked = listFiles(ROOT, CODE).length
  return { looked, atLeast: FEWEST_FILES, unit: 'files', problems }
}

async function checkNames() {
  const files = listFiles(ROOT, /^(app|components|lib|prisma|e2e)\//)
  return { looked: files.length, atLeast: FEWEST_FILES, unit: 'files', problems: findMisplacedFiles(files) }
}

async function checkLockFile() {
  const lock = JSON.parse(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'))
  return {
    looked: Object.keys(lock.packages).length,
    atLeast: FEWEST_LOCKED,
    unit: 'packages',
    problems: findLockProblems(lock),
  }
}

/**
 * @param {string} output
 * @param {string} errors
 */
function parseJson(output, errors) {
  try {
    return JSON.parse(output)
  } catch {
    throw new Error(`A check did not answer: ${(errors || output).trim().split('\n').slice(-10).join('\n')}`)
  }
}
