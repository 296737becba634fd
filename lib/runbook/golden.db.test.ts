// What the runbook says of every scenario of the simulated org, read through the whole product: polled, matched, folded, asked in Okta.
// The answers are pinned sentence by sentence in fixtures/golden-answers.json; to look at what changed, delete that file and run this.
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { refreshDueFeeds } from '@/lib/intel/service/refresh-due-feeds'
import { commandActor } from '@/lib/kernel/actor'
import { createOktaClient } from '@/lib/okta/gateway/client'
import { askOkta } from '@/lib/okta/service/ask-okta'
import { registerOrg } from '@/lib/okta/service/register-org'
import { pollOrg } from '@/lib/pipeline/service/poll-org'
import { retroMatch } from '@/lib/pipeline/service/retro-match'
import { syncZones } from '@/lib/pipeline/service/sync-zones'
import { registerDemoFeeds } from '@/lib/scripts/register-demo-feeds'
import type { KnownAnswers } from '@/lib/simulator/core/scenario'
import { startSimulator, type Simulator } from '@/lib/simulator/service/start-simulator'
import { Runbook } from './contract/runbook'
import { lookupKeys } from './core/lookup-keys'
import { readRunbook } from './service/read-runbook'

useTestDatabase()

/** A Wednesday. */
const EPOCH = Date.parse('2026-08-05T09:13:21.456Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const GOLDEN = new URL('./fixtures/golden-answers.json', import.meta.url)

beforeAll(() => {
  // Only the clock: timers and sockets are real.
  vi.useFakeTimers({ toFake: ['Date'], now: EPOCH })
})
afterAll(() => {
  vi.useRealTimers()
})

/** One signal of a scenario with everything that was answered. */
interface Answered {
  scenario: string
  verdict: string
  answers: KnownAnswers
  who: string
  runbook: Runbook
}

/** Lives through the scenarios: feeds read for a month and hourly at the end, the log polled at the epoch, and a list that grows minutes later. */
async function answerAll(seed: number, epoch: number): Promise<Answered[]> {
  vi.setSystemTime(epoch - 30 * DAY)
  const simulator = await startSimulator({
    ...{ epoch: new Date(epoch), seed, people: 60, isLive: false, rateLimitPerMinute: 100_000 },
    clock: () => new Date(),
  })
  try {
    const orgId = `golden-${seed}`
    await registerOrg({ orgId, name: orgId, url: simulator.url, kind: 'simulated' })
    const auth = { kind: 'ssws' as const, token: simulator.apiToken }
    const client = createOktaClient({ orgUrl: simulator.url, auth, timeoutMs: 20_000, reserve: 0.25 })
    await registerDemoFeeds(orgId, simulator.url)
    await syncZones({ orgId, client }, new Date())
    for (const hoursAgo of [24 * 30, ...Array.from({ length: 31 }, (_, hour) => 30 - hour)]) {
      vi.setSystemTime(epoch - hoursAgo * HOUR)
      await refreshDueFeeds(orgId, new Date())
    }
    const poll = () => pollOrg({ orgId, client, holder: 'test', backfillDays: 90 })
    expect(await poll()).toMatchObject({ status: 'polled', isBehind: false })
    vi.setSystemTime(epoch + 7 * MINUTE)
    await refreshDueFeeds(orgId, new Date())
    await retroMatch(orgId)
    expect(await poll()).toMatchObject({ status: 'polled' })
    return await answerScenarios(simulator, orgId, client)
  } finally {
    await simulator.close()
  }
}

async function answerScenarios(simulator: Simulator, orgId: string, client: ReturnType<typeof createOktaClient>) {
  const actor = commandActor(orgId, 'test')
  const answered: Answered[] = []
  for (const { id, verdict, answers, expected } of simulator.scenarios) {
    for (const { ip, actorId } of expected) {
      const [row] = await sql().query<{ id: number; tokens: []; actor_type: string; actor_login: string }>(
        `SELECT id, tokens, actor_type, actor_login FROM signal WHERE org_id = $1 AND ip = $2::inet AND actor_id = $3`,
        [orgId, ip, actorId],
      )
      const account = { id: actorId, login: null, name: null, type: row!.actor_type }
      await askOkta(client, orgId, lookupKeys({ actor: account, tokens: row!.tokens }), new Date())
      const runbook = Runbook.parse(await readRunbook({ actor, signalId: row!.id }))
      answered.push({ scenario: id, verdict, answers, who: `${row!.actor_login} from ${ip}`, runbook })
    }
  }
  return answered
}

/** What a person reviews: every sentence, and what the answer rests on. */
function asGolden({ scenario, who, runbook: { steps, suggestion } }: Answered) {
  return {
    scenario,
    who,
    steps: Object.fromEntries(
      steps.map(({ step, answer, weight, speaksForBenign, sentence, evidence, missing, coverage }) => [
        step,
        {
          answer: `${answer}, ${weight}${speaksForBenign ? ', speaks for benign' : ''}`,
          sentence,
          evidence: evidence.map(({ label }) => label),
          missing,
          gaps: coverage.gaps.map(({ reason }) => reason),
        },
      ]),
    ),
    likelihood: Object.fromEntries(
      steps[1].likelihood.contributions.map(({ label, points }) => [label, points] as const),
    ),
    lifelines: steps[4].lifelines.map(
      ({ subject, isPresent, since, changes }) =>
        `${subject}: ${isPresent === null ? 'presence unknown' : isPresent ? 'present' : 'gone'}, since ${since ?? 'unknown'}; ${changes.map(({ what, at, by }) => `${what} ${at} by ${by}`).join(', ')}`,
    ),
    suggestion: {
      verdict: suggestion.verdict,
      strength: suggestion.strength,
      because: suggestion.because,
      for: suggestion.reasonsFor.map(({ step, sentence }) => `${step} ${sentence}`),
      against: suggestion.reasonsAgainst.map(({ step, sentence }) => `${step} ${sentence}`),
      pin: suggestion.evidence.map(({ label }) => label),
    },
  }
}

/** What the story knows: six answers and a verdict; where it says that nobody can tell, none may be suggested. */
const known = (all: readonly Answered[]) =>
  all.map(({ scenario, verdict, answers }) => [scenario, ...answers, verdict === 'cannot_tell' ? null : verdict])
const told = (all: readonly Answered[]) =>
  all.map(({ scenario, runbook: { steps, suggestion } }) => [
    scenario,
    ...steps.map(({ answer }) => answer),
    suggestion.verdict,
  ])

describe('the runbook of every scenario', () => {
  let all: Answered[]
  beforeAll(async () => {
    all = await answerAll(1, EPOCH)
  }, 180_000)

  it('answers and suggests what the story knows, and nothing where nobody can tell', () => {
    expect(told(all)).toEqual(known(all))
  })

  it('says what was reviewed by hand', () => {
    const golden = all.map(asGolden)
    if (!hasGolden()) writeFileSync(GOLDEN, `${JSON.stringify(golden, null, 2)}\n`)
    expect(golden).toEqual(JSON.parse(readFileSync(GOLDEN, 'utf8')))
  })
})

function hasGolden(): boolean {
  try {
    return readFileSync(GOLDEN).length > 0
  } catch {
    return false
  }
}

describe('other companies at other times', () => {
  afterEach(() => {
    vi.setSystemTime(EPOCH)
  })

  it.each([
    [2, '2026-01-04T02:00:00.000Z'],
    [5, '2026-10-25T23:59:59.000Z'],
  ])('seed %i at %s: the same answers and verdicts', { timeout: 180_000 }, async (seed, epoch) => {
    const all = await answerAll(seed, Date.parse(epoch))
    expect(told(all)).toEqual(known(all))
  })
})
