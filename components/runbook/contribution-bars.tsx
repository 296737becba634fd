// The VPN likelihood as what it is: a sum of signed reasons. Bars to the right speak for legitimate use, to the left against it; the
// gauge on top shows the sum and the mark from which it suggests a benign VPN.
import { PinButton } from '@/components/signals/pin-button'
import type { Likelihood } from '@/lib/runbook/contract/steps'
import { contributionEvidence, signed } from './step-evidence'

const SUGGESTS_FROM = 30

export function ContributionBars({ likelihood }: { likelihood: Likelihood }) {
  const { score, contributions, wouldChange } = likelihood
  const most = Math.max(20, ...contributions.map(({ points }) => Math.abs(points)))
  return (
    <section aria-label="VPN likelihood" className="min-w-0 text-12">
      <h3 className="text-13">
        VPN likelihood <span>{signed(score)}</span>
      </h3>
      <p className="text-ink-muted">−100 to +100; from +{SUGGESTS_FROM} on it suggests a benign VPN</p>
      <ScoreGauge score={score} />
      {contributions.length === 0 ? (
        <p className="text-ink-muted">Nothing speaks for or against it.</p>
      ) : (
        <table className="w-full table-fixed border-separate border-spacing-0">
          <colgroup>
            <col />
            <col className="w-22" />
            <col className="w-9" />
            <col className="w-7" />
          </colgroup>
          <thead className="sr-only">
            <tr>
              <th scope="col">Reason</th>
              <th scope="col">Bar</th>
              <th scope="col">Points</th>
              <th scope="col">Evidence</th>
            </tr>
          </thead>
          <tbody>
            {contributions.map((contribution) => (
              <tr key={contribution.id} data-contribution={contribution.id}>
                <th scope="row" className="h-6.5 border-t border-hairline py-0.5 pr-2 text-left font-normal">
                  <bdi className="line-clamp-4 leading-4 break-words">{contribution.label}</bdi>
                </th>
                <td className="border-t border-hairline p-0">
                  <Bar points={contribution.points} most={most} />
                </td>
                <td className="border-t border-hairline text-right">{signed(contribution.points)}</td>
                <td className="border-t border-hairline text-right">
                  <PinButton evidence={contributionEvidence(contribution)} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="font-semibold">
              <th scope="row" colSpan={2} className="border-t border-control-border pt-1 text-left font-semibold">
                Sum
              </th>
              <td className="border-t border-control-border pt-1 text-right">{signed(score)}</td>
              <td className="border-t border-control-border" />
            </tr>
          </tfoot>
        </table>
      )}
      {wouldChange.length > 0 && (
        <ul aria-label="What would change it" className="mt-1.5 grid gap-0.5 text-ink-muted">
          {wouldChange.map((sentence) => (
            <li key={sentence}>
              <bdi>{sentence}</bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Bar({ points, most }: { points: number; most: number }) {
  const width = Math.max(1, (Math.abs(points) / most) * 42)
  return (
    <svg aria-hidden width="88" height="26" className="block">
      <path d="M44 0V26" className="stroke-control-border" />
      <rect
        x={points < 0 ? 44 - width : 44}
        y={8}
        width={width}
        height={10}
        className={points < 0 ? 'fill-ink-muted' : 'fill-benign'}
      />
    </svg>
  )
}

function ScoreGauge({ score }: { score: number }) {
  const x = (value: number) => ((value + 100) / 200) * 300 + 6
  return (
    <svg aria-hidden viewBox="0 0 312 28" className="my-1 block w-full max-w-78">
      <path d={`M${x(-100)} 10H${x(100)}`} className="stroke-hairline stroke-[4]" />
      <path d={`M${x(SUGGESTS_FROM)} 10H${x(100)}`} className="stroke-benign stroke-[4]" strokeOpacity={0.45} />
      <path d={`M${x(0)} 4V16M${x(SUGGESTS_FROM)} 4V16`} className="stroke-control-border" />
      <path d={`M${x(score)} 13l5 8h-10z`} className="fill-ink" />
      <path d={`M${x(score)} 5V15`} className="stroke-ink stroke-2" />
      {[-100, 0, SUGGESTS_FROM, 100].map((value) => (
        <text
          key={value}
          x={x(value)}
          y={27}
          textAnchor={value === -100 ? 'start' : value === 100 ? 'end' : 'middle'}
          className="fill-ink-muted text-11"
          opacity={Math.abs(value - score) < 14 ? 0 : 1}
        >
          {signed(value)}
        </text>
      ))}
    </svg>
  )
}
