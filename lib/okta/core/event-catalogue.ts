// Okta's event catalogue, release 2026.08.1: every event type that it names, with the class that is pinned here. Names are facts of Okta's
// developer documentation (okta/okta-developer-docs, event-types.json); classes are ours. A new release is added by its new names.
import type { EventClass } from '../model'
import { UNCATEGORISED_EVENT_TYPES } from './event-catalogue-rest'

const CLASSIFIED: Readonly<Record<Exclude<EventClass, 'uncategorised'>, string>> = {
  privilege: `
    app.oauth2.client.privilege.grant app.oauth2.client.privilege.revoke group.privilege.grant group.privilege.revoke
    iam.policy.assignee_configuration.update iam.policy.configuration.update iam.resourceset.bindings.add
    iam.resourceset.bindings.delete iam.resourceset.create iam.resourceset.delete iam.resourceset.resources.add
    iam.resourceset.resources.delete iam.resourceset.resources.update iam.resourceset.update iam.role.create
    iam.role.delete iam.role.permission.conditions.add iam.role.permission.conditions.delete iam.role.permissions.add
    iam.role.permissions.delete iam.role.update user.account.privilege.grant user.account.privilege.revoke
    user.privileged_account.privilege.grant user.privileged_account.privilege.revoke user.session.impersonation.end
    user.session.impersonation.extend user.session.impersonation.grant user.session.impersonation.initiate
    user.session.impersonation.revoke
  `,
  token: `
    app.oauth2.admin.consent.grant app.oauth2.admin.consent.revoke app.oauth2.as.consent.grant
    app.oauth2.as.consent.revoke app.oauth2.as.consent.revoke.implicit.as app.oauth2.as.consent.revoke.implicit.client
    app.oauth2.as.consent.revoke.implicit.scope app.oauth2.as.consent.revoke.implicit.user
    app.oauth2.as.consent.revoke.user app.oauth2.as.consent.revoke.user.client app.oauth2.as.token.detect_reuse
    app.oauth2.client.lifecycle.activate app.oauth2.client.lifecycle.create app.oauth2.client.lifecycle.deactivate
    app.oauth2.client.lifecycle.delete app.oauth2.client.lifecycle.update app.oauth2.credentials.lifecycle.activate
    app.oauth2.credentials.lifecycle.create app.oauth2.credentials.lifecycle.deactivate
    app.oauth2.credentials.lifecycle.delete app.oauth2.token.detect_reuse integration.api_service.lifecycle.authorize
    integration.api_service.lifecycle.revoke system.api_token.create system.api_token.enable
    system.api_token.request_outside_allowed_range system.api_token.revoke system.api_token.update
    system.oauth2.token.request_outside_allowed_range
  `,
  configuration: `
    app.keys.clone app.keys.delete app.keys.generate app.keys.rotate
    application.configuration.disable_delauth_outbound application.configuration.disable_fed_broker_mode
    application.configuration.enable_delauth_outbound application.configuration.enable_fed_broker_mode
    application.configuration.import_schema application.configuration.reset_logo application.configuration.update
    application.configuration.update_api_credentials_for_pass_change application.configuration.update_logo
    application.configuration.update_rate_limits application.lifecycle.activate application.lifecycle.create
    application.lifecycle.deactivate application.lifecycle.delete application.lifecycle.update
    application.policy.sign_on.deny_access application.policy.sign_on.rule.create
    application.policy.sign_on.rule.delete application.policy.sign_on.update device.assurance.policy.add
    device.assurance.policy.delete device.assurance.policy.update event_hook.activated event_hook.created
    event_hook.deactivated event_hook.deleted event_hook.updated event_hook.verified inline_hook.activated
    inline_hook.created inline_hook.deactivated inline_hook.deleted inline_hook.updated inline_hook.verified
    network_zone.rule.disabled oauth2.as.activated oauth2.as.created oauth2.as.deactivated oauth2.as.deleted
    oauth2.as.updated oauth2.claim.created oauth2.claim.deleted oauth2.claim.updated oauth2.scope.created
    oauth2.scope.deleted oauth2.scope.updated pki.ca.add pki.ca.delete pki.ca.renew pki.ca.scope.mapping.update
    policy.branch.lifecycle.create policy.branch.lifecycle.delete policy.branch.lifecycle.promote
    policy.branch.lifecycle.rollback policy.branch.lifecycle.stage policy.branch.lifecycle.update
    policy.branch.rule.activate policy.branch.rule.add policy.branch.rule.deactivate policy.branch.rule.delete
    policy.branch.rule.update policy.lifecycle.activate policy.lifecycle.create policy.lifecycle.deactivate
    policy.lifecycle.delete policy.lifecycle.overwrite policy.lifecycle.update policy.mapping.create
    policy.rule.activate policy.rule.add policy.rule.deactivate policy.rule.delete policy.rule.invalidate
    policy.rule.update resource_servers.a2a_server.auth_server.add resource_servers.a2a_server.auth_server.remove
    resource_servers.a2a_server.delete resource_servers.a2a_server.register resource_servers.api_server.activate
    resource_servers.api_server.auth_server.add resource_servers.api_server.auth_server.remove
    resource_servers.api_server.auth_server.update resource_servers.api_server.deactivate
    resource_servers.api_server.delete resource_servers.api_server.register resource_servers.api_server.update
    resource_servers.client_authentication_settings.create resource_servers.client_authentication_settings.delete
    resource_servers.client_authentication_settings.update resource_servers.mcp_server.activate
    resource_servers.mcp_server.auth_server.create resource_servers.mcp_server.auth_server.delete
    resource_servers.mcp_server.auth_server.update resource_servers.mcp_server.capability.discover
    resource_servers.mcp_server.deactivate resource_servers.mcp_server.delete resource_servers.mcp_server.register
    resource_servers.mcp_server.update resource_servers.virtual_mcp_server.auth_server.add
    resource_servers.virtual_mcp_server.auth_server.remove resource_servers.virtual_mcp_server.capability.add
    resource_servers.virtual_mcp_server.capability.remove resource_servers.virtual_mcp_server.capability.update
    security.attack_protection.settings.update security.authenticator.lifecycle.activate
    security.authenticator.lifecycle.create security.authenticator.lifecycle.deactivate
    security.authenticator.lifecycle.update security.behavior.settings.create security.behavior.settings.delete
    security.behavior.settings.update security.bot_protection.settings.update security.bot_protection.status.update
    security.device.add_request_blacklist_policy security.device.remove_request_blacklist_policy
    security.device.temporarily_disable_blacklisting security.events.provider.activate security.events.provider.create
    security.events.provider.deactivate security.events.provider.delete security.events.provider.update
    security.events.transmitter.create security.events.transmitter.delete security.events.transmitter.update
    security.origin.auto_whitelisted security.protected_action.settings.update
    security.session_protection.status.update security.threat.configuration.update security.trusted_origin.activate
    security.trusted_origin.create security.trusted_origin.deactivate security.trusted_origin.delete
    security.trusted_origin.update security.voice.add_country_blacklist security.voice.remove_country_blacklist
    security.zone.make_blacklist security.zone.remove_blacklist system.agent.ad.config_change_detected
    system.agent.ad.create system.agent.ad.deactivate system.agent.ad.delete system.agent.ad.reactivate
    system.agent.connector.deactivate system.agent.connector.delete system.agent.connector.reactivate
    system.agent.ldap.config_change_detected system.agent.register system.captcha.create system.captcha.delete
    system.captcha.update system.custom_email_server.lifecycle.activate system.custom_email_server.lifecycle.create
    system.custom_email_server.lifecycle.deactivate system.custom_email_server.lifecycle.delete
    system.custom_email_server.lifecycle.update system.custom_url_domain.cert_renew
    system.custom_url_domain.cert_upload system.custom_url_domain.delete system.custom_url_domain.initiate
    system.custom_url_domain.update system.custom_url_domain.verify system.email.template.create
    system.email.template.delete system.email.template.settings_changed system.email.template.update
    system.email_domain.create system.email_domain.delete system.email_domain.update system.email_domain.verify
    system.feature.disable system.feature.ea_auto_enroll system.feature.enable system.hook.key.created
    system.hook.key.deleted system.hook.key.updated system.idp.key.create system.idp.key.delete system.idp.key.update
    system.idp.lifecycle.activate system.idp.lifecycle.create system.idp.lifecycle.deactivate
    system.idp.lifecycle.delete system.idp.lifecycle.update system.iwa.create system.iwa.go_offline
    system.iwa.go_online system.iwa.promote_primary system.iwa.remove system.iwa.update system.iwa.use_default
    system.log_stream.lifecycle.activate system.log_stream.lifecycle.create system.log_stream.lifecycle.deactivate
    system.log_stream.lifecycle.delete system.log_stream.lifecycle.update system.mfa.factor.activate
    system.mfa.factor.deactivate system.org.captcha.activate system.org.captcha.deactivate
    system.rate_limit.configuration.update system.self_service.configuration.update zone.activate zone.create
    zone.deactivate zone.delete zone.make_blacklist zone.remove_blacklist zone.update
  `,
  data_access: `
    analytics.reports.export.download analytics.reports.export.generate analytics.reports.export.request
    app.oauth2.client.read_client_secret application.configuration.read_client_secret
    application.user_membership.show_password pam.secret.reveal pam.server_account.password.reveal
    pam.service_account.password.reveal support.org.update support.org.view system.directory.debugger.extend
    system.directory.debugger.grant system.directory.debugger.query_executed system.directory.debugger.revoke
    system.idp.lifecycle.read_client_secret user.account.access_support_user_app user.session.access_admin_app
    workflows.user.flow.export workflows.user.folder.export workflows.user.table.export
    workflows.user.table.schema.export workflows.user.table.view
  `,
  password: `
    application.user_membership.change_password system.agent.ad.reset_user_password
    system.agent.ldap.change_user_password system.agent.ldap.reset_user_password
    system.agent.ldap.update_user_password user.account.expire_password user.account.reset_password
    user.account.update_password user.import.password user.lifecycle.password_mass_expiry
  `,
  factor: `
    credential.register credential.revoke device.desktop_mfa.recovery_pin.generate
    device.desktop_mfa.recovery_pin.rotate_secret device.enrollment.create device.lifecycle.activate
    device.lifecycle.deactivate device.lifecycle.delete device.lifecycle.suspend device.lifecycle.unsuspend
    device.token.enrollment.create device.user.add device.user.remove
    system.email.mfa_enroll_notification.sent_message system.email.mfa_reset_notification.sent_message
    system.email.new_device_notification.sent_message user.credential.enroll user.mfa.attempt_bypass
    user.mfa.factor.activate user.mfa.factor.deactivate user.mfa.factor.reset_all user.mfa.factor.suspend
    user.mfa.factor.unsuspend user.mfa.factor.update user.mfa.okta_verify user.mfa.okta_verify.deny_push
    user.mfa.okta_verify.deny_push_upgrade_needed user.mfa.promote_enrollment
  `,
  recovery: `
    security.protected_action.attempt system.agent.ad.unlock_user_account system.agent.ldap.unlock_user_account
    system.email.account_unlock.sent_message system.email.password_reset.sent_message
    system.sms.send_account_unlock_message system.sms.send_password_reset_message
    system.voice.send_account_unlock_call system.voice.send_password_reset_call user.account.lock
    user.account.lock.limit user.account.unlock user.account.unlock_by_admin user.account.unlock_failure
    user.account.unlock_token user.account.update_primary_email user.account.update_profile
    user.account.update_secondary_email user.account.use_token user.identity_verification
    user.identity_verification.start
  `,
  account: `
    group.lifecycle.create group.lifecycle.delete group.user_membership.add group.user_membership.remove
    scheduled_action.user_suspension.canceled scheduled_action.user_suspension.completed
    scheduled_action.user_suspension.scheduled scheduled_action.user_suspension.updated user.behavior.profile.reset
    user.lifecycle.activate user.lifecycle.create user.lifecycle.deactivate user.lifecycle.delete.completed
    user.lifecycle.delete.initiated user.lifecycle.jit.error.read_only user.lifecycle.reactivate
    user.lifecycle.suspend user.lifecycle.unsuspend user.realm.update
  `,
  threat: `
    policy.entity_risk.action policy.entity_risk.evaluate security.attack.end security.attack.start
    security.breached_credential.detected security.events.provider.receive_event security.internal.threat.detected
    security.internal.valid_password_sprayed.detected security.password_spray.detected security.request.blocked
    security.session.detect_client_roaming security.threat.detected user.account.report_suspicious_activity_by_enduser
    user.risk.change user.risk.detect
  `,
  authentication: `
    app.oauth2.as.authorize app.oauth2.as.authorize.code app.oauth2.as.authorize.implicit.access_token
    app.oauth2.as.authorize.implicit.id_token app.oauth2.as.authorize.scope_denied app.oauth2.as.token.grant
    app.oauth2.as.token.grant.access_token app.oauth2.as.token.grant.device_secret app.oauth2.as.token.grant.id_token
    app.oauth2.as.token.grant.interclient_token app.oauth2.as.token.grant.refresh_token app.oauth2.authorize
    app.oauth2.authorize.code app.oauth2.authorize.implicit.access_token app.oauth2.authorize.implicit.id_token
    app.oauth2.signon app.oauth2.token.grant app.oauth2.token.grant.access_token app.oauth2.token.grant.id_jag
    app.oauth2.token.grant.id_token app.oauth2.token.grant.interclient_token app.oauth2.token.grant.oauth_sts
    app.oauth2.token.grant.refresh_token app.oauth2.token.grant.service_account app.oauth2.token.grant.vaulted_secret
    device.password_sync.authentication device.platform_sso.authentication policy.evaluate_sign_on
    user.authentication.auth user.authentication.auth_identifier_not_in_policy
    user.authentication.auth_unconfigured_identifier user.authentication.auth_via_AD_agent
    user.authentication.auth_via_IDP user.authentication.auth_via_LDAP_agent user.authentication.auth_via_inbound_SAML
    user.authentication.auth_via_inbound_delauth user.authentication.auth_via_iwa user.authentication.auth_via_mfa
    user.authentication.auth_via_radius user.authentication.auth_via_richclient user.authentication.auth_via_social
    user.authentication.authenticate user.authentication.dsso_via_non_priority_source user.authentication.sso
    user.authentication.verify user.device_session.start user.session.start
  `,
  session: `
    policy.auth_reevaluate.action policy.auth_reevaluate.enforce policy.auth_reevaluate.fail
    policy.continuous_access.action policy.continuous_access.evaluate user.authentication.slo
    user.authentication.universal_logout user.authentication.universal_logout.scheduled user.chrome.data.clear
    user.device_session.end user.session.clear user.session.context.change user.session.end user.session.expire
  `,
  noise: `
    core.concurrency.org.limit.violation event_hook.delivery iam.role.subscriptions.update inline_hook.executed
    inline_hook.response.processed system.client.concurrency_rate_limit.notification
    system.client.concurrency_rate_limit.violation system.client.rate_limit.notification
    system.client.rate_limit.violation system.operation.concurrency_limit.violation
    system.operation.rate_limit.violation system.operation.rate_limit.warning system.org.rate_limit.burst
    system.org.rate_limit.expiration.warning system.org.rate_limit.violation system.org.rate_limit.warning
  `,
}

/** The class of every event type of the catalogue. */
export const EVENT_CATALOGUE: ReadonlyMap<string, EventClass> = new Map([
  ...(Object.keys(CLASSIFIED) as Array<keyof typeof CLASSIFIED>).flatMap((eventClass) =>
    names(CLASSIFIED[eventClass]).map((name) => [name, eventClass] as const),
  ),
  ...names(UNCATEGORISED_EVENT_TYPES).map((name) => [name, 'uncategorised'] as const),
])

function names(text: string): string[] {
  return text.trim().split(/\s+/)
}
