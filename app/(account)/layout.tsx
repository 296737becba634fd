// Frame of the pages for people who are not signed in.
import type { ReactNode } from 'react'
import { AccountFrame } from '@/components/account/account-frame'
import { describeInstallation } from '@/lib/auth/service/describe-installation'

export const dynamic = 'force-dynamic'

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const { isDemo } = await describeInstallation()
  return <AccountFrame isDemo={isDemo}>{children}</AccountFrame>
}
