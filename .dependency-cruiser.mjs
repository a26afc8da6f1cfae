/** The import rules of the house (ARCHITECTURE.md, "Floors"), as a check that fails. */

const SRC = '^packages/stellwerk/src/'
const ROOM = '^packages/control-room/src/'
const TEST_CODE = '([.]test[.]tsx?$|/conformance/)'

/** From the ground up; a floor may import itself and the floors before it. */
const FLOORS = ['std', 'domain', 'storage', 'operations', 'client', 'engine', 'workers', 'http', 'app', 'cli']

/** Tests stand above all floors: they may wire what they test. */
const floorRules = FLOORS.slice(0, -1).map((floor, index) => ({
  name: `floor-${floor}`,
  severity: 'error',
  comment: `${floor}/ imports only itself and the floors below it: ${FLOORS.slice(0, index).join(', ') || 'none'}.`,
  from: { path: `${SRC}${floor}/`, pathNot: TEST_CODE },
  to: { path: `${SRC}(${FLOORS.slice(index + 1).join('|')}|testing)/` },
}))

export default {
  forbidden: [
    ...floorRules,
    {
      name: 'floor-cli',
      severity: 'error',
      comment: 'cli/ is the top floor; the annex testing/ is for users and tests.',
      from: { path: `${SRC}cli/`, pathNot: TEST_CODE },
      to: { path: `${SRC}testing/` },
    },
    {
      name: 'known-floors',
      severity: 'error',
      comment: `Code lives on a floor (${FLOORS.join(', ')}), in testing/, or is an entrance beside index.ts.`,
      from: {},
      to: { path: SRC, pathNot: `${SRC}((${FLOORS.join('|')}|testing)/|[^/]+[.]ts$)` },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'domain/ imports only std/ and itself: no platform, no package.',
      from: { path: `${SRC}domain/`, pathNot: TEST_CODE },
      to: { pathNot: `${SRC}(std|domain)/` },
    },
    {
      name: 'testing-not-to-cli',
      severity: 'error',
      comment: 'The annex testing/ may import anything but cli/.',
      from: { path: `${SRC}testing/` },
      to: { path: `${SRC}cli/` },
    },
    {
      name: 'drivers-apart',
      severity: 'error',
      comment: 'Drivers never import each other; what they share lives in storage/ or storage/sql/.',
      from: { path: `${SRC}storage/(sqlite|postgres)/` },
      to: { path: `${SRC}storage/(sqlite|postgres)/`, pathNot: `${SRC}storage/$1/` },
    },
    {
      name: 'drivers-by-injection',
      severity: 'error',
      comment: 'Only app/, testing/ and the entrances choose a driver; everybody else gets the port.',
      from: { path: SRC, pathNot: `(${SRC}(storage/(sqlite|postgres)|app|testing)/|${SRC}[^/]+[.]ts$|${TEST_CODE})` },
      to: { path: `${SRC}storage/(sqlite|postgres)/` },
    },
    {
      name: 'no-import-of-entrances',
      severity: 'error',
      comment: 'Floors never import an entrance: import the file that has the thing.',
      from: { path: `${SRC}[^/]+/`, pathNot: TEST_CODE },
      to: { path: `${SRC}[^/]+[.]ts$` },
    },
    {
      name: 'room-knows-shapes-only',
      severity: 'error',
      comment: 'The control room takes types from http/schemas and nothing else of the package.',
      from: { path: ROOM, pathNot: TEST_CODE },
      to: { path: SRC, pathNot: `${SRC}http/schemas/` },
    },
    {
      name: 'room-takes-types-only',
      severity: 'error',
      comment: 'What the control room takes from http/schemas leaves no code in the browser.',
      from: { path: ROOM, pathNot: TEST_CODE },
      to: { path: `${SRC}http/schemas/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'room-runs-in-browsers',
      severity: 'error',
      comment: 'Browsers have no modules of Node.',
      from: { path: ROOM, pathNot: TEST_CODE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'package-without-room',
      severity: 'error',
      comment: 'The package gets the control room as built files.',
      from: { path: SRC },
      to: { path: ROOM },
    },
    {
      name: 'no-import-of-index',
      severity: 'error',
      comment: 'Nothing imports an index.ts: no barrels.',
      from: {},
      to: { path: '^packages/.*/index[.][cm]?[jt]sx?$', pathNot: 'node_modules' },
    },
    {
      name: 'not-to-tests',
      severity: 'error',
      comment: 'Product code never imports test code.',
      from: { path: SRC, pathNot: TEST_CODE },
      to: { path: `(${TEST_CODE}|^packages/stellwerk/test/)` },
    },
    {
      name: 'not-to-dev-dependency',
      severity: 'error',
      comment: 'Product code runs with dependencies and peers only.',
      // The door to a library that the build puts into the package.
      from: { path: SRC, pathNot: [TEST_CODE, '^packages/stellwerk/src/storage/sql/kysely[.]ts$'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'npm-peer', 'npm-optional', 'type-only'] },
    },
    {
      name: 'not-to-undeclared-package',
      severity: 'error',
      comment: 'Every package that is imported stands in a package.json.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'] },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      comment: 'An import leads somewhere.',
      from: {},
      // Written by the build.
      to: { couldNotResolve: true, pathNot: 'assets[.]generated[.]js$' },
    },
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'No circles, types included.',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'packages/stellwerk/tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'],
    },
  },
}
