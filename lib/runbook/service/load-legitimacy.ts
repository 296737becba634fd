// Step 2: loads its facts and answers it.
import { sql } from '@/lib/db/database'
import { matchSubject } from '@/lib/intel/core/match-subject'
import { loadIndex } from '@/lib/intel/service/load-index'
import { textFieldsOf } from '@/lib/okta/core/parse-event'
import { readFactor } from '@/lib/okta/core/read-factor'
import { oktaServicesOf } from '@/lib/okta/core/read-okta-services'
import { readPlace } from '@/lib/okta/core/read-place'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import { describeTarget } from '@/lib/suppressions/core/describe-suppression'
import { suppressionReference } from '@/lib/suppressions/model'
import type { LegitimacyStep } from '../contract/steps'
import { assessLegitimacy, type LegitimacyFacts } from '../core/assess-legitimacy'
import { chooseWindow } from '../core/build-baseline'
import { judgeAnonymiser } from '../core/judge-anonymiser'
import { measureTravel } from '../core/measure-travel'
import { nameFactor } from '../core/name-factor'
import { networkTypeOf, type NetworkType } from '../core/network-type'
import type { SearchWindow } from '../model'
import { findDecidingEvent, type DecidingEvent } from '../store/deciding-event'
import * as store from '../store/legitimacy'
import type { OpenCase } from './open-case'

/** Around the first event, in which its sign-in is looked for. */
const SIGN_IN_MS = 10 * 60_000
const TOKENS = 5

/** Step 2 of an open case. */
export async function answerLegitimacyStep(open: OpenCase): Promise<LegitimacyStep> {
  const { orgId, signal, login, firstSeen } = open
  const { window, coverage } = chooseWindow(firstSeen, open.coverageOf)
  const use = { actorId: signal.actor.id, ip: signal.ip }
  const around = { from: new Date(firstSeen.getTime() - SIGN_IN_MS), to: new Date(firstSeen.getTime() + SIGN_IN_MS) }
  const [event, baseline, types, texts, elsewhere, places, suppressions, colleagues] = await Promise.all([
    findDecidingEvent(sql(), orgId, signal.decidingEventUuid),
    store.readBaseline(sql(), orgId, { ...use, signalId: signal.id }, window),
    readTypes(open, window),
    store.listSignInTexts(sql(), orgId, use, around),
    store.listUsesElsewhere(sql(), orgId, use, firstSeen),
    store.readTokenPlaces(sql(), orgId, tokenIdsOf(open), use.ip, window),
    store.listSuppressions(sql(), orgId, { ...use, asNumber: signal.asNumber, tokenIds: tokenIdsOf(open) }, firstSeen),
    readColleagues(open, window),
  ])
  const named = event && { ...event, isManaged: event.raw === null ? null : textFieldsOf(event.raw).isManaged }
  const deviceUses = named === null ? [] : await store.listDeviceUses(sql(), orgId, use.actorId, named, firstSeen)
  const { networkType, ...anonymiser } = judgeAnonymiser({
    fired: firedOf(open),
    live: types.live,
    services: [event?.raw ?? null, ...texts].flatMap(oktaServicesOf),
    asOrg: signal.asOrg,
  })
  return assessLegitimacy({
    ...{ login, firstSeen, window, coverage, baseline, deviceUses, colleagues, ...anonymiser },
    types: types.baseline,
    current: {
      ...{ asNumber: signal.asNumber, asOrg: signal.asOrg, country: signal.country, networkType },
      ...{ os: event?.os ?? null, browser: event?.browser ?? null },
    },
    event: named,
    factor: factorOf(texts),
    isTokenUse: signal.tokens.length > 0,
    token: tokenOf(places, types.isKnownAddress),
    travel: measureTravel(placedUse(open, event), elsewhere.map(placeNearby)),
    suppressions: suppressions.map(presentSuppression),
    decided: decidedOf(open),
  })
}

function tokenIdsOf({ signal }: OpenCase): string[] {
  return signal.tokens.slice(0, TOKENS).map(({ id }) => id)
}

/** Intelligence that was withdrawn since says nothing any more. */
function firedOf({ signal }: OpenCase) {
  return signal.intelWithdrawnAt === null ? signal.intelligence.flatMap(({ matches }) => matches) : []
}

/** Kinds of the networks that the account comes from, by what feeds list now, and what they say of this address. */
async function readTypes({ orgId, signal, now }: OpenCase, window: SearchWindow) {
  const [{ index }, addresses] = await Promise.all([
    loadIndex(orgId),
    store.listAddresses(sql(), orgId, { actorId: signal.actor.id, signalId: signal.id }, window),
  ])
  const baseline = addresses.map(({ ip, events }): { type: NetworkType; events: number } => {
    const matches = matchSubject(index, { ip, asNumber: null }, now)
    return {
      type:
        networkTypeOf(
          matches.map(({ category }) => category),
          [],
        ) ?? 'unlisted',
      events,
    }
  })
  const isKnownAddress = addresses.some(({ ip }) => ip === signal.ip)
  return { baseline, live: matchSubject(index, signal, now), isKnownAddress }
}

async function readColleagues(
  { orgId, signal }: OpenCase,
  window: SearchWindow,
): Promise<LegitimacyFacts['colleagues']> {
  if (signal.asNumber === null) return null
  const [people, of] = await Promise.all([
    store.countColleagues(sql(), orgId, signal.actor.id, signal.asNumber, window),
    store.countAccounts(sql(), orgId, signal.actor.id, window),
  ])
  return { people, of: Math.max(of, people), isCapped: of >= store.MOST_ACCOUNTS }
}

/** One that resists phishing wins: whoever verified it here held the key. */
function factorOf(texts: readonly string[]): LegitimacyFacts['factor'] {
  const factors = texts.map(readFactor).filter((factor) => factor !== null)
  const factor = factors.find(({ isPhishingResistant }) => isPhishingResistant) ?? factors[0]
  return factor === undefined
    ? null
    : { name: nameFactor(factor.word, 'OKTA'), isPhishingResistant: factor.isPhishingResistant }
}

/** Of several, one that was never used from here. Calls that were refused make no place known: its account must have succeeded there. */
function tokenOf(
  places: Awaited<ReturnType<typeof store.readTokenPlaces>>,
  isKnownAddress: boolean,
): LegitimacyFacts['token'] {
  const place = places.find(({ isKnownPlace }) => !isKnownPlace) ?? places[0]
  if (place === undefined) return null
  const { tokenId, addresses } = place
  return { name: shortTokenId(tokenId), isKnownPlace: place.isKnownPlace && isKnownAddress, addresses }
}

function placedUse({ signal, firstSeen }: OpenCase, event: DecidingEvent | null) {
  return { uuid: event?.uuid ?? '', at: firstSeen, place: readPlace(event?.raw ?? null), country: signal.country }
}

function placeNearby({ uuid, published, country, raw }: store.NearbyUse) {
  return { uuid, at: published, place: readPlace(raw), country }
}

function presentSuppression(row: store.SuppressionRow): LegitimacyFacts['suppressions'][number] {
  const { id, endsAt, covers } = row
  const label = describeTarget({ ...row, asNumber: row.asNumber === null ? null : Number(row.asNumber) })
  return { id, reference: suppressionReference(id), label, endsAt, covers }
}

/** What people decided on signals of the same account from this address or network. */
function decidedOf({ signal }: OpenCase): LegitimacyFacts['decided'] {
  const alike = signal.similar.filter(
    ({ shares }) => shares.includes('account') && (shares.includes('ip') || shares.includes('network')),
  )
  const of = (...verdicts: string[]) =>
    alike.filter(({ verdict }) => verdict !== null && verdicts.includes(verdict)).map(({ reference }) => reference)
  return { benign: of('benign_vpn', 'benign_expected'), malicious: of('malicious', 'suspicious_escalated') }
}
