import { describe, expect, test } from 'vitest'
import { commandActor, ROLES, systemActor, type Role } from '@/lib/kernel/actor'
import { can, isAllowed, PERMISSIONS, type Permission } from './model'

/** The security model: every permission, and from which role on. Kept beside lib/auth/README.md. */
const TABLE: Record<Permission, readonly Role[]> = {
  public: ['viewer', 'analyst', 'lead', 'admin'],
  'account:self': ['viewer', 'analyst', 'lead', 'admin'],
  'signals:read': ['viewer', 'analyst', 'lead', 'admin'],
  'signals:write': ['analyst', 'lead', 'admin'],
  'events:read': ['viewer', 'analyst', 'lead', 'admin'],
  'intel:read': ['viewer', 'analyst', 'lead', 'admin'],
  'health:read': ['viewer', 'analyst', 'lead', 'admin'],
  'audit:read': ['viewer', 'analyst', 'lead', 'admin'],
  'suppressions:read': ['viewer', 'analyst', 'lead', 'admin'],
  'suppressions:write': ['analyst', 'lead', 'admin'],
  'suppressions:org': ['lead', 'admin'],
  'suppressions:token': ['admin'],
  'poll:run': ['admin'],
  'intel:write': ['admin'],
  'settings:write': ['admin'],
  'users:write': ['admin'],
}

describe.each(PERMISSIONS)('%s', (permission) => {
  test.each(ROLES)('%s', (role) => {
    expect(can(role, permission)).toBe(TABLE[permission].includes(role))
    const actor = { kind: 'api_key', orgId: 'example', id: 'id', name: 'name', role } as const
    expect(isAllowed(actor, permission)).toBe(TABLE[permission].includes(role))
  })

  test('nobody', () => {
    expect(isAllowed(null, permission)).toBe(permission === 'public')
  })

  test('the product itself and a command', () => {
    expect(isAllowed(systemActor('example'), permission)).toBe(true)
    expect(isAllowed(commandActor('example', 'intel'), permission)).toBe(true)
  })
})
