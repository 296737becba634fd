// The six steps of the runbook in the analyst's words: short for rails, a question for cards.

export const STEPS = [
  { step: 1, name: 'IP intelligence', question: 'Is the IP known to be bad?' },
  { step: 2, name: 'Legitimate reason', question: 'Could this be legitimate?' },
  { step: 3, name: 'What followed', question: 'What happened afterwards?' },
  { step: 4, name: 'API token', question: 'Was an API token involved?' },
  { step: 5, name: 'Sign-in changes', question: 'Did sign-in methods change?' },
  { step: 6, name: 'Other accounts', question: 'Which other accounts used this IP?' },
] as const

export type StepNumber = (typeof STEPS)[number]['step']
