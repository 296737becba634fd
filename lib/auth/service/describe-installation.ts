// The little that somebody who is not signed in may know about this installation.
import { hasAnyPassword, hasSimulatedOrg } from '../store'

export interface Installation {
  /** True if invented data is shown. */
  isDemo: boolean
  /** True until the first person has chosen a password. */
  isNew: boolean
}

/** What the sign-in pages say about this installation. */
export async function describeInstallation(): Promise<Installation> {
  const [isDemo, isInUse] = await Promise.all([hasSimulatedOrg(), hasAnyPassword()])
  return { isDemo, isNew: !isInUse }
}
