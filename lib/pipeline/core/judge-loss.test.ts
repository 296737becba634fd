import { describe, expect, it } from 'vitest'
import { judgeLoss } from './judge-loss'

const tor = { category: 'tor', intent: 'suspicious' } as const
const vpn = { category: 'vpn', intent: 'suspicious' } as const
const malware = { category: 'malware', intent: 'malicious' } as const
const office = { category: 'corporate_egress', intent: 'benign' } as const

describe('judgeLoss', () => {
  it.each([
    ['the feed did not list it', { others: [malware], own: [], coming: [] }, 'nothing'],
    ['the policy did not count what it said', { others: [], own: [vpn], coming: [] }, 'nothing'],
    ['it goes on listing it', { others: [], own: [tor], coming: [tor] }, 'nothing'],
    ['it goes on flagging it, as something else', { others: [], own: [tor], coming: [malware] }, 'nothing'],
    ['nobody else lists it', { others: [], own: [tor], coming: [] }, 'all'],
    ['it goes on with something that does not count', { others: [], own: [tor], coming: [vpn] }, 'all'],
    ['another feed says only what does not count', { others: [vpn], own: [tor], coming: [] }, 'all'],
    ['another feed flags it too', { others: [malware], own: [tor], coming: [] }, 'some'],
    ['an allow-list cleared it before', { others: [office], own: [tor], coming: [] }, 'nothing'],
    ['it clears it itself from then on', { others: [malware], own: [tor], coming: [office] }, 'all'],
  ] as const)('%s', (_, change, loss) => {
    expect(judgeLoss(change, 'malicious+tor')).toBe(loss)
  })
})
