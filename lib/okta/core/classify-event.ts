// What an event of some type does. Names and prefixes are those of Okta's event catalogue, release 2026.08.1; new types appear every
// month, so families are named by prefix and the rest is `uncategorised`.
import type { EventClass } from '../model'
import { isInteractiveAuthentication, isNoise } from './event-class'

/** First match wins. A name that ends in a dot or an underscore is a prefix, any other is exact. */
export const EVENT_TYPES_BY_CLASS: ReadonlyArray<readonly [EventClass, readonly string[]]> = [
  ['uncategorised', ['iam.role.subscriptions.update', 'inline_hook.executed', 'event_hook.delivery']],
  [
    'privilege',
    [
      'user.account.privilege.',
      'user.privileged_account.privilege.',
      'group.privilege.',
      'app.oauth2.client.privilege.',
      'iam.',
      'user.session.impersonation.',
    ],
  ],
  [
    'data_access',
    [
      'analytics.reports.export.',
      'user.session.access_admin_app',
      'application.user_membership.show_password',
      'app.oauth2.client.read_client_secret',
      'system.idp.lifecycle.read_client_secret',
      'application.configuration.read_client_secret',
      'workflows.user.flow.export',
      'workflows.user.folder.export',
      'workflows.user.table.',
      'pam.secret.reveal',
      'pam.server_account.password.reveal',
      'pam.service_account.password.reveal',
      'support.org.',
      'user.account.access_support_user_app',
      'system.directory.debugger.',
    ],
  ],
  [
    'token',
    [
      'system.api_token.',
      'system.oauth2.token.request_outside_allowed_range',
      'app.oauth2.client.lifecycle.',
      'app.oauth2.credentials.lifecycle.',
      'integration.api_service.lifecycle.',
      'app.oauth2.admin.consent.',
      'app.oauth2.as.consent.',
      'app.oauth2.token.detect_reuse',
      'app.oauth2.as.token.detect_reuse',
    ],
  ],
  [
    'password',
    [
      'user.account.update_password',
      'user.account.reset_password',
      'user.account.expire_password',
      'user.lifecycle.password_mass_expiry',
      'user.import.password',
      'application.user_membership.change_password',
    ],
  ],
  [
    'factor',
    [
      'user.mfa.',
      'device.enrollment.',
      'device.user.',
      'device.lifecycle.',
      'device.token.enrollment.',
      'device.desktop_mfa.recovery_pin.',
      'credential.',
      'system.email.mfa_',
      'system.email.new_device_notification.',
    ],
  ],
  [
    'recovery',
    [
      'user.account.lock',
      'user.account.lock.',
      'user.account.unlock',
      'user.account.unlock_',
      'user.account.use_token',
      'user.account.update_primary_email',
      'user.account.update_secondary_email',
      'user.account.update_profile',
      'system.email.password_reset.',
      'system.email.account_unlock.',
      'system.sms.send_password_reset_message',
      'system.sms.send_account_unlock_message',
      'system.voice.send_password_reset_call',
      'system.voice.send_account_unlock_call',
      'user.identity_verification',
    ],
  ],
  [
    'configuration',
    [
      'policy.lifecycle.',
      'policy.rule.',
      'policy.mapping.',
      'policy.branch.',
      'application.policy.',
      'application.lifecycle.',
      'application.configuration.',
      'zone.',
      'network_zone.',
      'security.zone.',
      'system.idp.',
      'security.authenticator.',
      'system.mfa.factor.',
      'security.trusted_origin.',
      'security.behavior.settings.',
      'security.threat.configuration.update',
      'security.attack_protection.settings.update',
      'security.bot_protection.',
      'security.session_protection.',
      'security.protected_action.settings.update',
      'security.events.',
      'system.log_stream.',
      'event_hook.',
      'inline_hook.',
      'system.hook.',
      'oauth2.',
      'app.keys.',
      'system.feature.',
      'system.custom_url_domain.',
      'system.email.template.',
      'system.rate_limit.configuration.update',
      'system.agent.',
      'pki.ca.',
      'device.assurance.policy.',
    ],
  ],
  [
    'threat',
    [
      'security.threat.detected',
      'security.attack.',
      'security.request.blocked',
      'security.breached_credential.detected',
      'security.session.detect_client_roaming',
      'user.account.report_suspicious_activity_by_enduser',
      'user.risk.',
    ],
  ],
  ['account', ['user.lifecycle.', 'group.lifecycle.', 'group.user_membership.', 'user.behavior.profile.reset']],
  [
    'authentication',
    [
      'policy.evaluate_sign_on',
      'app.oauth2.signon',
      'app.oauth2.authorize',
      'app.oauth2.authorize.',
      'app.oauth2.as.authorize',
      'app.oauth2.as.authorize.',
      'app.oauth2.token.grant',
      'app.oauth2.token.grant.',
      'app.oauth2.as.token.grant',
      'app.oauth2.as.token.grant.',
      'user.device_session.start',
    ],
  ],
  ['session', ['user.session.', 'user.device_session.', 'user.authentication.']],
]

/** The class of an event type. */
export function classifyEvent(eventType: string): EventClass {
  if (isInteractiveAuthentication(eventType)) return 'authentication'
  for (const [eventClass, names] of EVENT_TYPES_BY_CLASS) {
    if (names.some((name) => isNamed(eventType, name))) return eventClass
  }
  return isNoise(eventType) ? 'noise' : 'uncategorised'
}

function isNamed(eventType: string, name: string): boolean {
  return name.endsWith('.') || name.endsWith('_') ? eventType.startsWith(name) : eventType === name
}
