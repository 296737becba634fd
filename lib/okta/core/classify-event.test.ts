import { describe, expect, it } from 'vitest'
import { EVENT_CLASSES } from '../model'
import { classifyByFamily, classifyEvent, EVENT_FAMILIES } from './classify-event'
import { EVENT_CATALOGUE } from './event-catalogue'

describe('classifyEvent', () => {
  it.each([
    ['user.session.start', 'authentication'],
    ['user.authentication.auth_via_mfa', 'authentication'],
    ['policy.evaluate_sign_on', 'authentication'],
    ['app.oauth2.as.token.grant.access_token', 'authentication'],
    ['user.account.privilege.grant', 'privilege'],
    ['iam.resourceset.bindings.add', 'privilege'],
    ['iam.role.subscriptions.update', 'noise'],
    ['user.session.impersonation.initiate', 'privilege'],
    ['system.api_token.create', 'token'],
    ['app.oauth2.client.lifecycle.create', 'token'],
    ['app.oauth2.client.read_client_secret', 'data_access'],
    ['user.session.access_admin_app', 'data_access'],
    ['analytics.reports.export.download', 'data_access'],
    ['system.idp.lifecycle.create', 'configuration'],
    ['system.idp.lifecycle.read_client_secret', 'data_access'],
    ['policy.rule.update', 'configuration'],
    ['zone.update', 'configuration'],
    ['system.log_stream.lifecycle.deactivate', 'configuration'],
    ['event_hook.delivery', 'noise'],
    ['iam.role.of.next.year', 'privilege'],
    ['user.mfa.factor.of_next_year', 'factor'],
    ['group.user_membership.rule.trigger', 'uncategorised'],
    ['system.agent.ad.read_ldap', 'uncategorised'],
    ['security.events.provider.receive_event', 'threat'],
    ['security.events.provider.update', 'configuration'],
    ['user.account.reset_password', 'password'],
    ['user.mfa.factor.activate', 'factor'],
    ['device.enrollment.create', 'factor'],
    ['device.assurance.policy.update', 'configuration'],
    ['user.account.unlock_by_admin', 'recovery'],
    ['user.account.lock.limit', 'recovery'],
    ['user.account.update_secondary_email', 'recovery'],
    ['system.email.password_reset.sent_message', 'recovery'],
    ['system.sms.send_factor_verify_message', 'uncategorised'],
    ['user.lifecycle.create', 'account'],
    ['group.user_membership.add', 'account'],
    ['user.session.end', 'session'],
    ['user.authentication.slo', 'session'],
    ['security.threat.detected', 'threat'],
    ['system.org.rate_limit.warning', 'noise'],
    ['some.type.of.next.year', 'uncategorised'],
    ['', 'uncategorised'],
  ])('%s: %s', (eventType, eventClass) => {
    expect(classifyEvent(eventType)).toBe(eventClass)
  })

  it('names every family once and every class', () => {
    const names = EVENT_FAMILIES.flatMap(([, own]) => own)
    expect(new Set(names).size).toBe(names.length)
    const classes = new Set(EVENT_FAMILIES.map(([eventClass]) => eventClass))
    expect(EVENT_CLASSES.filter((eventClass) => !classes.has(eventClass))).toEqual([])
  })

  it('has families that agree with the catalogue on every type, and no family that names nothing there', () => {
    const types = [...EVENT_CATALOGUE.keys()]
    expect(types.filter((type) => classifyByFamily(type) !== EVENT_CATALOGUE.get(type))).toEqual([])
    const names = EVENT_FAMILIES.flatMap(([, own]) => own)
    const isNaming = (name: string, type: string) => (/[._]$/.test(name) ? type.startsWith(name) : type === name)
    expect(names.filter((name) => !types.some((type) => isNaming(name, type)))).toEqual([])
  })
})
