// A million invented events for the benchmark of the runbook, oldest first: a company at work, and for each of two sizes an account, a token
// and an address that are that busy. Each of those six has one use from a flagged address, which raises its signal.

const DAY = 86_400_000
/** Length of history. */
const DAYS = 90

export const SIZES = [10_000, 200_000] as const
export type Size = (typeof SIZES)[number]
export const BUSY_KINDS = ['actor', 'token', 'ip'] as const
export type BusyKind = (typeof BUSY_KINDS)[number]

/** Flagged addresses: of the account, of the token, and the busy one. */
export const flaggedIp = (kind: BusyKind, size: Size): string =>
  `203.0.113.${{ actor: 10, token: 20, ip: 30 }[kind] + SIZES.indexOf(size)}`
export const busyActor = (kind: BusyKind, size: Size): string => `00ubusy${kind}${size}`

interface Shape {
  at: number
  actor: string
  ip: string
  asNumber: number
  eventType?: string
  result?: string
  session?: string
  token?: string
}

/** Texts as Okta writes them. @param end instant of the last event, ms since 1970 */
export function* benchEvents(end: number): Generator<string> {
  const busy = SIZES.reduce((sum, size) => sum + 3 * size, 0)
  const background = 1_000_000 - busy
  const start = end - DAYS * DAY
  const streams = [
    spread(background, start, end, companyAtWork),
    ...SIZES.flatMap((size) => [
      spread(size, start, end, (n, at) => busyAccount(size, n, at, start)),
      spread(size, start, end, (n, at) => busyToken(size, n, at)),
      spread(size, start, end, (n, at) => busyAddress(size, n, at)),
    ]),
  ]
  let number = 0
  for (const shape of merged(streams)) yield textOf(shape, number++)
}

function* spread(
  count: number,
  start: number,
  end: number,
  shapeOf: (n: number, at: number) => Shape,
): Generator<Shape> {
  const step = (end - start) / count
  for (let n = 0; n < count; n++) yield shapeOf(n, start + Math.floor(n * step))
}

/** Always the earliest of what the streams offer. */
function* merged(streams: Generator<Shape>[]): Generator<Shape> {
  const heads = streams.map((stream) => stream.next())
  for (;;) {
    let first = -1
    heads.forEach((head, index) => {
      if (!head.done && (first < 0 || head.value.at < heads[first]!.value!.at)) first = index
    })
    if (first < 0) return
    yield heads[first]!.value as Shape
    heads[first] = streams[first]!.next()
  }
}

/** 3,000 people from 500 addresses on 12 networks. */
function companyAtWork(n: number, at: number): Shape {
  const person = (n * 7919) % 3000
  const type =
    n % 97 === 0 ? 'user.mfa.factor.activate' : n % 5 === 0 ? 'user.session.start' : 'user.authentication.sso'
  return {
    at,
    actor: `00uperson${person}`,
    ip: `198.51.${100 + (person % 2)}.${person % 250}`,
    asNumber: 64500 + (person % 12),
    eventType: type,
    session: `102person${person}day${Math.floor(at / DAY)}`,
  }
}

/** Its sign-in from the flagged address lies in the middle; the other half of its events are in that session. */
function busyAccount(size: Size, n: number, at: number, start: number): Shape {
  const isHit = n === size / 2
  const isAfter = n >= size / 2
  return {
    at,
    actor: busyActor('actor', size),
    ip: isHit ? flaggedIp('actor', size) : '198.51.100.250',
    asNumber: isHit ? 64511 : 64500,
    eventType: isHit ? 'user.session.start' : n % 5000 === 7 ? 'policy.rule.update' : 'user.authentication.sso',
    session: isAfter ? `102busy${size}` : `102busy${size}day${Math.floor((at - start) / DAY)}`,
  }
}

/** A token that is used from many addresses; one call in the middle came from the flagged one. */
function busyToken(size: Size, n: number, at: number): Shape {
  const isHit = n === size / 2
  return {
    at,
    actor: busyActor('token', size),
    ip: isHit ? flaggedIp('token', size) : `198.51.101.${n % 200}`,
    asNumber: isHit ? 64511 : 64501,
    eventType: n % 4000 === 9 ? 'user.account.privilege.grant' : 'app.user_management',
    token: `00Tbusy${size}`,
  }
}

/** 4,000 accounts that fail from one address, and one that succeeds near the end. */
function busyAddress(size: Size, n: number, at: number): Shape {
  const isHit = n === size - 10
  return {
    at,
    actor: isHit ? busyActor('ip', size) : `00uperson${n % 4000}`,
    ip: flaggedIp('ip', size),
    asNumber: 64511,
    eventType: 'user.session.start',
    result: isHit ? 'SUCCESS' : 'FAILURE',
    session: isHit ? `102address${size}` : undefined,
  }
}

function textOf(
  { at, actor, ip, asNumber, eventType, result = 'SUCCESS', session, token }: Shape,
  number: number,
): string {
  const published = new Date(at).toISOString()
  const login = `${actor.slice(3)}@example.com`
  return JSON.stringify({
    actor: { id: actor, type: 'User', alternateId: login, displayName: login, detailEntry: null },
    client: {
      userAgent: { rawUserAgent: 'Mozilla/5.0 (Macintosh)', os: 'Mac OS 15', browser: 'CHROME' },
      zone: 'null',
      device: 'Computer',
      id: null,
      ipAddress: ip,
      geographicalContext: {
        city: 'Example',
        country: asNumber === 64511 ? 'Nowhere' : 'Netherlands',
        geolocation: null,
      },
    },
    device: null,
    authenticationContext: { externalSessionId: session ?? null, rootSessionId: session ?? null },
    displayMessage: eventType,
    eventType,
    outcome: { result, reason: null },
    published,
    securityContext: { asNumber, asOrg: `Example network ${asNumber}`, isp: 'example', domain: '.', isProxy: false },
    severity: 'INFO',
    debugContext: { debugData: { dtHash: `dt${actor}`, requestUri: '/api/v1/example', threatSuspected: 'false' } },
    transaction: { type: 'WEB', id: `t${number}`, detail: token ? { requestApiTokenId: token } : {} },
    uuid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    version: '0',
    request: { ipChain: [{ ip, geographicalContext: null, version: 'V4', source: null }] },
    target: [{ id: `0oa${number % 40}`, type: 'AppInstance', alternateId: 'Example app', displayName: 'Example app' }],
  })
}
