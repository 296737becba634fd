// What one session of a person writes to the log: sign-in, applications opened, everything else they do until they leave.
import { appNamed, type Company, type Named } from './company'
import type { SimulatedEventType } from './event-types'
import type { Place } from './networks'
import type { Device, Factor, Person } from './people'
import { namedTarget, planEvent, userActor, userTarget, type EventDraft, type EventPlan } from './plan-event'
import type { Random } from './random'

/** Somebody at one place with one device in one session. */
export interface Visit {
  company: Company
  person: Person
  place: Place
  device: Device
  /** Null until the sign-in succeeded. */
  sessionId: string | null
}

const CREDENTIALS: Record<Factor, { credentialType: string; factor: string; authenticator: string }> = {
  fastpass: { credentialType: 'SIGNED_NONCE', factor: 'SIGNED_NONCE', authenticator: 'Okta Verify' },
  push: { credentialType: 'OKTA_VERIFY_PUSH', factor: 'OKTA_VERIFY_PUSH', authenticator: 'Okta Verify' },
  totp: { credentialType: 'OTP', factor: 'OKTA_SOFT_TOKEN', authenticator: 'Okta Verify' },
  webauthn: { credentialType: 'WEB_AUTHN', factor: 'FIDO_WEBAUTHN', authenticator: 'Security Key' },
}

export function openVisit(random: Random, visit: Omit<Visit, 'sessionId'>): Visit {
  return { ...visit, sessionId: random.id('idx', 25) }
}

/** An event of the visit: the person acts, from the place, with the device. */
export function act(
  random: Random,
  visit: Visit,
  at: number,
  what: Partial<EventDraft> & { eventType: SimulatedEventType },
  delayMs?: number,
): EventPlan {
  const draft: EventDraft = {
    actor: userActor(visit.person),
    place: visit.place,
    device: visit.device,
    sessionId: visit.sessionId,
    result: 'SUCCESS',
    targets: [],
    ...what,
  }
  return planEvent(random, at, draft, delayMs)
}

/** Policy let through, factor verified, session begun: three events in about a second, of which the last two are SUCCESS. */
export function signIn(random: Random, visit: Visit, at: number, factor: Factor = visit.person.factor): EventPlan[] {
  const { credentialType, factor: factorName, authenticator } = CREDENTIALS[factor]
  const verifiedAt = at + random.between(120, 700)
  const startedAt = verifiedAt + random.between(20, 300)
  return [
    act(random, visit, at, {
      eventType: 'policy.evaluate_sign_on',
      result: 'ALLOW',
      reason: 'Sign-on policy evaluation resulted in ALLOW',
      targets: [namedTarget('PolicyEntity', visit.company.policies.session)],
    }),
    act(random, visit, verifiedAt, {
      eventType: 'user.authentication.auth_via_mfa',
      provider: 'FACTOR_PROVIDER',
      credentialType,
      targets: [
        userTarget(visit.person),
        namedTarget('AuthenticatorEnrollment', { id: 'unknown', name: authenticator }),
      ],
      debug: { factor: factorName },
    }),
    act(random, visit, startedAt, {
      eventType: 'user.session.start',
      provider: 'OKTA_AUTHENTICATION_PROVIDER',
      credentialType,
      targets: [namedTarget('AppInstance', { id: 'unknown', name: 'Okta Dashboard' })],
    }),
  ]
}

export function openApp(random: Random, visit: Visit, at: number, app: Named): EventPlan {
  return act(random, visit, at, {
    eventType: 'user.authentication.sso',
    provider: 'OKTA_AUTHENTICATION_PROVIDER',
    targets: [namedTarget('AppInstance', app), userTarget(visit.person)],
    debug: { origin: 'https://example.com', initiationType: 'IDP_INITIATED', signOnMode: 'SAML 2.0' },
  })
}

/** One of the applications the person has. */
export function anyApp(random: Random, visit: Visit): Named {
  return appNamed(visit.company, random.pick(visit.person.appLabels))
}

/** A wrong password, a denied push: no session, so no session id. */
export function failSignIn(random: Random, visit: Visit, at: number, reason = 'INVALID_CREDENTIALS'): EventPlan {
  return act(random, { ...visit, sessionId: null }, at, {
    eventType: reason === 'INVALID_CREDENTIALS' ? 'user.session.start' : 'user.authentication.auth_via_mfa',
    result: 'FAILURE',
    reason,
    provider: 'OKTA_AUTHENTICATION_PROVIDER',
    credentialType: reason === 'INVALID_CREDENTIALS' ? 'PASSWORD' : 'OKTA_VERIFY_PUSH',
  })
}
