// What the simulated look-up services know about addresses: invented, and a function of the address. Neither the lists nor the signals depend on it.
import { FLAGGED } from './networks'
import { SCENARIO_IPS } from './scenario'

export interface AddressFacts {
  reports: number
  isTor: boolean
  isScanner: boolean
  classification: 'malicious' | 'suspicious' | 'unknown'
  ports: number[]
  tags: string[]
  owner: string
}

const TOR: readonly string[] = [...FLAGGED.tor, SCENARIO_IPS.stolenTokenTor, SCENARIO_IPS.factorEnrolled]
const ATTACKERS: readonly string[] = [
  ...FLAGGED.malicious,
  SCENARIO_IPS.stolenTokenFirst,
  SCENARIO_IPS.stolenTokenSecond,
  SCENARIO_IPS.spray,
  SCENARIO_IPS.missingData,
  SCENARIO_IPS.listedLater,
]

/** Attackers are known well, Tor exits by their ports, everybody else hardly. */
export function describeAddress(ip: string): AddressFacts {
  const size = [...ip].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  const owner = 'Example Network'
  if (TOR.includes(ip)) {
    const facts = {
      reports: 20 + (size % 400),
      isTor: true,
      isScanner: size % 3 !== 0,
      classification: 'malicious' as const,
    }
    return { ...facts, ports: [443, 9001], tags: ['tor'], owner: 'Example Relay Association' }
  }
  if (ATTACKERS.includes(ip)) {
    const facts = {
      reports: 5 + (size % 60),
      isTor: false,
      isScanner: size % 2 === 0,
      classification: 'malicious' as const,
    }
    return { ...facts, ports: [22, 80], tags: ['cloud'], owner: 'Example Bulk Hosting' }
  }
  if (ip === SCENARIO_IPS.personalVpn || ip === SCENARIO_IPS.corporateVpn) {
    const facts = { reports: 3, isTor: false, isScanner: false, classification: 'unknown' as const }
    return { ...facts, ports: [443, 1194], tags: ['vpn'], owner: 'Example VPN' }
  }
  return { reports: 0, isTor: false, isScanner: false, classification: 'unknown', ports: [], tags: [], owner }
}
