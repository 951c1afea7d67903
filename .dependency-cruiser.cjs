/**
 * Which way imports point (docs/architecture.md). Each rule names what a folder may import; anything else is refused.
 * A test plants a forbidden import and expects a rule to fire.
 */
const only = (from, allowed, extra = {}) => ({
  name: `${from.replace(/\W+/g, '-').replace(/^-|-$/g, '')}-imports`,
  severity: 'error',
  comment: `${from} may import only ${allowed.join(', ') || 'nothing of ours'}.`,
  from: { path: `^${from}`, ...extra },
  to: { path: '^(src|nodes)/', pathNot: [from, ...allowed].map((folder) => `^${folder}`) },
});

const computeFile = '\\.compute\\.ts$|^nodes/[^/]+/shared/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(url|raw|worker)$' },
    },
    only('src/core/', []),
    only('src/kit/', ['src/core/']),
    only('src/document/', ['src/core/', 'src/kit/']),
    only('src/cache/', ['src/core/', 'src/kit/']),
    only('src/data/', ['src/core/', 'src/kit/', 'src/figure/']),
    only('src/analysis/', ['src/core/', 'src/kit/']),
    only('src/figure/', ['src/core/', 'src/kit/']),
    only('src/tensor/', ['src/core/', 'src/kit/']),
    only('src/kernels/', ['src/core/', 'src/kit/', 'src/tensor/']),
    only('src/learn/', ['src/core/', 'src/kit/', 'src/tensor/', 'src/kernels/']),
    only('src/library/', ['src/core/', 'src/document/']),
    only('src/graph/', ['src/core/', 'src/kit/', 'src/document/', 'src/scheduler/protocol']),
    only('src/scheduler/protocol', ['src/core/', 'src/kit/']),
    only('src/scheduler/client', ['src/core/', 'src/kit/', 'src/scheduler/protocol']),
    only(
      'src/scheduler/',
      [
        'src/core/',
        'src/kit/',
        'src/graph/',
        'src/analysis/',
        'src/tensor/',
        'src/kernels/',
        'src/learn/',
        'src/data/',
        'src/cache/',
      ],
      { pathNot: '^src/scheduler/(worker|client)\\.ts$' },
    ),
    only('src/editor/', [
      'src/core/',
      'src/kit/',
      'src/document/',
      'src/graph/',
      'src/library/',
      'src/scheduler/(client|protocol)',
    ]),
    only('src/panels/', [
      'src/figure/',
      'src/core/',
      'src/kit/',
      'src/document/',
      'src/graph/',
      'src/editor/',
      'src/scheduler/(client|protocol)',
    ]),
    only('src/canvas/', [
      'src/core/',
      'src/kit/',
      'src/document/',
      'src/graph/',
      'src/editor/',
      'src/panels/',
      'src/scheduler/(client|protocol)',
    ]),
    only('src/cli/', [
      'src/core/',
      'src/kit/',
      'src/document/',
      'src/graph/',
      'src/scheduler/',
      'src/data/',
      'src/cache/',
      'nodes/index\\.ts',
    ]),
    only('nodes/', ['src/core/', 'src/kit/'], { pathNot: computeFile }),
    {
      name: 'compute-files-import',
      severity: 'error',
      from: { path: '^nodes/.*\\.compute\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(core|kit|analysis|tensor|kernels|learn|data)/' },
    },
    {
      name: 'tfjs-only-in-tensor',
      severity: 'error',
      comment: 'The tensor library has one door: src/tensor.',
      from: { path: '^(src|nodes)/', pathNot: '^src/tensor/' },
      to: { path: '@tensorflow/' },
    },
    {
      name: 'no-react-in-engine',
      severity: 'error',
      from: { path: '^(src/(core|kit|document|graph|scheduler|tensor|kernels|learn|data|cache|library|cli)|nodes)/' },
      to: { path: 'node_modules/(react|react-dom|@mantine|@xyflow)' },
    },
    {
      name: 'catalogue-only-at-the-ends',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app|cli|tools)/|^src/scheduler/worker\\.ts$' },
      to: { path: '^nodes/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(css|wasm)$|\\.as\\.ts$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
