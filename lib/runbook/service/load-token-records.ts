// Loads everything that is known of some tokens: for step 4 of a signal, and for the page of one token.
import { sql } from '@/lib/db/database'
import { loadIndex } from '@/lib/intel/service/load-index'
import type { Indicator } from '@/lib/intel/model'
import type { Coverage } from '@/lib/okta/model'
import { DRAWN_ADDRESSES, judgeIndicators, rankAddresses } from '../core/present-token'
import type { AddressUse, TokenRecord, TokenRecords } from '../core/token-facts'
import type { EventRow, EventTextRow, SearchWindow } from '../model'
import { listNotable } from '../store/activity'
import { readTexts } from '../store/event-row'
import * as store from '../store/token'

const NOTABLE = 2000
const TEXTS = 100

export interface TokenQuestion {
  id: string
  clientId: string | null
  owner: { id: string; login: string | null } | null
}

export interface LoadTokensInput {
  orgId: string
  tokens: readonly TokenQuestion[]
  /** Whose events name the tokens. */
  actorIds: readonly string[]
  /** Changes made with them are read from here on. */
  since: Date
  /** In which use of them is read. */
  window: SearchWindow
  coverageOf: (window: SearchWindow) => Coverage
  record: (tokenId: string) => TokenRecord | null
  /** An address whose network is known, so that opinions about the network count for it too. */
  known: { ip: string; asNumber: number | null } | null
}

/** The records of each token, in their order. */
export async function loadTokenRecords(input: LoadTokensInput): Promise<TokenRecords[]> {
  const { orgId, tokens, actorIds, since, window } = input
  if (tokens.length === 0) return []
  const keys = { sessions: [], roots: [], tokens: tokens.map(({ id }) => id), ip: null }
  const [{ index }, policy, notable] = await Promise.all([
    loadIndex(orgId),
    store.readIntentPolicy(sql(), orgId),
    listNotable(sql(), orgId, actorIds, keys, { from: since, to: window.to }, NOTABLE),
  ])
  const opinionsOf = (ip: string): readonly Indicator[] => {
    const asNumber = input.known?.ip === ip ? input.known.asNumber : null
    return asNumber === null ? index.match(ip) : [...index.match(ip), ...index.matchAs(asNumber)]
  }
  return Promise.all(
    tokens.map(async (token): Promise<TokenRecords> => {
      const changes = notable.events.filter(({ tokenId }) => tokenId === token.id)
      const [lifecycle, use, outsideRange, texts] = await Promise.all([
        store.listTokenLifecycle(sql(), orgId, token.id),
        store.listTokenAddresses(sql(), orgId, token.id, window),
        store.listOutsideRange(sql(), orgId, token.id, window),
        readTexts(sql(), orgId, changes.slice(0, TEXTS)),
      ])
      const addresses = use.addresses.map((sum) => ({ ...sum, ...judgeIndicators(opinionsOf(sum.ip), policy) }))
      const drawn = rankAddresses(addresses).slice(0, DRAWN_ADDRESSES)
      return {
        ...token,
        lifecycle,
        record: input.record(token.id),
        storedSince: storedSince(input, firstUse(addresses) ?? since),
        addresses,
        areAddressesComplete: use.isComplete,
        days: await store.listTokenDays(
          sql(),
          orgId,
          token.id,
          drawn.map(({ ip }) => ip),
          window,
        ),
        changes: changes.map(withText(texts)),
        areChangesComplete: notable.isComplete,
        outsideRange,
      }
    }),
  )
}

/** Since when the log is stored without a gap up to an instant; null where a gap lies in between. */
function storedSince({ coverageOf }: LoadTokensInput, upTo: Date): Date | null {
  const { gaps } = coverageOf({ from: new Date(0), to: upTo })
  const [first, ...others] = gaps
  return first !== undefined && others.length === 0 && first.to < upTo ? first.to : null
}

function firstUse(addresses: readonly AddressUse[]): Date | null {
  return addresses.reduce<Date | null>(
    (first, { firstAt }) => (first === null || firstAt < first ? firstAt : first),
    null,
  )
}

function withText(texts: ReadonlyMap<string, string>): (event: EventRow) => EventTextRow {
  return (event) => ({ ...event, raw: texts.get(event.uuid) ?? null })
}
