// Lint rules. What they say about model and core is the functional core's contract: same arguments, same result.
import next from 'eslint-config-next/core-web-vitals'
import nextTypescript from 'eslint-config-next/typescript'

const PALETTE =
  'slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose|mauve|olive|mist|taupe'
const UTILITIES =
  'bg|text|border(-[xytrblse])?|ring(-offset)?|outline|fill|stroke|from|via|to|shadow|divide|accent|caret|decoration|placeholder'
const RAW_COLOUR = `/(^|[\\s:!])(${UTILITIES})-((${PALETTE})-\\d{2,3}|black|white|\\[#)/`

const rawColour = (selector) => ({
  selector: `${selector}[value=${RAW_COLOUR}]`,
  message: 'Name a meaning, not a colour: use a token of app/globals.css.',
})
const rawColourInTemplate = {
  selector: `TemplateElement[value.raw=${RAW_COLOUR}]`,
  message: 'Name a meaning, not a colour: use a token of app/globals.css.',
}

const IMPURE = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take `now` as an argument: model and core do not ask what time it is.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Take `now` as an argument: model and core do not ask what time it is.',
  },
  { selector: "CallExpression[callee.name='Date']", message: 'Take `now` as an argument.' },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Take what is random as an argument: model and core are deterministic.',
  },
  {
    selector: "MemberExpression[object.name='process']",
    message: 'Take settings as arguments: model and core do not know the process they run in.',
  },
  { selector: ':function[async=true]', message: 'Model and core are synchronous: load first, then decide.' },
  { selector: 'AwaitExpression', message: 'Model and core are synchronous: load first, then decide.' },
  {
    selector: 'ThrowStatement',
    message: 'Return the outcome as a union; for what cannot happen call invariant().',
  },
]

const config = [
  {
    ignores: [
      '.next/**',
      'node_modules/**',
      '.data/**',
      'lib/db/generated/**',
      'next-env.d.ts',
      'test-results/**',
      'playwright-report/**',
    ],
  },
  ...next,
  ...nextTypescript,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', 'ts-check': false },
      ],
      'import/no-anonymous-default-export': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'prefer-const': 'error',
      // The table and the virtual list are built on values that the compiler cannot memoise; they opt out by themselves.
      'react-hooks/incompatible-library': 'off',
    },
  },
  {
    files: ['app/**', 'components/**'],
    rules: { 'no-restricted-syntax': ['error', rawColour('Literal'), rawColourInTemplate] },
  },
  {
    files: ['lib/*/model.ts', 'lib/*/core/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...IMPURE] },
  },
  {
    // Here `use` in a name is no React hook.
    files: ['lib/**/*.ts', 'app/**/*.test.ts', 'e2e/**'],
    ignores: ['lib/*/client.ts'],
    rules: { 'react-hooks/rules-of-hooks': 'off' },
  },
  {
    // Entry points at the command line talk to the person there.
    files: ['lib/scripts/**', 'lib/bench/**', 'lib/db/schema-engine.mjs', '.dependency-cruiser.cjs', 'e2e/**'],
    rules: { 'no-console': 'off', '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // Playwright wants the first argument of a fixture destructured, even when it is not used.
    files: ['e2e/**'],
    rules: { 'no-empty-pattern': 'off' },
  },
]

export default config
