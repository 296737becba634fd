import { route } from '@/lib/http/route'
import { evidenceBundleEndpoint } from '@/lib/signals/contract/bundle'
import { readBundle } from '@/lib/signals/service/read-bundle'

export const GET = route(evidenceBundleEndpoint, async ({ actor, params: { signalId }, query: { sha256 } }) => {
  const { signal, bundle } = await readBundle({ actor, signalId, expected: sha256 })
  return new Response(bundle.text, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${signal.reference}-evidence.json"`,
      'cache-control': 'no-store',
      'x-sha256': bundle.sha256,
    },
  })
})
