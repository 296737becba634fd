'use client'
// Step 2: this use against what is usual for the account, and what speaks for and against a benign VPN. "First time" is a word, not a colour.
import Link from 'next/link'
import { FactsStrip, type Fact } from '@/components/patterns/facts-strip'
import { When } from '@/components/patterns/when'
import { formatCount, formatNumber } from '@/components/signals/signal-words'
import type { LegitimacyStep } from '@/lib/runbook/contract/steps'
import { suppressionHref } from '@/components/suppressions/suppression-search'
import { BaselineStrips } from './baseline-strips'
import { BaselineTable } from './baseline-table'
import { ContributionBars } from './contribution-bars'
import { HourGrid } from './hour-grid'
import { StepCard, type CardProps } from './step-card'

/** With fewer events there is no "usual" to compare with, and nothing is drawn. */
const MIN_HISTORY = 5

export function LegitimacyCard({ step, ...card }: CardProps<LegitimacyStep>) {
  const hasHistory = step.historyEvents >= MIN_HISTORY
  const bars = <ContributionBars likelihood={step.likelihood} />
  const tooLittle = (
    <p className="text-ink-muted">
      Not enough history to say what is usual: {formatCount(step.historyEvents, 'event')} before this one.
    </p>
  )
  return (
    <StepCard
      {...card}
      step={step}
      note={step.suppressions.length === 0 ? 'No suppression covered it then.' : undefined}
      facts={<FactsStrip label="What is known about this use" facts={factsOf(step)} />}
      drawing={
        <div className="grid items-start gap-x-7 gap-y-4 min-column:grid-cols-[minmax(0,1fr)_19.5rem]">
          {hasHistory ? (
            <div className="min-w-0">
              <BaselineStrips dimensions={step.dimensions} />
              {step.hours && <HourGrid hours={step.hours} />}
            </div>
          ) : (
            tooLittle
          )}
          {bars}
        </div>
      }
      table={
        <div className="grid gap-4">
          {hasHistory ? <BaselineTable step={step} /> : tooLittle}
          {bars}
        </div>
      }
    />
  )
}

function factsOf(step: LegitimacyStep): Fact[] {
  const { colleagues, factor, operator, suppressions } = step
  return [
    {
      label: 'History',
      value: `${formatCount(step.historyEvents, 'event')} on ${formatCount(step.historyDays, 'day')}`,
    },
    { label: 'Device', value: <DeviceFact device={step.device} /> },
    {
      label: 'Signed in with',
      value: factor ? (
        <bdi className="line-clamp-2 break-all">
          {factor.name}
          {factor.isPhishingResistant && ', phishing resistant'}
        </bdi>
      ) : (
        'not given'
      ),
    },
    {
      label: 'VPN operator',
      value: operator ? (
        <bdi className="line-clamp-2 break-all">
          {operator.name}, says {operator.source}
        </bdi>
      ) : (
        'none known'
      ),
    },
    {
      label: 'Colleagues on it',
      value: colleagues
        ? `${colleagues.isCapped ? 'at least ' : ''}${formatNumber(colleagues.people)} of ${formatNumber(colleagues.of)} on ${colleagues.network}`
        : 'not known',
    },
    ...suppressions.map(({ id, reference, label, endsAt }) => ({
      label: `Suppression ${reference}`,
      value: (
        <>
          <Link href={suppressionHref(id)} prefetch={false}>
            <bdi className="line-clamp-2 break-all">{label}</bdi>
          </Link>
          , to <When at={endsAt} mode="day" />
        </>
      ),
    })),
  ]
}

function DeviceFact({ device }: { device: LegitimacyStep['device'] }) {
  if (!device.isNamed) return 'not named by Okta'
  const managed = device.isManaged === null ? '' : device.isManaged ? ', managed' : ', not managed'
  if (!device.isKnown || !device.firstAt) return `first time${managed}`
  return (
    <>
      known since <When at={device.firstAt} mode="day" />
      {managed}
      {device.networks.length > 0 && (
        <bdi className="block text-12 text-ink-muted">on {device.networks.join(', ')}</bdi>
      )}
    </>
  )
}
