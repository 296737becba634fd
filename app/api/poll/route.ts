import { route } from '@/lib/http/route'
import { pollEndpoint } from '@/lib/pipeline/contract'
import { pollConfiguredOrg } from '@/lib/pipeline/service/poll-configured-org'

export const POST = route(pollEndpoint, ({ actor }) => pollConfiguredOrg(actor))
