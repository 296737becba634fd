// Every component in every state, for eyes, screenshots and axe. Not served in production unless asked for.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { page } from '@/lib/http/page'
import { now } from '@/lib/kernel/clock'
import { Gallery } from './gallery'

export const metadata: Metadata = { title: 'Gallery' }

export default page({ permission: 'account:self' }, () => {
  if (process.env.NODE_ENV === 'production' && process.env.SALLYPORT_GALLERY !== '1') notFound()
  return <Gallery now={now().toISOString()} />
})
