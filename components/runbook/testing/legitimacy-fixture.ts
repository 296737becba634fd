// Step 2 of the invented signal.
import type { LegitimacyStep } from '@/lib/runbook/contract/steps'
import { complete, evidence, FIRST_SEEN } from './case-fixture'

const hours = (() => {
  const weeks = Array.from({ length: 168 }, () => 0)
  for (let day = 0; day < 5; day++) {
    for (let hour = 7; hour < 19; hour++) weeks[day * 24 + hour] = Math.min(13, 2 + ((day * 5 + hour * 7) % 12))
  }
  return weeks
})()

export const legitimacyStep: LegitimacyStep = {
  step: 2,
  question: 'Could this be legitimate?',
  assessment: { id: 'legitimacy', version: 1 },
  answer: 'no',
  weight: 'likely',
  speaksForBenign: false,
  sentence: 'Nothing about this use is usual for dana.okafor; no VPN operator is known on this network.',
  evidence: [evidence(2, 'contribution', 'first_network', 'First time on this network')],
  window: { from: '2026-08-24T00:00:00.000Z', to: FIRST_SEEN },
  coverage: complete,
  missing: [],
  historyEvents: 7436,
  historyDays: 64,
  dimensions: [
    {
      name: 'network',
      top: [
        { value: '64496', label: 'AS64496 Example Corp', events: 6395, share: 0.86 },
        { value: '64497', label: 'AS64497 Example Fibre', events: 818, share: 0.11 },
        { value: '64498', label: 'AS64498 Example Mobile', events: 223, share: 0.03 },
      ],
      current: { value: '64500', label: 'AS64500 Example Relay', events: 0, share: 0 },
      isFirstTime: true,
    },
    {
      name: 'country',
      top: [
        { value: 'Netherlands', label: 'Netherlands', events: 6841, share: 0.92 },
        { value: 'Belgium', label: 'Belgium', events: 595, share: 0.08 },
      ],
      current: { value: 'Romania', label: 'Romania', events: 0, share: 0 },
      isFirstTime: true,
    },
    {
      name: 'client',
      top: [
        { value: 'mac', label: 'macOS, Chrome', events: 5800, share: 0.78 },
        { value: 'ios', label: 'iOS, Safari', events: 1636, share: 0.22 },
      ],
      current: { value: 'ios', label: 'iOS, Safari', events: 1636, share: 0.22 },
      isFirstTime: false,
    },
    {
      name: 'network_type',
      top: [
        { value: 'office', label: 'Office', events: 5280, share: 0.71 },
        { value: 'home', label: 'Home', events: 1338, share: 0.18 },
        { value: 'mobile', label: 'Mobile', events: 818, share: 0.11 },
      ],
      current: { value: 'tor', label: 'Tor', events: 0, share: 0 },
      isFirstTime: true,
    },
  ],
  hours: { weeks: hours, of: 13, hour: 6 * 24 + 7 },
  device: { isNamed: false, isKnown: false, isManaged: null, firstAt: null, lastAt: null, networks: [] },
  factor: { name: 'passkey', isPhishingResistant: true },
  operator: null,
  colleagues: { network: 'AS64500', people: 0, of: 312, isCapped: false },
  suppressions: [],
  likelihood: {
    score: -58,
    contributions: [
      { id: 'token_elsewhere', label: 'Same token on its usual address too', points: -20 },
      { id: 'first_network', label: 'First time on this network', points: -18 },
      { id: 'unknown_client', label: 'New, unmanaged client', points: -16 },
      { id: 'no_colleagues', label: '0 of 312 people use AS64500', points: -14 },
      { id: 'unusual_hour', label: 'Unusual hour', points: -6 },
      { id: 'privacy_tool', label: 'Tor is a privacy tool', points: 10 },
      { id: 'strong_factor', label: 'Session began with a passkey', points: 6 },
    ],
    wouldChange: ['A managed device of the account on this network would add 25.'],
  },
}
