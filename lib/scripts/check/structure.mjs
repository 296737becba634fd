// @ts-check
// The closed vocabulary of file names: a slice holds ten names and no others, so that each thing is found by its name alone.

const SLICES = [
  'audit',
  'okta',
  'intel',
  'detections',
  'suppressions',
  'signals',
  'runbook',
  'timeline',
  'responses',
  'notifications',
]

const IN_A_SLICE = [
  /^model\.ts$/,
  /^core\/[a-z0-9-]+\.ts$/,
  /^contract(\/[a-z0-9-]+)?\.ts$/,
  /^client\.tsx?$/,
  /^service\/[a-z]+(-[a-z0-9]+)+\.ts$/,
  /^store(\/[a-z0-9-]+)?\.ts$/,
  /^gateway(\/[a-z0-9-]+)?\.ts$/,
  /^fixtures\//,
  /^testing\//,
  /^README\.md$/,
  /\.test\.tsx?$/,
]

const NO_HOME = /(^|\/)(utils?|helpers?|types|common|misc|shared|index)(\.[a-z.]+|\/)/
const KEBAB = /^[a-z0-9.()_-]+$/
/** Names of route parameters are names of code. */
const PARAMETER = /^\[(\.\.\.)?[a-z][A-Za-z]*\]$/

/**
 * What is wrong with the names of the files of the project.
 *
 * @param {string[]} files
 * @returns {string[]} one line for each problem
 */
export function findMisplacedFiles(files) {
  return files.flatMap((file) => {
    const problems = []
    if (NO_HOME.test(file))
      problems.push(`${file}: name the noun it belongs to; there are no utils, helpers, types or index files.`)
    if (/\.(tsx?|mjs|cjs)$/.test(file) && !file.split('/').every((part) => KEBAB.test(part) || PARAMETER.test(part))) {
      problems.push(`${file}: file names are kebab-case.`)
    }
    const [, slice = '', rest = ''] = /^lib\/([^/]+)\/(.+)$/.exec(file) ?? []
    if (SLICES.includes(slice) && !IN_A_SLICE.some((name) => name.test(rest))) {
      problems.push(
        `${file}: a slice holds model.ts, core/*, contract.ts, client.ts, service/<verb>-<noun>.ts, store.ts, gateway.ts, fixtures/, testing/ and README.md only.`,
      )
    }
    return problems
  })
}
