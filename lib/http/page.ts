// Every page is made here: it declares what its reader needs, and renders only for somebody who has it.
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { createElement, type ReactNode } from 'react'
import { isAllowed, type Permission } from '@/lib/auth/model'
import { findActor } from '@/lib/auth/service/find-actor'
import type { UserActor } from '@/lib/kernel/actor'
import { PATH_HEADER, signInPath } from './sign-in-path'

export interface PageInput<P extends Permission> {
  actor: P extends 'public' ? UserActor | null : UserActor
  params: Record<string, string>
  searchParams: Record<string, string | string[] | undefined>
}

/** A page as Next calls it, with its declaration on it for the tests. */
export interface Page {
  (props: { params: Promise<object>; searchParams: Promise<object> }): Promise<ReactNode>
  permission: Permission
}

/**
 * A page that needs a permission. Without a session it sends the reader to sign in and back; without the permission it says so.
 * Authorises by itself: the check in proxy.ts only saves a round trip.
 */
export function page<const P extends Permission>(
  declaration: { permission: P },
  render: (input: PageInput<P>) => ReactNode | Promise<ReactNode>,
): Page {
  const { permission } = declaration
  const Guarded = async (props: Parameters<Page>[0]): Promise<ReactNode> => {
    const requestHeaders = await headers()
    const actor = await findActor(requestHeaders)
    if (actor === null && permission !== 'public') redirect(signInPath(requestHeaders.get(PATH_HEADER)))
    if (!isAllowed(actor, permission)) return createElement(Forbidden, { actor })
    const [params, searchParams] = await Promise.all([props.params, props.searchParams])
    return render({ actor, params, searchParams } as PageInput<P>)
  }
  return Object.assign(Guarded, { permission })
}

function Forbidden({ actor }: { actor: UserActor | null }): ReactNode {
  return createElement(
    'section',
    null,
    createElement('h1', null, 'You may not open this page'),
    createElement('p', null, `Your role is ${actor?.role}. Ask an administrator for a role that may.`),
  )
}
