// The verdict that follows from the six answers, with reasons for and against; or none, and why. Fixed rules over weights, so that it is
// the same every time. Invariant: more that speaks for malicious use never makes it more benign.
import type { EvidenceRef, Verdict } from '@/lib/signals/model'
import type { AnsweredStep, Runbook, Suggestion } from '../contract/runbook'
import { WEIGHTS, type Weight } from '../model'
import { phraseList } from './phrase'
import { phraseReason } from './phrase-reason'

/** With fewer answers any verdict is a guess. */
const NEEDED = 4
const PINNED = 5
/** What a pinned fact may hold. */
const MAX_LABEL = 500
/** Of this share of all accounts, and so many: a VPN that the company uses and not a person. */
const COMPANY_SHARE = 0.1
const COMPANY_PEOPLE = 5
/** Points of the likelihood from which on legitimate use needs no more doubt than others. */
const SOLID_POINTS = 50

type Strength = Exclude<Weight, 'none'>
type Concluded = { verdict: Verdict; strength: Strength } | { verdict: null; why: string }

/** A suggestion, or none with the reason. The steps are those of one runbook, in order. */
export function suggestVerdict(steps: Runbook['steps']): Suggestion {
  const answered = steps.filter(({ answer }) => answer !== 'cannot_tell').length
  const malicious = steps.filter((step) => levelOf(step) > 0)
  const benign = steps.filter((step) => step.speaksForBenign && levelOf(step) === 0)
  const concluded = conclude(steps, answered)
  const isBenign = concluded.verdict === 'benign_vpn' || concluded.verdict === 'benign_expected'
  const [pro, contra] = isBenign ? [benign, malicious] : [malicious, benign]
  return {
    verdict: concluded.verdict,
    strength: concluded.verdict === null ? 'none' : concluded.strength,
    because: concluded.verdict === null ? concluded.why : phraseBecause(pro, isBenign),
    reasonsFor: pro.map((step) => reasonOf(step, isBenign)),
    reasonsAgainst: contra.map((step) => reasonOf(step, !isBenign)),
    evidence: concluded.verdict === null ? [] : choosePinned(pro, isBenign),
    answered,
  }
}

function conclude(steps: Runbook['steps'], answered: number): Concluded {
  const [intel, legitimacy, ...acts] = steps
  const top = Math.max(...acts.map(levelOf))
  if (answered < NEEDED) return { verdict: null, why: phraseTooFew(steps, answered) }
  if (legitimacy.speaksForBenign && levelOf(legitimacy) === 0) return concludeBenign(steps, top)
  if (intel.speaksForBenign && levelOf(intel) === 0 && top === 0 && levelOf(legitimacy) < 2) {
    return { verdict: 'benign_expected', strength: 'possible' }
  }
  return concludeMalicious(legitimacy, acts, top, intel)
}

/** There is a legitimate explanation. Anything likely to be malicious contradicts it, and so do two things that may be. */
function concludeBenign(steps: Runbook['steps'], top: number): Concluded {
  const [intel, legitimacy, , , , accounts] = steps
  const doubts = steps.slice(2).filter((step) => levelOf(step) > 0)
  if (top >= 2 || doubts.length > 1) {
    const against = doubts.map((step) => citeReason(step, false)).join(' ')
    return {
      verdict: null,
      why: `The answers contradict each other. For legitimate use: ${citeReason(legitimacy, true)} Against it: ${against}`,
    }
  }
  // What a doubtful step answers does not count among what is needed.
  const calm = steps.filter((step) => step.answer !== 'cannot_tell' && (step === intel || levelOf(step) === 0)).length
  if (calm < NEEDED) return { verdict: null, why: phraseTooFew(steps, calm) }
  const isTool = legitimacy.operator !== null || /VPN|proxy|relay|Tor/.test(intel.networkType ?? '')
  const isCompany = accounts.shared?.kind === 'corporate_egress' || isUsedByMany(legitimacy.colleagues)
  const verdict = isTool && !isCompany ? 'benign_vpn' : 'benign_expected'
  const isSolid = doubts.length === 0 && legitimacy.likelihood.score >= SOLID_POINTS
  return { verdict, strength: isSolid ? 'likely' : 'possible' }
}

function isUsedByMany(colleagues: Runbook['steps'][1]['colleagues']): boolean {
  if (colleagues === null) return false
  return colleagues.people >= COMPANY_PEOPLE && colleagues.people >= COMPANY_SHARE * colleagues.of
}

/**
 * | what stands, and nothing explains it                                         | verdict              |
 * | ---------------------------------------------------------------------------- | -------------------- |
 * | a confirmed act, token, change or spray                                      | malicious            |
 * | a likely one, and a second step that is likely or a use that is unusual      | malicious            |
 * | anything else that speaks for it beside the listing, which all signals have  | suspicious           |
 * | the listing alone                                                            | none                 |
 */
function concludeMalicious(
  legitimacy: AnsweredStep,
  acts: readonly AnsweredStep[],
  top: number,
  intel: AnsweredStep,
): Concluded {
  const likely = [legitimacy, ...acts].filter((step) => levelOf(step) >= 2).length
  if (top === 3) return { verdict: 'malicious', strength: likely > 1 ? 'confirmed' : 'likely' }
  if (top === 2 && (likely > 1 || levelOf(legitimacy) > 0)) {
    return { verdict: 'malicious', strength: likely > 1 ? 'likely' : 'possible' }
  }
  if (top > 0 || levelOf(legitimacy) > 0) {
    return { verdict: 'suspicious_escalated', strength: likely > 0 && levelOf(intel) >= 2 ? 'likely' : 'possible' }
  }
  const open = phraseOpen([intel, legitimacy, ...acts])
  const why = 'Nothing but the listing speaks for malicious use, and nothing explains why the account came from there.'
  return { verdict: null, why: [why, open].filter(Boolean).join(' ') }
}

function levelOf({ weight }: Pick<AnsweredStep, 'weight'>): number {
  return WEIGHTS.indexOf(weight)
}

function phraseTooFew(steps: readonly AnsweredStep[], answered: number): string {
  const are = answered === 1 ? 'is' : 'are'
  return [`A verdict needs ${NEEDED} clear answers, and there ${are} ${answered}.`, phraseOpen(steps)]
    .filter(Boolean)
    .join(' ')
}

function phraseOpen(steps: readonly AnsweredStep[]): string {
  const open = steps.filter(({ answer }) => answer === 'cannot_tell').map(({ step }) => String(step))
  return open.length === 0 ? '' : `Not answered: ${open.length === 1 ? 'step' : 'steps'} ${phraseList(open, 6)}.`
}

/** E.g. `Password spray on 12 accounts before the success (step 6). Listed at the event as a brute-force source (step 1).` */
function phraseBecause(pro: readonly AnsweredStep[], isBenign: boolean): string {
  return byTelling(pro, isBenign)
    .slice(0, 3)
    .map((step) => citeReason(step, isBenign))
    .join(' ')
}

function citeReason(step: AnsweredStep, isBenign: boolean): string {
  return `${phraseReason(step, isBenign)} (step ${step.step}).`
}

function reasonOf(step: AnsweredStep, isBenign: boolean): Suggestion['reasonsFor'][number] {
  const evidence = supporting(step, isBenign).slice(0, 3)
  return { step: step.step, sentence: `${phraseReason(step, isBenign)}.`, evidence }
}

/** For malicious use: what was done, then whether it was usual, then the listing, which every signal has. For benign: what explains it. */
function byTelling(steps: readonly AnsweredStep[], isBenign: boolean): AnsweredStep[] {
  const order = isBenign ? [2, 6, 1, 3, 4, 5] : [3, 4, 5, 6, 2, 1]
  const rank = ({ step }: AnsweredStep) => order.indexOf(step)
  return steps.toSorted(
    (a, b) => levelOf(b) * Number(b.step > 1) - levelOf(a) * Number(a.step > 1) || rank(a) - rank(b),
  )
}

/** What of a step's evidence is on this side. That something is absent has nothing to show but the answer itself. */
function supporting(step: AnsweredStep, isBenign: boolean): EvidenceRef[] {
  const answer: EvidenceRef = {
    kind: 'answer',
    ref: step.assessment.id,
    step: step.step,
    label: step.sentence.slice(0, MAX_LABEL),
    at: null,
  }
  if (step.step === 2) {
    const side = step.likelihood.contributions.filter(({ points }) => (isBenign ? points > 0 : points < 0))
    const found = step.evidence.filter(({ kind, ref }) => kind === 'contribution' && side.some(({ id }) => id === ref))
    return found.length > 0 ? found : [answer]
  }
  if (!isBenign) return step.evidence.length > 0 ? step.evidence : [answer]
  const shown =
    step.step === 6 || step.step === 1
      ? step.evidence.filter(({ kind }) => kind === 'answer' || kind === 'listing')
      : []
  return shown.length > 0 ? shown : [answer]
}

/** The most telling fact of each step, then the next of each, until there are enough. Two steps may cite the same. */
function choosePinned(pro: readonly AnsweredStep[], isBenign: boolean): EvidenceRef[] {
  const facts = byTelling(pro, isBenign).map((step) => [...supporting(step, isBenign)])
  const chosen: EvidenceRef[] = []
  const isNew = ({ kind, ref }: EvidenceRef) => !chosen.some((other) => other.kind === kind && other.ref === ref)
  while (chosen.length < PINNED && facts.some((rest) => rest.some(isNew))) {
    for (const rest of facts) {
      const next = rest.find(isNew)
      if (next) chosen.push(next)
    }
  }
  return chosen.slice(0, PINNED)
}
