// The layer rules as code. `npm run check` also fails when fewer modules were cruised than the project has.

/** Left never imports right. */
const LAYERS = [
  'kernel',
  'db',
  'audit',
  'auth',
  'http',
  'okta',
  'intel',
  'detections',
  'suppressions',
  'signals',
  'runbook',
  'timeline',
  'responses',
  'notifications',
  'pipeline',
]
const SLICES = LAYERS.slice(LAYERS.indexOf('okta'))
const TEST = '\\.test\\.tsx?$'
const TESTING = '^(lib/(?!scripts/)|components/).*/testing/'
const PRIVATE = '(store|gateway)(\\.ts$|/)'

const slicesInOrder = LAYERS.slice(0, -1).map((layer, index) => ({
  name: `${layer}-never-imports-right`,
  comment: `lib/${layer} may use only what stands left of it: ${LAYERS.slice(0, index).join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: `^lib/${layer}/`, pathNot: [TEST, TESTING] },
  to: { path: `^lib/(${LAYERS.slice(index + 1).join('|')})/` },
}))

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\.css$' } },
    {
      name: 'declared',
      comment: 'Every package that is imported stands in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    ...slicesInOrder,
    {
      name: 'lib-knows-no-screen',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components|e2e)/' },
    },
    {
      name: 'entry-points-are-tops',
      comment: 'Nothing that is served or tested as a slice imports an entry point, a benchmark or the simulator.',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: ['^lib/(scripts|bench|simulator)/', TEST] },
      to: { path: '^lib/(scripts|bench|simulator)/' },
    },
    {
      name: 'simulator-knows-only-okta-model',
      comment: 'A simulator that shared code with the client would share its mistakes.',
      severity: 'error',
      from: { path: '^lib/simulator/', pathNot: TEST },
      to: { path: '^lib/', pathNot: ['^lib/simulator/', '^lib/okta/model\\.ts$', '^lib/kernel/'] },
    },
    {
      name: 'test-support-only-in-tests',
      severity: 'error',
      from: { pathNot: [TEST, '^lib/db/testing/', '^vitest\\.config\\.ts$', '^(e2e|lib/bench)/'] },
      to: { path: '^lib/db/testing/' },
    },
    {
      name: 'database-only-in-stores',
      comment: 'Prisma and pg belong to store files, lib/db and lib/auth.',
      severity: 'error',
      from: {
        path: '^(app|components|lib)/',
        pathNot: ['^lib/(db|auth|bench|scripts)/', '^lib/[^/]+/store(\\.ts$|/)', TEST],
      },
      to: { path: ['node_modules/(pg|pg-copy-streams|prisma|@prisma/[^/]+)/', '^lib/db/generated/'] },
    },
    {
      name: 'stores-and-gateways-are-private',
      comment: 'A slice is used through its services. Only pipeline composes stores.',
      severity: 'error',
      from: { path: '^lib/([^/]+)/', pathNot: ['^lib/(pipeline|bench)/', TEST] },
      to: { path: `^lib/[^/]+/${PRIVATE}`, pathNot: '^lib/$1/' },
    },
    {
      name: 'pipeline-uses-no-foreign-gateway-but-okta',
      severity: 'error',
      from: { path: '^lib/pipeline/', pathNot: TEST },
      to: { path: '^lib/(?!okta/|pipeline/)[^/]+/gateway(\\.ts$|/)' },
    },
    {
      name: 'app-calls-services',
      severity: 'error',
      from: { path: '^(app/|proxy\\.ts$|instrumentation)', pathNot: TEST },
      to: { path: [`^lib/[^/]+/${PRIVATE}`, '^lib/db/'] },
    },
    {
      name: 'browser-sees-model-core-contract-client',
      severity: 'error',
      from: { path: '^components/', pathNot: TEST },
      to: {
        path: '^lib/',
        pathNot: [
          '^lib/kernel/',
          '^lib/[^/]+/(model|contract|client)\\.ts$',
          '^lib/[^/]+/contract/',
          '^lib/[^/]+/core/',
        ],
      },
    },
    {
      name: 'browser-knows-no-process',
      severity: 'error',
      from: { path: ['^components/', '^lib/[^/]+/(contract|client)(\\.ts$|/)'], pathNot: TEST },
      to: { path: '^lib/kernel/(env|logger)\\.ts$' },
    },
    {
      name: 'client-is-browser-safe',
      severity: 'error',
      from: { path: '^lib/[^/]+/(contract|client)(\\.ts$|/)' },
      to: { path: `^lib/[^/]+/((service|store|gateway)(\\.ts$|/))` },
    },
    {
      name: 'model-and-core-are-pure',
      comment: 'They decide on what they are given: no file, network, database, service or setting.',
      severity: 'error',
      from: { path: '^lib/[^/]+/(model\\.ts$|core/)', pathNot: TEST },
      to: {
        path: [
          '^lib/kernel/(env|logger|clock)\\.ts$',
          '^lib/[^/]+/((client|service|store|gateway)(\\.ts$|/))',
          '^lib/(db|http)/',
        ],
      },
    },
    {
      name: 'core-takes-only-types-of-contracts',
      comment: 'What a core function answers may be the shape on the wire; parsing is not its business.',
      severity: 'error',
      from: { path: '^lib/[^/]+/(model\\.ts$|core/)', pathNot: TEST },
      to: { path: '^lib/[^/]+/contract(\\.ts$|/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'testing-is-for-tests',
      comment: 'Surroundings of tests may compose any slice, so nothing but tests may use them.',
      severity: 'error',
      from: { pathNot: [TEST, TESTING, '^e2e/', '^app/gallery/'] },
      to: { path: TESTING },
    },
    {
      name: 'model-and-core-use-no-node',
      comment: 'Hashing and text decoding are pure; files, network and time are not.',
      severity: 'error',
      from: { path: '^lib/[^/]+/(model\\.ts$|core/)', pathNot: TEST },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer|string_decoder)$' },
    },
    {
      name: 'ui-and-patterns-know-no-domain',
      severity: 'error',
      from: { path: '^components/(ui|patterns)/' },
      to: { path: [`^lib/(${SLICES.join('|')})/`, '^components/(?!ui/|patterns/)'] },
    },
    {
      name: 'ui-is-below-patterns',
      severity: 'error',
      from: { path: '^components/ui/', pathNot: TEST },
      to: { path: '^components/patterns/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^lib/db/generated/'] },
    exclude: { path: ['^\\.next', '^next-env'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
