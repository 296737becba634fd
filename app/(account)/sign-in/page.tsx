// Sign-in with e-mail address and password.
import { redirect } from 'next/navigation'
import { SignInForm } from '@/components/account/sign-in-form'
import { safeNextPath } from '@/lib/auth/core/credentials'
import { describeInstallation } from '@/lib/auth/service/describe-installation'
import { page } from '@/lib/http/page'

export const metadata = { title: 'Sign in' }

export default page({ permission: 'public' }, async ({ actor, searchParams }) => {
  const next = safeNextPath(searchParams.next)
  if (actor) redirect(next)
  const { isNew } = await describeInstallation()
  return <SignInForm next={next} isNew={isNew} />
})
