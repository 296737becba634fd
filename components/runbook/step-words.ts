// Words of answers, weights and events as the steps say them. Pure.
import type { EventClass } from '@/lib/okta/model'
import type { AnsweredStep } from '@/lib/runbook/contract/runbook'
import type { SignInChange } from '@/lib/runbook/contract/steps'
import type { Weight } from '@/lib/runbook/model'
import type { MarkShape, MarkTone } from '@/components/ui/mark'

/** What a step comes to, as its meter draws it. */
export type Meter = Weight | 'benign' | 'cannot_tell' | 'loading' | 'error'

export const METER_WORD: Readonly<Record<Meter, string>> = {
  none: 'none found',
  possible: 'possible',
  likely: 'likely',
  confirmed: 'confirmed',
  benign: 'for benign',
  cannot_tell: 'cannot tell',
  loading: 'loading',
  error: 'could not be read',
}

type Answered = Pick<AnsweredStep, 'step' | 'answer' | 'weight' | 'speaksForBenign'>

export function meterOf({ answer, weight, speaksForBenign }: Answered): Meter {
  if (answer === 'cannot_tell') return 'cannot_tell'
  return speaksForBenign ? 'benign' : weight
}

/** The word before the sentence. Step 2 asks for a good reason, so its word says whether one was found, not how bad it is. */
export function answerWord({ step, answer, weight, speaksForBenign }: Answered): string {
  if (answer === 'cannot_tell') return 'Cannot tell'
  if (step === 2) return answer === 'yes' ? 'Found' : 'None found'
  if (speaksForBenign) return 'Speaks for benign'
  if (weight === 'none') return answer === 'yes' ? 'Yes' : 'None found'
  return weight.charAt(0).toUpperCase() + weight.slice(1)
}

/** Whether nothing was found, so that the card may rest folded. */
export function isClean({ answer, weight, speaksForBenign }: Answered): boolean {
  return answer === 'no' && weight === 'none' && !speaksForBenign
}

/** Shape says what an event does, the word beside it in full; colour only repeats it. */
export const CLASS_LOOK: Readonly<Record<EventClass, { shape: MarkShape; tone: MarkTone; word: string }>> = {
  privilege: { shape: 'triangle', tone: 'high', word: 'privilege' },
  token: { shape: 'plus', tone: 'medium', word: 'token' },
  configuration: { shape: 'square', tone: 'medium', word: 'configuration' },
  data_access: { shape: 'diamond', tone: 'low', word: 'data access' },
  password: { shape: 'plus', tone: 'medium', word: 'password' },
  factor: { shape: 'plus', tone: 'medium', word: 'factor' },
  recovery: { shape: 'plus', tone: 'medium', word: 'recovery' },
  account: { shape: 'plus', tone: 'medium', word: 'account' },
  threat: { shape: 'half', tone: 'high', word: 'threat' },
  authentication: { shape: 'circle', tone: 'ink', word: 'sign-in' },
  session: { shape: 'circle', tone: 'ink', word: 'session' },
  noise: { shape: 'tick', tone: 'muted', word: 'operational' },
  uncategorised: { shape: 'question', tone: 'muted', word: 'uncategorised' },
}

export const CHANGE_WORD: Readonly<Record<SignInChange['what'], string>> = {
  added: 'added',
  removed: 'removed',
  changed: 'changed',
  reset: 'reset',
  locked: 'locked',
  unlocked: 'unlocked',
  message: 'message sent',
  other: 'touched',
}

export const BY_WORD: Readonly<Record<SignInChange['by'], string>> = {
  self: 'the account itself',
  admin: 'an administrator',
  token: 'an API token',
  system: 'Okta',
  unknown: 'not known',
}

const PHRASES: Readonly<Record<string, string>> = {
  'user.account.privilege.grant': 'admin grant',
  'group.privilege.grant': 'group admin grant',
  'system.api_token.create': 'token created',
  'system.api_token.revoke': 'token revoked',
  'user.mfa.factor.activate': 'new factor',
  'user.mfa.factor.deactivate': 'factor removed',
  'user.mfa.factor.reset_all': 'all factors reset',
  'user.mfa.factor.update': 'factor changed',
  'user.account.update_password': 'password changed',
  'user.account.reset_password': 'password reset',
  'user.account.update_profile': 'profile changed',
  'zone.update': 'zone edited',
  'zone.create': 'zone made',
  'zone.delete': 'zone deleted',
  'policy.rule.update': 'policy rule edited',
  'policy.lifecycle.update': 'policy edited',
  'system.log_stream.lifecycle.deactivate': 'log stream off',
  'system.log_stream.lifecycle.delete': 'log stream deleted',
  'application.user_membership.add': 'app assigned',
  'group.user_membership.add': 'group joined',
  'user.session.impersonation.grant': 'impersonation allowed',
}

/** An event type in a few words, for names on a drawing; one without words of its own is its last two parts. */
export function eventPhrase(eventType: string): string {
  return PHRASES[eventType] ?? eventType.split('.').slice(-2).join(' ').replaceAll('_', ' ')
}
