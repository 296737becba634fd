'use client'
// Addresses on the left, accounts as rows on the right, lines as wide as successes are many. Other addresses of the accounts come a
// moment after the step; the rows do not move for them.
import { useMemo, useState } from 'react'
import { EntityChip } from '@/components/patterns/entity-chip'
import { When } from '@/components/patterns/when'
import { PinButton } from '@/components/signals/pin-button'
import { categoryWord, formatCount, formatNumber } from '@/components/signals/signal-words'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'
import type { AccountsStep } from '@/lib/runbook/contract/steps'
import type { AddressDetail } from '@/lib/timeline/contract/address'
import { OpenSignals, Roles } from './account-cells'
import { Drawing, LegendItem } from './drawing'
import { LINK_PLOT, layoutAccountLinks, type LinkLayout } from './link-layout'
import type { CaseStart } from './step-card'
import { accountEvidence } from './step-evidence'
import { useRovingMark } from './use-roving-mark'

type Elsewhere = AddressDetail['elsewhere']
type Account = AccountsStep['accounts'][number]

const ROW = 32
/** Accounts drawn at first; the table has all. */
const ACCOUNTS_SHOWN = 12
const ADDRESSES_SHOWN = 6

export interface AccountLinksProps {
  step: AccountsStep
  start: CaseStart
  /** Where else the accounts come from; null while that is not read. */
  elsewhere: Elsewhere | null
}

export function AccountLinks({ step, start, elsewhere }: AccountLinksProps) {
  const [isWhole, setWhole] = useState(false)
  const accounts = useMemo(
    () => (isWhole ? step.accounts : step.accounts.slice(0, ACCOUNTS_SHOWN)),
    [isWhole, step.accounts],
  )
  const addresses = useMemo(() => addressesOf(start.ip, elsewhere), [start.ip, elsewhere])
  const layout = useMemo(
    () => layoutOf(accounts, addresses, start.ip, elsewhere),
    [accounts, addresses, start.ip, elsewhere],
  )
  const byAccount = accounts.map(({ actorId }) => layout.links.filter((link) => link.actorId === actorId))
  const rover = useRovingMark({
    counts: byAccount.map((links) => links.length),
    textOf: ({ row, mark }) => {
      const { ip, kind, successes, failures } = byAccount[row]![mark]!
      const count = kind === 'successes' ? `${formatNumber(successes)} succeeded` : `${formatNumber(failures)} failed`
      return `${nameOf(accounts[row]!)} from ${ip}: ${count}`
    },
  })
  const chosen = rover.place ? byAccount[rover.place.row]![rover.place.mark]! : null
  const chosenAccount = rover.place ? accounts[rover.place.row]! : null
  return (
    <div className="min-w-0">
      <Drawing
        label="Addresses and the accounts that used them"
        keysOver="accounts and the lines to them"
        rover={rover}
        chosen={chosenAccount && accountEvidence(chosenAccount, start.ip)}
        legend={<LinkKey rest={elsewhere?.otherAddresses ?? 0} isReading={elsewhere === null} />}
      >
        <div className="flex min-w-198">
          <div className="relative flex-none" style={{ width: LINK_PLOT.width, marginTop: 20 }}>
            {addresses.map((address) => (
              <AddressName key={address.ip} address={address} y={layout.addressY.get(address.ip)!} start={start} />
            ))}
            <svg aria-hidden width={LINK_PLOT.width} height={layout.height} className="block">
              {layout.links.map((link) => (
                <path
                  key={`${link.ip} ${link.actorId} ${link.kind}`}
                  d={link.path}
                  strokeWidth={link === chosen ? link.width + 1.5 : link.width}
                  strokeDasharray={link.kind === 'failures' ? '4 4' : undefined}
                  strokeOpacity={link === chosen ? 1 : link.isOfSignal ? 0.62 : 0.3}
                  className={`fill-none ${link === chosen ? 'stroke-accent' : 'stroke-ink'}`}
                />
              ))}
              {addresses.map((address) => (
                <AddressDot key={address.ip} address={address} y={layout.addressY.get(address.ip)!} />
              ))}
              {accounts.map((account) => (
                <circle
                  key={account.actorId}
                  cx={LINK_PLOT.accountX}
                  cy={layout.accountY.get(account.actorId)}
                  r={4.2}
                  className={`stroke-ink stroke-[1.4] ${account.successes > 0 ? 'fill-ink' : 'fill-bg'}`}
                />
              ))}
            </svg>
          </div>
          <AccountRows
            accounts={accounts}
            start={start}
            onPoint={(row) => rover.point(row === null || byAccount[row]!.length === 0 ? null : { row, mark: 0 })}
          />
        </div>
      </Drawing>
      {step.accounts.length > ACCOUNTS_SHOWN && (
        <Button size="small" tone="quiet" data-print="hide" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer accounts' : `Show ${step.accounts.length - ACCOUNTS_SHOWN} more accounts`}
        </Button>
      )}
      {step.accountsTotal > step.accounts.length && (
        <p className="text-12 text-ink-muted">
          {formatCount(step.accountsTotal - step.accounts.length, 'account')} more, with fewer successes each.
        </p>
      )}
    </div>
  )
}

type DrawnAddress = Pick<Elsewhere['addresses'][number], 'ip' | 'categories' | 'isAllowed' | 'isThis' | 'feeds'>

/** The address of the signal first, then the others in the order they come. */
function addressesOf(ip: string, elsewhere: Elsewhere | null): DrawnAddress[] {
  const found = elsewhere?.addresses ?? []
  const own = found.find(({ isThis }) => isThis) ?? { ip, categories: [], isAllowed: false, isThis: true, feeds: 0 }
  return [own, ...found.filter(({ isThis }) => !isThis).slice(0, ADDRESSES_SHOWN - 1)]
}

/** Counts of the address of the signal are those of the step; the others are told elsewhere. */
function layoutOf(
  accounts: readonly Account[],
  addresses: readonly DrawnAddress[],
  signalIp: string,
  elsewhere: Elsewhere | null,
): LinkLayout {
  const own = accounts.map(({ actorId, successes, failures }) => ({
    ip: addresses[0]!.ip,
    actorId,
    successes,
    failures,
  }))
  const others = (elsewhere?.links ?? []).filter(({ ip }) => ip !== addresses[0]!.ip)
  return layoutAccountLinks(
    {
      addresses: addresses.map(({ ip }) => ip),
      accounts: accounts.map(({ actorId }) => actorId),
      links: [...own, ...others],
      signalIp,
    },
    ROW,
  )
}

function nameOf({ login, name, actorId }: Account): string {
  const label = login ?? name ?? actorId
  return label.replace(/@.*$/, '') || label
}

function AddressName({ address, y, start }: { address: DrawnAddress; y: number; start: CaseStart }) {
  const about = address.isAllowed
    ? 'known good'
    : address.categories.map(categoryWord).join(', ') ||
      (address.isThis && address.ip === start.ip ? 'this address' : 'not listed')
  return (
    <span className="absolute left-0 block leading-4" style={{ top: y - 18, width: LINK_PLOT.addressX - 14 }}>
      <EntityChip look="bare" kind="ip" value={address.ip} />
      <span className="-mt-1 block truncate text-11 text-ink-muted">{about}</span>
    </span>
  )
}

function AddressDot({ address, y }: { address: DrawnAddress; y: number }) {
  const isFlagged = !address.isAllowed && address.feeds > 0
  return (
    <circle
      cx={LINK_PLOT.addressX}
      cy={y}
      r={4.8}
      className={isFlagged ? 'fill-severity-high' : 'fill-bg stroke-ink-muted stroke-[1.6]'}
    />
  )
}

function AccountRows({
  accounts,
  start,
  onPoint,
}: {
  accounts: readonly Account[]
  start: CaseStart
  onPoint: (row: number | null) => void
}) {
  const head = 'h-5 px-2 text-left text-11 font-normal text-ink-muted'
  const cell = 'border-b border-hairline px-2 py-0'
  return (
    <table className="h-fit min-w-0 flex-1 border-separate border-spacing-0 text-12">
      <thead>
        <tr>
          <th scope="col" className={head}>
            account
          </th>
          <th scope="col" className={head}>
            role
          </th>
          <th scope="col" className={`${head} text-right`}>
            ok / failed
          </th>
          <th scope="col" className={head}>
            first seen
          </th>
          <th scope="col" className={head}>
            open signal
          </th>
          <th scope="col">
            <span className="sr-only">Evidence</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account, index) => (
          <tr
            key={account.actorId}
            style={{ height: ROW }}
            onPointerEnter={() => onPoint(index)}
            onPointerLeave={() => onPoint(null)}
          >
            <th
              scope="row"
              className={`${cell} max-w-32 text-left ${account.successes > 0 ? 'font-semibold' : 'font-normal'}`}
            >
              <bdi className="block truncate" title={account.login ?? undefined}>
                {nameOf(account)}
              </bdi>
            </th>
            <td className={cell}>
              <Roles roles={account.roles} />
            </td>
            <td className={`${cell} text-right whitespace-nowrap`}>
              {formatNumber(account.successes)} / {formatNumber(account.failures)}
            </td>
            <td className={`${cell} whitespace-nowrap text-ink-muted`}>
              <When at={account.firstAt} mode="compact" />
            </td>
            <td className={`${cell} whitespace-nowrap`}>
              <OpenSignals account={account} signalId={start.signalId} />
            </td>
            <td className="w-7 border-b border-hairline p-0">
              <PinButton evidence={accountEvidence(account, start.ip)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function LinkKey({ rest, isReading }: { rest: number; isReading: boolean }) {
  const line = 'fill-none stroke-ink'
  return (
    <>
      <LegendItem
        form={
          <svg aria-hidden width="22" height="8">
            <path d="M0 4H22" strokeOpacity={0.62} strokeWidth={5} className={line} />
          </svg>
        }
      >
        successes, log scale
      </LegendItem>
      <LegendItem
        form={
          <svg aria-hidden width="22" height="8">
            <path d="M0 4H22" strokeDasharray="4 4" strokeWidth={1.4} className={line} />
          </svg>
        }
      >
        failures
      </LegendItem>
      <LegendItem form={<Mark shape="circle" tone="high" size={10} />}>listed by a feed of threats</LegendItem>
      {isReading && <span>reading where else they come from</span>}
      {rest > 0 && (
        <span>
          {formatNumber(rest)} more {rest === 1 ? 'address' : 'addresses'} not drawn
        </span>
      )}
    </>
  )
}
