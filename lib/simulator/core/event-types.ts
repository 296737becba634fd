// Every event type the simulated org writes, checked against Okta's catalogue, release 2026.08.1 (1,274 types). Messages are ours.

interface EventTypeFacts {
  message: string
  legacy?: string
  severity?: 'WARN' | 'ERROR' | 'DEBUG'
}

export const EVENT_TYPES = {
  'analytics.reports.export.download': { message: 'A report was downloaded' },
  'analytics.reports.export.request': { message: 'A report was requested' },
  'app.oauth2.as.token.grant.access_token': { message: 'Access token issued' },
  'app.oauth2.signon': { message: 'Sign-in to an OpenID application' },
  'app.oauth2.token.grant.access_token': { message: 'Access token issued to a service app' },
  'application.lifecycle.update': { message: 'Application changed', legacy: 'app.generic.config.app_updated' },
  'application.provision.user.push_profile': { message: 'Profile pushed to an application' },
  'application.user_membership.add': {
    message: 'User assigned to an application',
    legacy: 'app.generic.provision.assign_user_to_app',
  },
  'application.user_membership.remove': { message: 'User removed from an application' },
  'application.user_membership.update': { message: 'Application assignment changed' },
  'device.enrollment.create': { message: 'Device enrolled' },
  'device.user.add': { message: 'Device linked to a user' },
  'group.user_membership.add': { message: 'User added to a group', legacy: 'core.user_group_member.user_add' },
  'group.user_membership.remove': {
    message: 'User removed from a group',
    legacy: 'core.user_group_member.user_remove',
  },
  'policy.evaluate_sign_on': { message: 'Sign-on policy evaluated' },
  'policy.rule.update': { message: 'Policy rule changed' },
  'security.threat.detected': { message: 'Request from a suspicious address', severity: 'WARN' },
  'system.api_token.create': { message: 'API token created', legacy: 'api.token.create' },
  'system.client.rate_limit.notification': { message: 'Client nears its rate limit', severity: 'WARN' },
  'system.email.mfa_enroll_notification.sent_message': { message: 'Mail sent: a factor was enrolled' },
  'system.email.new_device_notification.sent_message': { message: 'Mail sent: sign-in from a new device' },
  'system.email.password_reset.sent_message': { message: 'Mail sent: password reset' },
  'system.import.complete': { message: 'Import finished' },
  'system.import.start': { message: 'Import begun' },
  'system.import.user.update': { message: 'User changed by import' },
  'system.log_stream.lifecycle.deactivate': { message: 'Log stream switched off' },
  'system.org.rate_limit.violation': { message: 'Rate limit exceeded', severity: 'WARN' },
  'system.org.rate_limit.warning': { message: 'Rate limit nearly reached', severity: 'WARN' },
  'user.account.lock': { message: 'Account locked', severity: 'WARN' },
  'user.account.privilege.grant': {
    message: 'Administrator role granted',
    legacy: 'core.user.admin_privilege.granted',
  },
  'user.account.report_suspicious_activity_by_enduser': {
    message: 'A user reported suspicious activity',
    severity: 'WARN',
  },
  'user.account.reset_password': { message: 'Password reset by an administrator' },
  'user.account.unlock_by_admin': { message: 'Account unlocked by an administrator' },
  'user.account.update_password': { message: 'Password changed', legacy: 'core.user.config.password_update.success' },
  'user.account.update_profile': { message: 'Profile changed', legacy: 'core.user.config.profile_update.success' },
  'user.account.update_secondary_email': { message: 'Secondary mail address changed' },
  'user.authentication.auth_via_mfa': { message: 'Second factor verified', legacy: 'core.user.factor.attempt_success' },
  'user.authentication.sso': { message: 'Sign-in to an application', legacy: 'app.auth.sso' },
  'user.authentication.verify': { message: 'Identity verified again' },
  'user.lifecycle.activate': { message: 'User activated' },
  'user.lifecycle.create': { message: 'User created', legacy: 'core.user.config.user_creation.success' },
  'user.lifecycle.deactivate': { message: 'User deactivated' },
  'user.mfa.factor.activate': { message: 'Factor enrolled', legacy: 'core.user.factor.activate' },
  'user.mfa.factor.deactivate': { message: 'Factor removed' },
  'user.mfa.factor.reset_all': { message: 'All factors of a user reset', legacy: 'core.user.factor.reset_all' },
  'user.session.access_admin_app': { message: 'Admin console opened', legacy: 'app.admin.sso.login.success' },
  'user.session.clear': { message: 'Sessions of a user ended' },
  'user.session.end': { message: 'Sign-out', legacy: 'core.user_auth.logout_success' },
  'user.session.start': { message: 'Sign-in to the org', legacy: 'core.user_auth.login_success' },
  'zone.update': { message: 'Network zone changed' },
} as const satisfies Record<string, EventTypeFacts>

export type SimulatedEventType = keyof typeof EVENT_TYPES

/** What is written beside an event type. */
export function eventTypeFacts(eventType: SimulatedEventType): EventTypeFacts {
  return EVENT_TYPES[eventType]
}
