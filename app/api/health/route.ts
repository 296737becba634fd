import { route } from '@/lib/http/route'
import { healthEndpoint } from '@/lib/pipeline/contract'
import { readHealth } from '@/lib/pipeline/service/read-health'

export const GET = route(healthEndpoint, ({ actor }) => readHealth(actor))
