// The clone itself: Node.js, dependencies, build, browser for the tests.
import { findBrowser } from '../find-browser.mjs'
import { ROOT } from '../setup.mjs'
import { isBuilt } from '../setup/build.mjs'
import { areDependenciesInstalled } from '../setup/dependencies.mjs'
import { broken, note, ok, type Finding } from './finding'

/** A Node.js that is too old was refused before this could run. */
export function diagnoseNode(): Finding {
  return ok('Node.js', process.versions.node)
}

export function diagnoseDependencies(): Finding {
  return areDependenciesInstalled(ROOT)
    ? ok('dependencies', 'as package-lock.json names them')
    : broken('dependencies', 'not as package-lock.json names them', 'Run npm ci.')
}

export function diagnoseBuild(): Finding {
  return isBuilt(ROOT)
    ? ok('build', 'up to date')
    : note('build', 'missing or older than the sources', 'npm start builds.')
}

export async function diagnoseBrowser(): Promise<Finding> {
  try {
    return ok('browser', `${(await findBrowser({ mayInstall: false })).name} (for npm test)`)
  } catch {
    return note('browser', 'none for the browser tests yet', 'npm test fetches one; or install Chromium.')
  }
}
