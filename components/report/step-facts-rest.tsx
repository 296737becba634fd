// Facts of steps 4 to 6 as tables: tokens with every address, changes of sign-in methods, and the other accounts.
import { BY_WORD, CHANGE_WORD } from '@/components/runbook/step-words'
import { categoryWord, formatCount, formatNumber } from '@/components/signals/signal-words'
import { ORIGIN_SOURCE, TOKEN_KIND, TOKEN_STATE } from '@/components/tokens/token-words'
import type { AccountsStep, ChangesStep, TokenFacts, TokenStep } from '@/lib/runbook/contract/steps'
import { signalReference } from '@/lib/signals/model'
import { EventRows } from './event-rows'
import { ReportFacts, ReportTable } from './report-table'
import { EvidenceLink, Plain, Utc, UtcRange } from './report-text'

type NumberOf = (kind: string, ref: string) => number | undefined

export function TokenStepFacts({ step, numberOf }: { step: TokenStep; numberOf: NumberOf }) {
  return (
    <>
      {step.tokens.map((token) => (
        <Token key={token.id} token={token} numberOf={numberOf} />
      ))}
      <EventRows title="Tokens created since by the account" events={step.createdAfter} numberOf={numberOf} />
    </>
  )
}

function Token({ token, numberOf }: { token: TokenFacts; numberOf: NumberOf }) {
  const { id, kind, name, clientId, owner, created, okta, calls } = token
  return (
    <>
      <ReportFacts
        label={`Token ${id}`}
        facts={[
          ['Token', <Plain key="i">{name ? `${name}, ${id}` : id}</Plain>],
          ['Kind', TOKEN_KIND[kind] + (clientId ? `, issued to ${clientId}` : '')],
          ['Acts as', owner && <Plain key="o">{owner.login ?? owner.id}</Plain>],
          [
            'Created',
            <span key="c">
              {created.at ? <Utc at={created.at} /> : 'not known'}
              {ORIGIN_SOURCE[created.source] && `, ${ORIGIN_SOURCE[created.source]}`}. <Plain>{created.sentence}</Plain>
            </span>,
          ],
          [
            'In Okta',
            <span key="s">
              {TOKEN_STATE[okta.state].word}
              {okta.at && (
                <>
                  , as of <Utc at={okta.at} />
                </>
              )}
              {okta.lastUsed && (
                <>
                  , last used <Utc at={okta.lastUsed} />
                </>
              )}
              {okta.expiresAt && (
                <>
                  , expires <Utc at={okta.expiresAt} />
                </>
              )}
              {okta.message && (
                <>
                  . <Plain>{okta.message}</Plain>
                </>
              )}
            </span>,
          ],
          ['May be used from', okta.network && <Plain key="n">{okta.network}</Plain>],
          [
            'Used',
            `${formatCount(calls, 'call')}; flagged addresses: ${formatNumber(token.flaggedAddresses)}` +
              (token.otherAddresses > 0
                ? `; ${formatNumber(token.otherCalls)} calls from ${formatNumber(token.otherAddresses)} addresses not listed here`
                : ''),
          ],
        ]}
      />
      <TokenAddressRows token={token} numberOf={numberOf} />
      <EventRows title="Changes made with it" events={token.changes} numberOf={numberOf} />
      <EventRows title="Requests from outside its allowed zone" events={token.outsideRange} numberOf={numberOf} />
    </>
  )
}

function TokenAddressRows({ token, numberOf }: { token: TokenFacts; numberOf: NumberOf }) {
  return (
    <ReportTable
      title="Addresses it was used from"
      empty="No stored call."
      columns={[
        ['Address', '16%'],
        ['Feeds say now', '14%'],
        ['Calls', '4.5rem'],
        ['First to last call', '12.5rem'],
        ['Calls by day (UTC)', null],
      ]}
      rows={token.addresses.map(({ ip, isFlagged, categories, calls, firstAt, lastAt, days }) => {
        const number = numberOf('address', ip)
        return {
          cells: [
            <span key="i">
              {number !== undefined && <EvidenceLink number={number} />} <Plain>{ip}</Plain>
            </span>,
            `${isFlagged ? 'flagged: ' : ''}${categories.map(categoryWord).join(', ') || 'not listed'}`,
            formatNumber(calls),
            <UtcRange key="t" from={firstAt} to={lastAt} />,
            days.map((one) => `${one.day} ${formatNumber(one.calls)}`).join(', '),
          ],
        }
      })}
    />
  )
}

export function ChangesFacts({ step, numberOf }: { step: ChangesStep; numberOf: NumberOf }) {
  return (
    <>
      {step.patterns.map(({ id, sentence, events }) => (
        <p key={id} className="text-12">
          <Plain>{sentence}</Plain> <span className="text-ink-muted">{events.join(', ')}</span>
        </p>
      ))}
      <EventRows title="Changes" events={step.changes} numberOf={numberOf} empty="None is stored in the window." />
      {!step.isComplete && <p className="text-12">More changes are stored than are listed.</p>}
      <ReportTable
        title="Sign-in methods and what happened to them"
        columns={[
          ['Method', '24%'],
          ['Exists now', '16%'],
          ['Since', '11rem'],
          ['Changes', null],
        ]}
        rows={step.lifelines.map(({ subject, isPresent, since, changes }) => ({
          cells: [
            <Plain key="s">{subject}</Plain>,
            isPresent === null ? 'not known' : isPresent ? 'yes, by Okta' : 'no, by Okta',
            <Utc key="t" at={since} />,
            changes.length === 0
              ? 'none'
              : changes.map(({ uuid, at, what, by }) => (
                  <span key={uuid} className="block">
                    {CHANGE_WORD[what]} by {BY_WORD[by]}, <Utc at={at} />
                  </span>
                )),
          ],
        }))}
      />
    </>
  )
}

export function AccountsFacts({ step, numberOf }: { step: AccountsStep; numberOf: NumberOf }) {
  const { shared, spray, accounts, accountsTotal } = step
  return (
    <>
      <ReportFacts
        label="About the address as a whole"
        facts={[
          ['Shared address', shared && <Plain key="s">{shared.sentence}</Plain>],
          [
            'Password spray',
            spray && (
              <span key="p">
                <Plain>{spray.sentence}</Plain> <UtcRange {...spray.window} />
              </span>
            ),
          ],
        ]}
      />
      <ReportTable
        title={`Accounts seen from the address, ${accounts.length} of ${formatNumber(accountsTotal)}`}
        empty="None."
        columns={[
          ['Account', '28%'],
          ['Administrator roles', '20%'],
          ['Succeeded', '5rem'],
          ['Failed', '4rem'],
          ['First to last event', '12.5rem'],
          ['Open signals', null],
        ]}
        rows={accounts.map((account) => {
          const number = numberOf('account', account.actorId)
          return {
            cells: [
              <span key="a">
                {number !== undefined && <EvidenceLink number={number} />}{' '}
                <Plain>{account.login ?? account.name ?? account.actorId}</Plain>
                {account.isThisAccount && ' (this account)'}
              </span>,
              account.roles === null ? 'not known' : <Plain key="r">{account.roles.join(', ') || 'none'}</Plain>,
              formatNumber(account.successes),
              formatNumber(account.failures),
              <UtcRange key="t" from={account.firstAt} to={account.lastAt} />,
              account.openSignalIds.map(signalReference).join(', ') || 'none',
            ],
          }
        })}
      />
    </>
  )
}
