// What a System Log event says about a change of how somebody signs in. Which fields tell it is observed, not documented by Okta: the factor
// stands in `debugData.factor`, as an enrolment among the targets, or in the reason. Text that is no event says nothing.
import { parseText, valueAt } from '@/lib/okta/core/event-text'
import { plainText } from '@/lib/kernel/plain-text'
import type { EventTextRow } from '../model'
import { nameFactor } from './name-factor'

const MAX_NAME = 80
const ABSENT = new Set(['', 'null', 'unknown', 'undefined', '-'])

/** One target of an event. */
interface Target {
  id: string | null
  type: string
  name: string | null
}

export interface ReadChange {
  /** In words, e.g. `Okta FastPass`; null where nothing tells which. */
  factor: string | null
  /** Name of the device that the change is about; null where nothing tells. */
  device: string | null
  /** Users it was done to, in order. */
  users: Target[]
  isBySystem: boolean
  /** Administrator roles that the account holds after it, as Okta lists them; null where it does not say. */
  roles: string[] | null
}

/** Reads the text of an event as far as it is one. */
export function readChange({ raw }: Pick<EventTextRow, 'raw'>): ReadChange {
  const event = parseText(raw)
  const targets = targetsOf(event)
  return {
    factor: factorOf(event, targets),
    device: targets.find(({ type }) => /device/i.test(type))?.name ?? null,
    users: targets.filter(({ type }) => type === 'User'),
    isBySystem: text(valueAt(event, 'actor', 'type')) === 'SystemPrincipal',
    roles: rolesOf(event),
  }
}

function factorOf(event: unknown, targets: readonly Target[]): string | null {
  const code = text(valueAt(event, 'debugContext', 'debugData', 'factor'))
  if (code !== null) return nameFactor(code, '')
  const enrolled = targets.find(({ type }) => /^(authenticator|factor)/i.test(type))?.name
  if (enrolled) return enrolled
  const reason = text(valueAt(event, 'outcome', 'reason'))?.match(
    /\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|SMS|CALL|EMAIL) factor\b/,
  )
  return reason ? nameFactor(reason[1]!, '') : null
}

function rolesOf(event: unknown): string[] | null {
  const granted = text(valueAt(event, 'debugContext', 'debugData', 'privilegeGranted'))
  return granted === null ? null : granted.split(',').flatMap((role) => text(role) ?? [])
}

function targetsOf(event: unknown): Target[] {
  const targets = valueAt(event, 'target')
  if (!Array.isArray(targets)) return []
  return targets.slice(0, 20).map((target: unknown) => {
    const type = text(valueAt(target, 'type')) ?? ''
    const [login, name] = [text(valueAt(target, 'alternateId')), text(valueAt(target, 'displayName'))]
    // People are known by their login, things by their name.
    return { id: text(valueAt(target, 'id')), type, name: type === 'User' ? (login ?? name) : (name ?? login) }
  })
}

function text(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const clean = plainText(value, MAX_NAME)
  return ABSENT.has(clean.toLowerCase()) ? null : clean
}
