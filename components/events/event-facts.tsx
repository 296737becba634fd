// Facts of an event, each with the way to where more of it stands. What Okta did not give is said so only where people ask for it.
import type { ReactNode } from 'react'
import { EntityChip } from '@/components/patterns/entity-chip'
import type { Fact } from '@/components/patterns/facts-strip'
import { When } from '@/components/patterns/when'
import { networkLabel } from '@/components/signals/signal-words'
import type { EventDetail } from '@/lib/signals/contract/signal'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import type { EventWords } from './read-event-text'

export function eventFacts(event: EventDetail, words: EventWords): Fact[] {
  const { actor, clientIp, token, sessionId, ipChain } = event
  const further = ipChain.filter((ip) => ip !== clientIp)
  return [
    {
      label: actor.type === null || actor.type === 'User' ? 'Account' : `Account, ${actor.type}`,
      value: actor.id ? (
        <EntityChip
          look="bare"
          kind="user"
          value={actor.login ?? actor.id}
          detail={actor.name ?? undefined}
          filterHref={`/?q=${encodeURIComponent(actor.login ?? actor.id)}`}
        />
      ) : (
        <NotGiven />
      ),
    },
    { label: 'Address', value: clientIp ? <EntityChip look="bare" kind="ip" value={clientIp} /> : <NotGiven /> },
    {
      label: 'Network',
      value: <bdi>{[networkLabel(event), event.city].filter(Boolean).join(', ')}</bdi>,
    },
    ...(further.length > 0
      ? [{ label: 'Further addresses of the request', value: <Addresses ips={further.slice(0, 5)} /> }]
      : []),
    { label: 'Client', value: clientText(event) },
    {
      label: 'Session',
      value: sessionId ? (
        <EntityChip look="bare" kind="session" value={sessionId} label={shortTokenId(sessionId)} />
      ) : (
        <NotGiven />
      ),
    },
    {
      label: 'API token',
      value: token ? (
        <EntityChip
          look="bare"
          kind="token"
          value={token.id}
          label={shortTokenId(token.id)}
          detail={token.kind === 'unknown' ? 'kind unknown' : token.kind}
        />
      ) : (
        <NotGiven />
      ),
    },
    ...(words.reason ? [{ label: 'Reason given', value: <bdi className="line-clamp-3">{words.reason}</bdi> }] : []),
    ...(event.receivedAt ? [{ label: 'Reached us', value: <When at={event.receivedAt} /> }] : []),
    ...(words.userAgent
      ? [{ label: 'User agent', value: <bdi className="line-clamp-2 break-all">{words.userAgent}</bdi> }]
      : []),
  ]
}

function Addresses({ ips }: { ips: readonly string[] }) {
  return ips.map((ip) => (
    <span key={ip} className="mr-2">
      <EntityChip look="bare" kind="ip" value={ip} />
    </span>
  ))
}

function clientText({ os, browser, deviceId, isManaged }: EventDetail): ReactNode {
  const device = deviceId === null ? null : `device ${deviceId}${isManaged ? ', managed' : ''}`
  const text = [[browser, os].filter(Boolean).join(' on '), device].filter(Boolean).join(', ')
  return text ? <bdi className="line-clamp-2 break-all">{text}</bdi> : <NotGiven />
}

function NotGiven() {
  return <span className="text-ink-muted">not given</span>
}
