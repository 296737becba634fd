// The part of Okta's event catalogue, release 2026.08.1, that no question of the runbook asks for. See event-catalogue.ts.

/** Names with blanks between. */
export const UNCATEGORISED_EVENT_TYPES = `
  access.request.cancel access.request.condition.activate access.request.condition.create
  access.request.condition.deactivate access.request.condition.delete access.request.condition.invalidate
  access.request.condition.update access.request.create access.request.expire access.request.reject
  access.request.resolve access.request.sequence.create access.request.sequence.delete
  access.request.sequence.update access.request.settings.update access.request.update access.review.action
  access.review.close access.review.create access.review.remediate access.review.start access.review.update
  account.aerial_template_condition.apply account.aerial_template_condition.create
  account.aerial_template_condition.delete account.aerial_template_condition.remove
  account.aerial_template_condition.update account.org.add account.org.consent.grant account.org.consent.revoke
  account.org.delete.cancel account.org.delete.request account.org.product.update account.org.status.update
  account.org_group.create account.org_group.delete account.org_group.org.assign account.org_group.org.revoke
  account.org_group.update account.user.classify analytics.feedback.provide app.access_request.approver.approve
  app.access_request.approver.deny app.access_request.delete app.access_request.deny app.access_request.expire
  app.access_request.grant app.access_request.request app.ad.api.user_import.account_locked
  app.ad.api.user_import.warn.skipped_contact.attribute_invalid_value
  app.ad.api.user_import.warn.skipped_user.attribute_invalid_value
  app.ad.api.user_import.warn.skipped_user.missing_required_attribute app.ad.credential.verify
  app.ad.password_migration_campaign.cancel.end app.ad.password_migration_campaign.cancel.start
  app.ad.password_migration_campaign.create app.ad.password_migration_campaign.finish.end
  app.ad.password_migration_campaign.finish.start app.ad.password_migration_campaign.group.add
  app.ad.password_migration_campaign.user.capture_password app.ad.password_migration_campaign.user.migrate.end
  app.ad.password_migration_campaign.user.migrate.start app.ai_agent_provider.activate app.ai_agent_provider.create
  app.ai_agent_provider.credential.validate app.ai_agent_provider.deactivate app.ai_agent_provider.delete
  app.ai_agent_provider.import.complete app.ai_agent_provider.import.start
  app.ai_agent_provider.import_staging.confirm app.ai_agent_provider.import_staging.ignore
  app.ai_agent_provider.priority.update app.ai_agent_provider.update app.app_instance.csr.generate
  app.app_instance.csr.publish app.app_instance.csr.revoke app.app_instance.provision_sync_job.completed
  app.app_instance.provision_sync_job.failed app.app_instance.provision_sync_job.started
  app.cross_app_access.connection.create app.cross_app_access.connection.delete
  app.cross_app_access.connection.update app.generic.unauth_app_access_attempt app.inbound_del_auth.login_success
  app.interclient_mapping.create app.interclient_mapping.delete app.interclient_mapping.delete_all
  app.kerberos_rich_client.account_not_found app.kerberos_rich_client.instance_not_found
  app.kerberos_rich_client.multiple_accounts_found app.kerberos_rich_client.user_authentication_successful
  app.ldap.import.tracking_attribute_missing app.ldap.password.change.failed app.ldap.read_schema
  app.oauth2.as.evaluate.claim app.oauth2.as.interact.interaction_code app.oauth2.as.interact.interaction_handle
  app.oauth2.as.key.rollover app.oauth2.as.resource_server.credentials.lifecycle.activate
  app.oauth2.as.resource_server.credentials.lifecycle.create
  app.oauth2.as.resource_server.credentials.lifecycle.deactivate
  app.oauth2.as.resource_server.credentials.lifecycle.delete app.oauth2.as.token.revoke
  app.oauth2.client_id_rate_limit_warning app.oauth2.consent.grant app.oauth2.interact.interaction_code
  app.oauth2.interact.interaction_handle app.oauth2.invalid_client_credentials app.oauth2.key.rollover
  app.oauth2.token.oauth_sts.request_token app.oauth2.token.revoke app.oauth2.token.revoke.implicit.as
  app.oauth2.token.revoke.implicit.client app.oauth2.token.revoke.implicit.user app.oauth2.trusted_server.add
  app.oauth2.trusted_server.delete app.office365.api.change.domain.federation.success
  app.office365.api.error.ad.user app.office365.api.error.check.user.exists app.office365.api.error.create.user
  app.office365.api.error.deactivate.user app.office365.api.error.download.custom.objects
  app.office365.api.error.download.groups app.office365.api.error.download.users
  app.office365.api.error.endpoint.unavailable app.office365.api.error.get.company.dirsync.failure
  app.office365.api.error.get.company.dirsync.status.failure
  app.office365.api.error.get.company.dirsync.status.pending app.office365.api.error.get.object.ids.by.group.id
  app.office365.api.error.group.create.failure app.office365.api.error.group.create.failure.name.in.use
  app.office365.api.error.group.delete.failure app.office365.api.error.group.membership.update.failure
  app.office365.api.error.group.membership.update.group.not.found.failure
  app.office365.api.error.group.update.failure app.office365.api.error.group.update.failure.not.found
  app.office365.api.error.import.profile app.office365.api.error.push.password app.office365.api.error.push.profile
  app.office365.api.error.reactivate.user app.office365.api.error.remove.domain.federation.failure
  app.office365.api.error.remove.domain.federation.failure.access.denied
  app.office365.api.error.remove.domain.federation.failure.domain.not.found
  app.office365.api.error.revoke.refresh.token app.office365.api.error.set.company.dirsync.failure
  app.office365.api.error.set.company.dirsync.status.failure app.office365.api.error.set.domain.federation.failure
  app.office365.api.error.set.domain.federation.failure.access.denied
  app.office365.api.error.set.domain.federation.failure.domain.default
  app.office365.api.error.set.domain.federation.failure.domain.not.found app.office365.api.error.sync.contact
  app.office365.api.error.sync.finalize app.office365.api.error.sync.group
  app.office365.api.error.sync.not.activated app.office365.api.error.sync.set.attribute
  app.office365.api.error.sync.user app.office365.api.error.unable.to.create.graph.client
  app.office365.api.error.validate.admin.creds app.office365.api.error.validate.creds
  app.office365.api.error.x-ms-forwarded-client-ip-header.absent app.office365.api.remove.domain.federation.success
  app.office365.api.set.domain.federation.success app.office365.api.sync.complete
  app.office365.api.sync.heartbeat.sent app.office365.api.sync.job.complete
  app.office365.api.sync.job.complete.contact app.office365.api.sync.job.complete.group
  app.office365.api.sync.job.complete.user app.office365.clientplatform.conversion.job.processing.app.instance
  app.office365.clientplatform.conversion.job.skipping.migration app.office365.dirsync.skipping.conflict-object
  app.office365.dirsync.skipping.critical-system-object
  app.office365.dirsync.skipping.non-security-group-invalid-mail
  app.office365.dirsync.skipping.reserved-attribute-value app.office365.dirsync.skipping.systemmailbox
  app.office365.dirsync.skipping.without-name-and-displayname app.office365.error.importing.user
  app.office365.graph.api.error.no.mailbox.found app.office365.graph.api.error.rate-limit.exceeded
  app.office365.graph.api.error.service.principal.creation.failed
  app.office365.graph.api.error.service.principal.msgraph.authentication.failure
  app.office365.provisioning_app.create app.office365.provisioning_app_credential.rotate
  app.office365.service.principal.cleanup.job.complete
  app.office365.service.principal.cleanup.job.invalid.credentials
  app.office365.service.principal.cleanup.job.processing
  app.office365.service.principal.cleanup.job.skipping.missing.creds
  app.office365.service.principal.cleanup.job.skipping.no.service.principal
  app.office365.service.principal.cleanup.job.unable.to.delete.service.principal app.office365.user.delete.success
  app.office365.user.lifecycle.action.failed app.office365.user.remove.licenses.success app.policy.sign_on.update
  app.radius.agent.listener.failed app.radius.agent.listener.succeeded app.radius.agent.port_inaccessible
  app.radius.agent.port_reaccessible app.radius.info_access.no_permission app.radius.info_access.partial_permission
  app.realtimesync.import.details.add_user app.realtimesync.import.details.delete_user
  app.realtimesync.import.details.update_user app.realtimesync.import_failed app.request_new.notify
  app.rum.config.validation.error app.rum.is.api.account.error app.rum.package.thrown.error app.rum.validation.error
  app.saml.sensitive.attribute.update app.user_management app.user_management.grouppush.mapping.created.from.rule
  app.user_management.grouppush.mapping.created.from.rule.error.duplicate
  app.user_management.grouppush.mapping.created.from.rule.error.validation
  app.user_management.grouppush.mapping.created.from.rule.errors
  app.user_management.grouppush.mapping.okta.users.ignored app.user_management.import.csv.line.error
  app.user_management.push_new_user_success app.user_management.update_from_master_failed
  app.user_management.user_group_import.create_failure app.user_management.user_group_import.delete_success
  app.user_management.user_group_import.update_failure app.user_management.user_group_import.upsert_fail
  app.user_management.user_group_import.upsert_success application.account.decision.confirm
  application.account.decision.ignore application.account.decision.revoke application.account.detect
  application.account.match.update application.account.remove application.appuser.mapping.invalid.expression
  application.cache.invalidate application.configuration.detect_error application.integration.api_query
  application.integration.authentication_failure application.integration.general_failure
  application.integration.rate_limit_exceeded application.integration.transfer_files
  application.provision.field_mapping_rule.change application.provision.group.add application.provision.group.import
  application.provision.group.remove application.provision.group.update application.provision.group.verify_exists
  application.provision.group_membership.add application.provision.group_membership.import
  application.provision.group_membership.remove application.provision.group_membership.update
  application.provision.group_push.activate_mapping application.provision.group_push.deactivate_mapping
  application.provision.group_push.delete_appgroup
  application.provision.group_push.mapping.and.groups.deleted.rule.deleted
  application.provision.group_push.mapping.app.group.renamed
  application.provision.group_push.mapping.app.group.renamed.failed application.provision.group_push.mapping.created
  application.provision.group_push.mapping.created.from.rule.warning.duplicate.name
  application.provision.group_push.mapping.created.from.rule.warning.duplicate.name.tobecreated
  application.provision.group_push.mapping.created.from.rule.warning.upsertGroup.duplicate.name
  application.provision.group_push.mapping.deactivated.source.group.renamed
  application.provision.group_push.mapping.deactivated.source.group.renamed.failed
  application.provision.group_push.mapping.update.or.delete.failed
  application.provision.group_push.mapping.update.or.delete.failed.with.error
  application.provision.group_push.push_memberships application.provision.group_push.pushed
  application.provision.group_push.removed application.provision.group_push.updated
  application.provision.integration.call_api application.provision.user.activate
  application.provision.user.deactivate application.provision.user.delete application.provision.user.delete.schedule
  application.provision.user.deprovision application.provision.user.import application.provision.user.import_profile
  application.provision.user.password application.provision.user.push application.provision.user.push_okta_password
  application.provision.user.push_password application.provision.user.push_profile
  application.provision.user.reactivate application.provision.user.remove_entitlements
  application.provision.user.remove_entitlements.schedule application.provision.user.sync
  application.provision.user.verify_exists application.registration_policy.lifecycle.create
  application.registration_policy.lifecycle.update application.user_membership.add
  application.user_membership.approve application.user_membership.change_username
  application.user_membership.deprovision application.user_membership.provision application.user_membership.remove
  application.user_membership.restore application.user_membership.restore_password
  application.user_membership.revoke application.user_membership.update certification.campaign.close
  certification.campaign.context.update certification.campaign.create certification.campaign.delete
  certification.campaign.item.decide certification.campaign.item.remediate certification.campaign.launch
  certification.campaign.update certification.remediation.open core.el.evaluate
  core.user_auth.idp.x509.crl_download_failure device.custom_push.send_notification
  device.desktop_mfa.configuration.update device.desktop_mfa.device_logout.completed
  device.desktop_mfa.device_logout.started device.desktop_mfa.enrollment.create
  device.integration.endpoint_security.activate device.integration.endpoint_security.deactivate
  device.local_account.create device.password_sync.enrollment.create device.platform.add device.platform.delete
  device.platform.renew device.platform.secret_key.reset device.platform.update
  device.platform_sso.enrollment.create device.platform_sso.keys.register device.posture.check.add
  device.posture.check.delete device.posture.check.update device.push.provider.create device.push.provider.delete
  device.push.provider.update device.signals.status.timeout device.user_os_account.sync
  directory.app_user_profile.bootstrap directory.app_user_profile.update directory.external.group.membership.add
  directory.external.group.membership.remove directory.linked_object.create directory.linked_object.delete
  directory.mapping.update directory.non_default_user_profile.create directory.realm.assignment.create
  directory.realm.assignment.delete directory.realm.assignment.execution_completed
  directory.realm.assignment.execution_started directory.realm.assignment.update directory.realm.lifecycle.create
  directory.realm.lifecycle.delete directory.realm.lifecycle.update directory.user_profile.bootstrap
  directory.user_profile.update entitlement.migration.complete entitlement.migration.fail
  entitlement.migration.start governance.principal.settings.update governance.settings.update
  group.application_assignment.add group.application_assignment.remove
  group.application_assignment.skip_assignment_reconcile group.application_assignment.update group.profile.update
  group.user_membership.rule.add_exclusion group.user_membership.rule.deactivated group.user_membership.rule.error
  group.user_membership.rule.evaluation group.user_membership.rule.invalidate group.user_membership.rule.trigger
  master_application.user_membership.add mim.command.generic.acknowledged mim.command.generic.cancelled
  mim.command.generic.delegated mim.command.generic.error mim.command.generic.new mim.command.generic.notnow
  mim.command.ios.acknowledged mim.command.ios.cancelled mim.command.ios.error mim.command.ios.formaterror
  mim.command.ios.new mim.createEnrollment.ANDROID mim.createEnrollment.IOS mim.createEnrollment.OSX
  mim.createEnrollment.UNKNOWN mim.createEnrollment.WINDOWS mim.streamDevicesCSVDownload
  org.not_configured_origin.redirection.usage pam.active_directory.account_discovery.complete
  pam.active_directory.account_rule.applied pam.active_directory.account_rule.update
  pam.active_directory.connection.update pam.ad_connection.create pam.ad_connection.delete pam.ad_connection.update
  pam.ad_task_settings.create pam.ad_task_settings.delete pam.ad_task_settings.update
  pam.ad_task_settings.update_schedule pam.ad_user_sync_task_settings.activate pam.ad_user_sync_task_settings.create
  pam.ad_user_sync_task_settings.deactivate pam.ad_user_sync_task_settings.delete
  pam.ad_user_sync_task_settings.update pam.ad_user_sync_task_settings.update_schedule pam.apikey.delete
  pam.apikey.rotate pam.app.update pam.auth_token.issue pam.billing_contact.create pam.client.assign
  pam.client.enroll pam.client.remove pam.client.state.update pam.client_enrollment_policies.create
  pam.client_enrollment_policies.delete pam.client_enrollment_policies.update
  pam.client_enrollment_policy_token.delete pam.client_enrollment_policy_token.rotate pam.cloud_account.create
  pam.cloud_account.delete pam.cloud_account.update pam.credential_verification.end
  pam.credential_verification.start pam.entitlement_sudo.add_to_project pam.entitlement_sudo.create
  pam.entitlement_sudo.remove pam.entitlement_sudo.remove_from_project pam.entitlement_sudo.update
  pam.gateway.create pam.gateway.delete pam.gateway.setup_token.create pam.gateway.setup_token.delete
  pam.gateway.setup_token.update pam.gateway.update pam.gateway_creds.issue pam.group.bulk_membership_change
  pam.group.create pam.group.delete pam.incoming_federation.approve pam.incoming_federation.request
  pam.integration.account_rule.create pam.integration.account_rule.delete pam.integration.account_rule.update
  pam.integration.create pam.integration.delete pam.integration.health_change pam.integration.update pam.member.add
  pam.member.remove pam.offline_disabled_event pam.offline_enabled_event pam.offline_group.secrets.rotate
  pam.outgoing_federation.approve pam.password.change pam.password.reset pam.permission.change
  pam.preauthorization.create pam.preauthorization.update pam.project.add_group pam.project.create
  pam.project.delete pam.project.remove_group pam.project.update pam.project_group_selector.update
  pam.resource.checkin.end pam.resource.checkin.start pam.resource.checkout pam.resource_group.create
  pam.resource_group.delete pam.resource_group.update pam.secret.create pam.secret.delete pam.secret.move
  pam.secret.update pam.secret_folder.create pam.secret_folder.delete pam.secret_folder.update
  pam.security_policy.create pam.security_policy.delete pam.security_policy.evaluate pam.security_policy.update
  pam.server.enroll pam.server.reassign pam.server.remove pam.server.ssh_login pam.server_account.discovered
  pam.server_account.password_change.initiated pam.server_account.password_change.out_of_band
  pam.server_account.password_change.update pam.server_account.update pam.server_labels.update pam.service.create
  pam.service.remove pam.service_account.assign pam.service_account.create pam.service_account.delete
  pam.service_account.password.update pam.service_account.password_rotation.end
  pam.service_account.password_rotation.start pam.service_account.update pam.sudo_command_bundle.create
  pam.sudo_command_bundle.delete pam.sudo_command_bundle.update pam.team.create pam.team.delete
  pam.team_group_attribute.create pam.team_group_attribute.delete pam.team_group_attribute.update
  pam.team_invitation.create pam.team_project_group_attribute.create pam.team_project_group_attribute.delete
  pam.team_project_group_attribute.update pam.team_project_user_attribute.create
  pam.team_project_user_attribute.delete pam.team_project_user_attribute.update pam.team_settings.update
  pam.team_user_attribute.create pam.team_user_attribute.delete pam.team_user_attribute.update
  pam.unbound_client.enroll pam.unmanaged_server.create pam.user.create pam.user.remove pam.user.update
  pam.user_creds.issue pam.workload_connection.api_key.create pam.workload_connection.api_key.revoke
  pam.workload_connection.api_key.rotation.activate pam.workload_connection.api_key.rotation.create
  pam.workload_connection.api_key.rotation.delete pam.workload_connection.api_key.update
  pam.workload_connection.create pam.workload_connection.delete pam.workload_connection.update
  pam.workload_role.create pam.workload_role.delete pam.workload_role.update personal.admin.configuration.update
  personal.user.app_migration.export pki.ca.expiration.warn pki.cert.bind pki.cert.crl_download_failure
  pki.cert.issue pki.cert.lifecycle.activate pki.cert.lifecycle.delete pki.cert.lifecycle.hold
  pki.cert.lifecycle.revoke pki.cert.lifecycle.suspend pki.cert.renew pki.cert.revoke plugin.downloaded
  plugin.script_status policy.execute.user.start policy.rule.action.execute policy.scheduled.execute
  resource.collection.assign resource.collection.create resource.collection.delete resource.collection.unassign
  resource.collection.update resource.entitlement.create resource.entitlement.delete resource.entitlement.update
  resource.entitlement_bundle.create resource.entitlement_bundle.delete resource.entitlement_bundle.update
  resource.entitlement_policy.activate resource.entitlement_policy.draft.create
  resource.entitlement_policy.draft.delete resource.entitlement_policy.draft.update
  resource.governance_engine.disable resource.governance_engine.enable resource.label.assignment.update
  resource.label.update resource.owner.update resource.risk_rule.create resource.risk_rule.delete
  resource.risk_rule.update resource.user_entitlements.drift.detect resource.user_entitlements.drift.revert
  resource.user_entitlements.update security.internal.authentication security.internal.dco_malicious_ip_report
  security.internal.dco_user_risk_report self_service.disabled self_service.enabled system.agent.ad.connect
  system.agent.ad.dirsync.verify system.agent.ad.import_ou system.agent.ad.import_user
  system.agent.ad.invoke-powershell system.agent.ad.invoke_dir system.agent.ad.read_config
  system.agent.ad.read_dirsync system.agent.ad.read_ldap system.agent.ad.read_schema system.agent.ad.read_topology
  system.agent.ad.realtimesync system.agent.ad.start system.agent.ad.update system.agent.ad.update_user
  system.agent.ad.upgrade system.agent.ad.upload_iwa_log system.agent.ad.upload_log system.agent.ad.write_ldap
  system.agent.auto_update system.agent.connector.connect system.agent.ldap.create_user_JIT
  system.agent.ldap.disconnect system.agent.ldap.realtimesync system.agent.ldap.reconnect
  system.agent.ldap.update_user system.agent_pools.auto_update system.beta.feature.enable system.brand.create
  system.brand.delete system.brand.update system.csv.import_user system.custom_error.delete
  system.custom_error.update system.custom_signin.delete system.custom_signin.update system.custom_signout.update
  system.dr.failback system.dr.failover system.email.bounce.removal system.email.challenge_factor_redeemed
  system.email.delivery system.email.send_factor_verify_message system.identity_sources.bulk_delete
  system.identity_sources.bulk_device_delete system.identity_sources.bulk_device_upsert
  system.identity_sources.bulk_group_delete system.identity_sources.bulk_group_membership_delete
  system.identity_sources.bulk_group_membership_upsert system.identity_sources.bulk_group_upsert
  system.identity_sources.bulk_upsert system.identity_sources.group.create system.identity_sources.group.delete
  system.identity_sources.group.update system.identity_sources.group.user.assign
  system.identity_sources.group.user.revoke system.identity_sources.user.create system.identity_sources.user.delete
  system.identity_sources.user.update system.import.clear.unconfirmed.users.summary system.import.complete
  system.import.complete_batch system.import.custom_object.complete system.import.custom_object.create
  system.import.custom_object.delete system.import.custom_object.update system.import.download.complete
  system.import.download.start system.import.entitlement system.import.entitlement.capacity_warning
  system.import.entitlement.mismatch system.import.entitlement.schema.update
  system.import.entitlement.upper_limit_exceeded system.import.full_import_required system.import.group.complete
  system.import.group.create system.import.group.delete system.import.group.start system.import.group.update
  system.import.group_membership.complete system.import.implicit_deletion.complete
  system.import.implicit_deletion.start system.import.import_profile system.import.import_provisioning_info
  system.import.incremental_converted_to_full system.import.membership_processing.complete
  system.import.membership_processing.start system.import.object_creation.complete
  system.import.object_creation.start system.import.roadblock system.import.roadblock.reschedule_and_resume
  system.import.roadblock.resume system.import.roadblock.updated system.import.schedule
  system.import.session.cancelled system.import.session.created system.import.session.expired
  system.import.session.triggered system.import.start system.import.user.complete system.import.user.create
  system.import.user.delete system.import.user.match system.import.user.start system.import.user.suspend
  system.import.user.unsuspend system.import.user.unsuspend_after_confirm system.import.user.update
  system.import.user.update_user_lifecycle_from_master system.import.user_csv.complete system.import.user_csv.start
  system.import.user_match.confirm system.import.user_match.unignore system.import.user_match.update
  system.import.user_matching.complete system.import.user_matching.start system.internal.classify.user
  system.internal.devorg.create system.internal.migrate.appuser system.iwa_agentless.auth
  system.iwa_agentless.auth_after_redirect system.iwa_agentless.redirect system.iwa_agentless.update
  system.iwa_agentless.user.not_found system.iwa_agentless_kerberos.update system.ldapi.admin_limit_exceeded
  system.ldapi.bind system.ldapi.search system.ldapi.unbind system.mfa.preregister.initiate
  system.org.lifecycle.create system.org.task.remove system.push.send_factor_verify_push system.sms.receive_status
  system.sms.send_factor_verify_message system.sms.send_okta_push_verify_message
  system.sms.send_phone_verification_message system.theme.update system.voice.receive_status system.voice.send_call
  system.voice.send_mfa_challenge_call system.voice.send_phone_verification_call system.well_known_uri.update
  task.lifecycle.activate task.lifecycle.create task.lifecycle.deactivate task.lifecycle.delete
  task.lifecycle.update user.account.preference_update user.account.subscriptions.update
  user.account.update_user_type user.identity_snapshot.attestation.create user.internal.authentication.telemetry
  user.internal.risk.change user.internal.risk.detect user.internal.session_context_change
  user.privileged_account.update_profile workflows.org.step_execution_limit.violation
  workflows.org.step_execution_limit.warning workflows.user.connection.create workflows.user.connection.delete
  workflows.user.connection.reauthorize workflows.user.connection.revoke workflows.user.delegatedflow.run
  workflows.user.execution_log_stream_connection.activate workflows.user.execution_log_stream_connection.deactivate
  workflows.user.execution_log_stream_connection.update workflows.user.flow.activate workflows.user.flow.create
  workflows.user.flow.deactivate workflows.user.flow.delete workflows.user.flow.execution.cancel
  workflows.user.flow.execution_history.activate workflows.user.flow.execution_history.deactivate
  workflows.user.flow.execution_history.delete workflows.user.flow.execution_log_stream.activate
  workflows.user.flow.execution_log_stream.deactivate workflows.user.flow.import workflows.user.flow.move
  workflows.user.flow.save workflows.user.flow.version.revert workflows.user.flow.version.update
  workflows.user.flow.view workflows.user.folder.create workflows.user.folder.delete workflows.user.folder.duplicate
  workflows.user.folder.import workflows.user.folder.move workflows.user.folder.rename workflows.user.role.group.add
  workflows.user.role.group.remove workflows.user.role.user.add workflows.user.role.user.remove
  workflows.user.table.create workflows.user.table.delete workflows.user.table.import workflows.user.table.move
  workflows.user.table.schema.import workflows.user.table.update workflows.user.truststore.create
  workflows.user.truststore.delete workflows.user.truststore.update workflows.user.truststore.view
  workload_principal.activate workload_principal.ai_agent.activate workload_principal.ai_agent.credential.activate
  workload_principal.ai_agent.credential.create workload_principal.ai_agent.credential.deactivate
  workload_principal.ai_agent.credential.delete workload_principal.ai_agent.deactivate
  workload_principal.ai_agent.delete workload_principal.ai_agent.register
  workload_principal.ai_agent.sign_on_provider.add workload_principal.ai_agent.sign_on_provider.remove
  workload_principal.ai_agent.update workload_principal.deactivate workload_principal.delegation_link.create
  workload_principal.delegation_link.delete workload_principal.delete workload_principal.register
  workload_principal.resource_connection.activate workload_principal.resource_connection.create
  workload_principal.resource_connection.deactivate workload_principal.resource_connection.delete
  workload_principal.resource_connection.update workload_principal.sign_on_provider.add
  workload_principal.sign_on_provider.remove workload_principal.update
`
