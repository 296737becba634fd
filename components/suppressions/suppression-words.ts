// Words of suppressions as the screens say them. Pure.
import type { SuppressionReason } from '@/lib/suppressions/model'

export const REASON_WORD: Readonly<Record<SuppressionReason, string>> = {
  vpn_confirmed_by_user: 'VPN confirmed by user',
  vpn_confirmed_by_manager: 'VPN confirmed by manager',
  known_corporate_vpn: 'Known corporate VPN',
  privacy_tool: 'VPN or privacy tool, by its use',
  penetration_test: 'Penetration test',
  known_automation: 'Known automation',
  other: 'Other, see note',
}
