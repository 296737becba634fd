// Words of tokens as the screens say them. Pure.
import type { MarkShape } from '@/components/ui/mark'
import type { TokenFacts } from '@/lib/runbook/contract/steps'

export const TOKEN_KIND: Readonly<Record<TokenFacts['kind'], string>> = {
  ssws: 'SSWS API token',
  oauth: 'OAuth access token',
  unknown: 'kind not known',
}

/** What Okta says of it now; unknown never looks like gone. */
export const TOKEN_STATE: Readonly<Record<TokenFacts['okta']['state'], { word: string; mark: MarkShape }>> = {
  active: { word: 'Active in Okta', mark: 'circle' },
  gone: { word: 'Gone from Okta', mark: 'cross' },
  not_asked: { word: 'Okta not asked', mark: 'question' },
  refused: { word: 'Okta refused', mark: 'question' },
  failed: { word: 'Okta did not answer', mark: 'question' },
  not_applicable: { word: 'Not listed by Okta', mark: 'ring' },
}

/** Which source says when it was made; null where none does. */
export const ORIGIN_SOURCE: Readonly<Record<TokenFacts['created']['source'], string | null>> = {
  event: 'by its event',
  okta: 'by Okta’s token API',
  before_retention: 'older than the stored log',
  unknown: null,
}
