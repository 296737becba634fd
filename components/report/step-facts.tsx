// Facts of steps 1 to 3 as tables: feeds, history and likelihood, sessions and what followed.
import { beforeText, DIMENSION_NAME, percent } from '@/components/runbook/baseline-strips'
import { oktaText } from '@/components/runbook/feed-words'
import { hourName } from '@/components/runbook/hour-name'
import { signed } from '@/components/runbook/step-evidence'
import { CLASS_LOOK } from '@/components/runbook/step-words'
import { categoryWord, formatCount, formatNumber, networkLabel } from '@/components/signals/signal-words'
import type { ActivityStep, FeedFacts, IntelStep, LegitimacyStep } from '@/lib/runbook/contract/steps'
import type { Listing } from '@/lib/runbook/model'
import { EventRows } from './event-rows'
import { ReportFacts, ReportTable } from './report-table'
import { EvidenceLink, listed, Plain, Utc, utcDay, UtcRange } from './report-text'

type NumberOf = (kind: string, ref: string) => number | undefined

const LISTING_WORD: Readonly<Record<Listing, string>> = {
  listed: 'listed',
  not_listed: 'not listed',
  unknown: 'not known: not read by then',
}
const YES_NO = (value: boolean | null) => (value === null ? 'not known' : value ? 'yes' : 'no')

export function IntelFacts({ step, numberOf }: { step: IntelStep; numberOf: NumberOf }) {
  const { ip, networkType, isTorAtEvent, neighbours, okta, counts } = step
  return (
    <>
      <ReportFacts
        label="Facts of the address"
        facts={[
          ['Address', <Plain key="i">{ip}</Plain>],
          ['Network', <Plain key="n">{networkLabel(step)}</Plain>],
          ['Kind of network', <Plain key="k">{networkType ?? 'not known'}</Plain>],
          ['Tor exit at the event', YES_NO(isTorAtEvent)],
          [
            'Listed by',
            `${counts.atEvent} of ${formatCount(counts.feeds, 'feed')} at the event, ${counts.whenFired} when it fired, ${counts.now} now; ${counts.notKnown} could not tell at the event`,
          ],
          [
            'Entries around it',
            neighbours && (
              <>
                {formatNumber(neighbours.entries)} in <Plain>{neighbours.range}</Plain>
              </>
            ),
          ],
          ['Okta’s own opinion', <Plain key="o">{oktaText(okta)}</Plain>],
        ]}
      />
      <ReportTable
        title="Feeds"
        empty="No feed is switched on."
        columns={[
          ['Feed', '20%'],
          ['At the event', '12%'],
          ['When it fired', '12%'],
          ['Now', '12%'],
          ['What it says', null],
          ['First to last listed (UTC)', '18%'],
        ]}
        rows={step.feeds.map((feed) => ({
          cells: feedCells(feed, numberOf('listing', feed.feedId)),
        }))}
      />
    </>
  )
}

function feedCells(feed: FeedFacts, number: number | undefined) {
  const { feedName, atEvent, whenFired, now, categories, confidence, ranges, firstListed, lastListed } = feed
  return [
    <span key="f">
      {number !== undefined && <EvidenceLink number={number} />} <Plain>{feedName}</Plain>
    </span>,
    LISTING_WORD[atEvent],
    LISTING_WORD[whenFired],
    LISTING_WORD[now],
    categories.length > 0 && (
      <Plain key="c">
        {[
          categories.map(categoryWord).join(', '),
          confidence === null ? null : `confidence ${confidence}`,
          ranges.length > 0 ? `as ${ranges.join(', ')}` : null,
        ]
          .filter(Boolean)
          .join('; ')}
      </Plain>
    ),
    firstListed && `${utcDay(firstListed)} to ${lastListed ? utcDay(lastListed) : 'now'}`,
  ]
}

export function LegitimacyFacts({ step, numberOf }: { step: LegitimacyStep; numberOf: NumberOf }) {
  const { likelihood, device, factor, operator, colleagues, suppressions, hours } = step
  return (
    <>
      <ReportFacts
        label="Facts of this use"
        facts={[
          ['History', `${formatCount(step.historyEvents, 'event')} on ${formatCount(step.historyDays, 'day')}`],
          [
            'Hour of the week',
            hours && `${hourName(hours.hour)} UTC, active then in ${hours.weeks[hours.hour]} of ${hours.of} weeks`,
          ],
          ['Device', device.isNamed ? <Device key="d" device={device} /> : 'the event names none'],
          [
            'Signed in with',
            factor && <Plain key="f">{factor.name + (factor.isPhishingResistant ? ', phishing resistant' : '')}</Plain>,
          ],
          ['VPN operator', operator && <Plain key="o">{`${operator.name}, says ${operator.source}`}</Plain>],
          [
            'Colleagues there',
            colleagues && (
              <Plain key="c">
                {`${formatNumber(colleagues.people)}${colleagues.isCapped ? ' or more' : ''} of ${formatNumber(colleagues.of)} accounts on ${colleagues.network}`}
              </Plain>
            ),
          ],
          [
            'Suppressions then',
            suppressions.length === 0
              ? 'none covered it'
              : suppressions.map(({ id, reference, label, endsAt }) => (
                  <span key={id} className="block">
                    {reference}, <Plain>{label}</Plain>, until <Utc at={endsAt} />
                  </span>
                )),
          ],
          ['VPN likelihood', `${signed(likelihood.score)} of −100 to +100; from +30 on it suggests a benign VPN`],
          [
            'Would change it',
            likelihood.wouldChange.length > 0 &&
              likelihood.wouldChange.map((sentence) => (
                <span key={sentence} className="block">
                  <Plain>{sentence}</Plain>
                </span>
              )),
          ],
        ]}
      />
      <ReportTable
        title="What makes up the likelihood"
        columns={[
          ['Points', '5rem'],
          ['Reason', null],
          ['No.', '4rem'],
        ]}
        rows={likelihood.contributions.map(({ id, label, points }) => {
          const number = numberOf('contribution', id)
          return {
            cells: [
              signed(points),
              <Plain key="l">{label}</Plain>,
              number !== undefined && <EvidenceLink key="n" number={number} />,
            ],
          }
        })}
      />
      <Dimensions step={step} />
    </>
  )
}

function Device({ device: { isKnown, isManaged, firstAt, lastAt, networks } }: { device: LegitimacyStep['device'] }) {
  return (
    <>
      {isKnown ? 'known' : 'not seen before'}, managed: {YES_NO(isManaged)}
      {firstAt && lastAt && (
        <>
          , used <UtcRange from={firstAt} to={lastAt} />
        </>
      )}
      {networks.length > 0 && (
        <>
          , on <Plain>{networks.join(', ')}</Plain>
        </>
      )}
    </>
  )
}

function Dimensions({ step: { dimensions } }: { step: LegitimacyStep }) {
  return (
    <ReportTable
      title="This use against the history of the account"
      columns={[
        ['What', '14%'],
        ['This use', '28%'],
        ['Before', '14%'],
        ['Most used', null],
      ]}
      rows={dimensions.map((dimension) => ({
        cells: [
          DIMENSION_NAME[dimension.name],
          <Plain key="c">{dimension.current?.label ?? 'not given by Okta'}</Plain>,
          beforeText(dimension),
          <Plain key="t">
            {dimension.top
              .map(({ label, share, events }) => `${label} ${percent(share)} (${formatNumber(events)})`)
              .join(', ')}
          </Plain>,
        ],
      }))}
    />
  )
}

export function ActivityFacts({ step, numberOf }: { step: ActivityStep; numberOf: NumberOf }) {
  const { lanes, classes, notable, events, isComplete } = step
  return (
    <>
      <ReportFacts
        label="What was read"
        facts={[
          [
            'Events since',
            formatNumber(events) + (isComplete ? '' : '; more of no special class are stored than were read'),
          ],
          [
            'By kind',
            classes.map((one) => `${CLASS_LOOK[one.eventClass].word} ${formatNumber(one.events)}`).join(', ') || 'none',
          ],
        ]}
      />
      <ReportTable
        title="Sessions and tokens"
        columns={[
          ['Who', '22%'],
          ['Session or token', '20%'],
          ['First to last event', '12.5rem'],
          ['Events', '4rem'],
          ['From', null],
        ]}
        rows={lanes.map((lane) => ({
          cells: [
            <Plain key="w">{lane.label}</Plain>,
            <Plain key="i">{`${lane.kind} ${lane.id}`}</Plain>,
            <UtcRange key="t" from={lane.firstAt} to={lane.lastAt} />,
            formatNumber(lane.events),
            <Plain key="f">
              {[...lane.ips, ...lane.asNumbers.map((number) => `AS${number}`), ...lane.clients].join(', ')}
            </Plain>,
          ],
        }))}
      />
      <ReportTable
        title="Changed in the middle"
        columns={[
          ['Time', '11rem'],
          ['Session or token', '24%'],
          ['What', '10%'],
          ['Before and after', null],
        ]}
        rows={lanes.flatMap((lane) =>
          lane.breaks.map(({ at, what, before, after }) => ({
            cells: [
              <Utc key="t" at={at} />,
              <Plain key="l">{`${lane.kind} ${lane.id}`}</Plain>,
              what === 'ip' ? 'IP' : what,
              listed([<Plain key="b">{before}</Plain>, <Plain key="a">{`then ${after}`}</Plain>]),
            ],
          })),
        )}
      />
      <EventRows
        title="Events of the kinds that matter"
        events={notable}
        numberOf={numberOf}
        empty="None is stored in the window."
      />
    </>
  )
}
