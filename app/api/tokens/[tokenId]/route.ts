import { route } from '@/lib/http/route'
import { getTokenEndpoint } from '@/lib/timeline/contract/token'
import { readToken } from '@/lib/timeline/service/read-token'

export const GET = route(getTokenEndpoint, ({ actor, params: { tokenId } }) => readToken({ actor, tokenId }))
