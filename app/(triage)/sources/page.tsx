// Feeds of threat intelligence and look-up providers.
import { SourcesPage } from '@/components/sources/sources-page'
import { isAllowed } from '@/lib/auth/model'
import { page } from '@/lib/http/page'

export const metadata = { title: 'Sources' }

export default page({ permission: 'intel:read' }, ({ actor }) => (
  <SourcesPage canChange={isAllowed(actor, 'intel:write')} />
))
