// What an event of some type does. A type of the catalogue has the class that is pinned there; a newer one that of its family, which is named
// by exact names and prefixes; the rest is `uncategorised`.
import type { EventClass } from '../model'
import { isInteractiveAuthentication, isNoise } from './event-class'
import { EVENT_CATALOGUE } from './event-catalogue'

/**
 * Families of event types, first match wins. A name that ends in a dot or an underscore is a prefix, any other is exact. What the first two
 * families take away from later ones is runtime and mail: it happens without anybody deciding it.
 */
export const EVENT_FAMILIES: ReadonlyArray<readonly [EventClass, readonly string[]]> = [
  ['noise', ['iam.role.subscriptions.update', 'inline_hook.executed', 'inline_hook.response.', 'event_hook.delivery']],
  [
    'uncategorised',
    [
      'group.user_membership.rule.',
      'policy.rule.action.',
      'application.configuration.detect_error',
      'pki.ca.expiration.',
    ],
  ],
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
      'workflows.user.table.export',
      'workflows.user.table.schema.export',
      'workflows.user.table.view',
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
      'system.agent.ad.reset_user_password',
      'system.agent.ldap.change_user_password',
      'system.agent.ldap.reset_user_password',
      'system.agent.ldap.update_user_password',
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
      'user.credential.',
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
      'user.identity_verification.',
      'security.protected_action.attempt',
      'system.agent.ad.unlock_user_account',
      'system.agent.ldap.unlock_user_account',
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
      'security.events.provider.activate',
      'security.events.provider.create',
      'security.events.provider.deactivate',
      'security.events.provider.delete',
      'security.events.provider.update',
      'security.events.transmitter.',
      'security.device.',
      'security.voice.',
      'security.origin.',
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
      'system.captcha.',
      'system.org.captcha.',
      'system.custom_email_server.',
      'system.email_domain.',
      'system.self_service.configuration.',
      'system.iwa.',
      'system.agent.register',
      'system.agent.ad.config_change_detected',
      'system.agent.ad.create',
      'system.agent.ad.deactivate',
      'system.agent.ad.delete',
      'system.agent.ad.reactivate',
      'system.agent.connector.deactivate',
      'system.agent.connector.delete',
      'system.agent.connector.reactivate',
      'system.agent.ldap.config_change_detected',
      'resource_servers.',
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
      'security.password_spray.',
      'security.internal.threat.',
      'security.internal.valid_password_sprayed.',
      'security.events.provider.receive_event',
      'policy.entity_risk.',
    ],
  ],
  [
    'account',
    [
      'user.lifecycle.',
      'group.lifecycle.',
      'group.user_membership.',
      'user.behavior.profile.reset',
      'user.realm.',
      'scheduled_action.user_suspension.',
    ],
  ],
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
      'device.platform_sso.authentication',
      'device.password_sync.authentication',
    ],
  ],
  [
    'session',
    [
      'user.session.',
      'user.device_session.',
      'user.authentication.',
      'policy.auth_reevaluate.',
      'policy.continuous_access.',
      'user.chrome.data.clear',
    ],
  ],
]

/** The class of an event type. */
export function classifyEvent(eventType: string): EventClass {
  return EVENT_CATALOGUE.get(eventType) ?? classifyByFamily(eventType)
}

/** The class that the families give, whether or not the catalogue has the type. */
export function classifyByFamily(eventType: string): EventClass {
  if (isInteractiveAuthentication(eventType)) return 'authentication'
  for (const [eventClass, names] of EVENT_FAMILIES) {
    if (names.some((name) => isNamed(eventType, name))) return eventClass
  }
  return isNoise(eventType) ? 'noise' : 'uncategorised'
}

/** Whether a name of a family stands for all types that begin with it. */
export function isPrefix(name: string): boolean {
  return name.endsWith('.') || name.endsWith('_')
}

function isNamed(eventType: string, name: string): boolean {
  return isPrefix(name) ? eventType.startsWith(name) : eventType === name
}
