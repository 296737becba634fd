import { expect, test } from 'vitest'
import { citeNumbers, writeRationale } from './describe-verdict'

const facts = (...labels: string[]) => labels.map((label, index) => ({ number: index + 1, label }))

test.each([
  ['malicious', facts('Tor exit', 'factor added'), null, 'Malicious: E1 Tor exit; E2 factor added.'],
  ['suspicious_escalated', facts('Tor exit'), null, 'Suspicious, escalated: E1 Tor exit.'],
  ['benign_vpn', facts('her VPN'), null, 'Benign, VPN or privacy tool: E1 her VPN.'],
  ['duplicate', facts('same session'), 1002, 'Duplicate of SIG-1002: E1 same session.'],
  ['cannot_tell', facts('line\nbreak'), null, 'Cannot tell: E1 line break.'],
] as const)('%s', (verdict, evidence, duplicateOfId, expected) => {
  expect(writeRationale(verdict, evidence, duplicateOfId)).toBe(expected)
})

test('many facts are named by number after the twelfth', () => {
  const rationale = writeRationale('malicious', facts(...Array.from({ length: 15 }, (_, at) => `fact ${at}`)), null)
  expect(rationale).toMatch(/; E12 fact 11; also E13, E14 and E15\.$/)
})

test('citeNumbers', () => {
  expect([[], [1], [1, 2], [1, 2, 5]].map((numbers) => citeNumbers(numbers.map((number) => ({ number }))))).toEqual([
    '',
    'E1',
    'E1 and E2',
    'E1, E2 and E5',
  ])
})
