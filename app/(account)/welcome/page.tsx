// Where a one-time link leads: choose a name and a password. Opening the page does not use the link up; mail scanners open links too.
import { SpentLink } from '@/components/account/spent-link'
import { WelcomeForm } from '@/components/account/welcome-form'
import { readSignInLink } from '@/lib/auth/service/accept-sign-in-link'
import { page } from '@/lib/http/page'
import { now } from '@/lib/kernel/clock'

export const metadata = { title: 'Welcome' }

export default page({ permission: 'public' }, async ({ searchParams }) => {
  const token = typeof searchParams.token === 'string' ? searchParams.token : ''
  const invitation = await readSignInLink(token, now())
  return invitation ? <WelcomeForm token={token} invitation={invitation} /> : <SpentLink />
})
