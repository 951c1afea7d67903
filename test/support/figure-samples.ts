/** Figures with every mark, as the analysis nodes make them, from numbers that need no simulation. */
import type { Figure, FigureMark, FigurePanel } from '../../src/kit/figure';

/** Even numbers from `from` to `to`. */
export const grid = (from: number, to: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => from + ((to - from) * i) / Math.max(1, count - 1));

/** Numbers in 0..1 that look random and are the same every time. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const time = { label: 'time', unit: 'ms' };
const rate = { label: 'rate', unit: 'Hz' };

function spikesOf(rows: readonly [number, number], events: number, seed: number) {
  const next = noise(seed);
  const x = new Float64Array(events);
  const y = new Float64Array(events);
  for (let i = 0; i < events; i++) {
    x[i] = 1000 * next();
    y[i] = Math.floor(rows[0] + (rows[1] - rows[0]) * next());
  }
  return { x, y };
}

export const rasterFigure: Figure = {
  title: 'Raster and population rate',
  caption:
    'A: spikes of 100 of 1000 excitatory and 25 of 250 inhibitory neurons in item 0. B: population rate in bins of 5 ms, band: standard error over 20 trials.',
  columns: 1,
  width: 120,
  rowHeight: 48,
  panels: [
    {
      title: 'Spikes of 125 neurons',
      x: { ...time, domain: [0, 1000] },
      y: { label: 'neuron', unit: '1' },
      marks: [
        { type: 'raster', name: 'excitatory', hue: 'excitatory', ...spikesOf([0, 100], 2400, 1) },
        { type: 'raster', name: 'inhibitory', hue: 'inhibitory', ...spikesOf([100, 125], 700, 2) },
      ],
    },
    {
      title: 'Population rate',
      x: { ...time, domain: [0, 1000] },
      y: rate,
      marks: (['excitatory', 'inhibitory'] as const).flatMap((hue, k): FigureMark[] => {
        const next = noise(5 + k);
        const x = grid(2.5, 997.5, 200);
        const y = x.map((t) => 22 + 8 * k + 5 * Math.sin(t / 90) + 6 * (next() - 0.5));
        return [
          { type: 'band', hue, name: hue, x, low: y.map((v) => v - 2.5), high: y.map((v) => v + 2.5) },
          { type: 'line', hue, name: hue, x, y },
        ];
      }),
    },
  ],
};

export const transferFigure: Figure = {
  title: 'Network activity against external input',
  caption: 'Mean over 3 trials of 1.8 s; bars: standard deviation. Line: least squares. Dashed: theory (Siegert 1951).',
  columns: 2,
  width: 180,
  rowHeight: 62,
  panels: [
    {
      title: 'Transfer curve',
      x: { label: 'external input', unit: 'threshold rate' },
      y: { label: 'firing rate', unit: 'Hz' },
      marks: [
        {
          type: 'line',
          name: 'theory',
          hue: 'theory',
          dashed: true,
          x: grid(0.8, 4, 60),
          y: grid(0.8, 4, 60).map((x) => 17 * Math.max(0, x - 0.9)),
        },
        {
          type: 'points',
          name: 'all neurons',
          hue: 'all',
          x: grid(1, 4, 7),
          y: grid(1, 4, 7).map((x) => 16 * x - 13),
          low: grid(1, 4, 7).map((x) => 16 * x - 15.5),
          high: grid(1, 4, 7).map((x) => 16 * x - 10.5),
        },
        {
          type: 'line',
          name: 'straight-line fit',
          hue: 'reference',
          x: grid(1, 4, 2),
          y: grid(1, 4, 2).map((x) => 15.9 * x - 12.8),
        },
        { type: 'text', x: Float64Array.of(0.8), y: Float64Array.of(52), text: ['R² = 0.998'] },
      ],
    },
    {
      title: 'Inter-spike intervals',
      x: { label: 'interval', unit: 'ms', scale: 'log' },
      y: { label: 'share of intervals', unit: '%' },
      marks: [
        {
          type: 'line',
          name: 'excitatory',
          hue: 'excitatory',
          steps: true,
          x: Float64Array.from({ length: 40 }, (_, i) => 10 ** (i / 13)),
          y: Float64Array.from({ length: 40 }, (_, i) => 9 * Math.exp(-(((i - 20) / 8) ** 2))),
        },
        {
          type: 'line',
          name: 'inhibitory',
          hue: 'inhibitory',
          steps: true,
          x: Float64Array.from({ length: 40 }, (_, i) => 10 ** (i / 13)),
          y: Float64Array.from({ length: 40 }, (_, i) => 7 * Math.exp(-(((i - 16) / 9) ** 2))),
        },
        { type: 'rule', axis: 'x', at: 2, name: 'refractory time' },
      ],
    },
  ],
};

const regimes = (
  label: string,
  of: (g: number, eta: number) => number,
  colours: 'sequential' | 'diverging',
): FigurePanel => {
  const gs = grid(2, 8, 13);
  const etas = grid(0.5, 4, 8);
  const pairs = [...gs].flatMap((g) => [...etas].map((eta) => [g, eta] as const));
  return {
    title: label,
    x: { label: 'g', unit: '1' },
    y: { label: 'η', unit: '1' },
    marks: [
      {
        type: 'cells',
        x: Float64Array.from(pairs, ([g]) => g),
        y: Float64Array.from(pairs, ([, eta]) => eta),
        value: Float64Array.from(pairs, ([g, eta]) => of(g, eta)),
        width: 0.5,
        height: 0.5,
        valueLabel: label.toLowerCase(),
        valueUnit: label === 'Rate' ? 'Hz' : '1',
        colours,
      },
      { type: 'rule', axis: 'x', at: 4, name: 'balance of E and I' },
      {
        type: 'text',
        x: Float64Array.of(3, 6, 6),
        y: Float64Array.of(2.5, 3.5, 1),
        text: ['SR', 'AI', 'SI'],
      },
    ],
  };
};
export const regimeFigure: Figure = {
  title: 'Regimes of the network over g and external drive',
  caption: 'Each cell is one network of 1250 neurons, simulated for 1 s. SR, AI, SI as in Brunel (2000), figure 2.',
  columns: 3,
  width: 180,
  rowHeight: 58,
  panels: [
    regimes('Rate', (g, eta) => (g < 4 ? 320 - 20 * g : (40 * eta) / g), 'sequential'),
    regimes(
      'CV of intervals',
      (g, eta) => (g > 7.4 && eta < 1 ? Number.NaN : g < 4 ? 0.1 : 0.7 + 0.05 * g - 0.03 * eta),
      'sequential',
    ),
    regimes('E/I correlation', (g, eta) => Math.tanh((g - 4.5) / 2) * (0.4 + eta / 8), 'diverging'),
  ],
};

export const verdictFigure: Figure = {
  title: 'Balance verdict',
  caption: 'Each test with its value relative to the bound; a filled dot passes, a cross fails.',
  columns: 2,
  width: 180,
  rowHeight: 55,
  panels: [
    {
      title: 'Tests of balance',
      x: { label: 'value / bound', unit: '1', domain: [0, 2] },
      y: {
        label: '',
        unit: '1',
        categories: ['drive margin', 'E/I correlation', 'CV of intervals', 'synchrony', 'linearity (R²)'],
      },
      marks: [
        { type: 'rule', axis: 'x', at: 1, name: 'bound' },
        {
          type: 'points',
          name: 'passed',
          hue: 'good',
          x: Float64Array.of(1.4, 1.1, 1.25),
          y: Float64Array.of(0, 1, 2),
        },
        { type: 'points', name: 'failed', hue: 'bad', x: Float64Array.of(0.6, 0.45), y: Float64Array.of(3, 4) },
      ],
    },
    {
      title: 'Mean rate',
      x: { label: 'population', unit: '1', categories: ['excitatory', 'inhibitory', 'all'] },
      y: rate,
      marks: [
        {
          type: 'bars',
          name: 'measured',
          hue: 'all',
          width: 0.3,
          x: Float64Array.of(-0.17, 0.83, 1.83),
          y: Float64Array.of(21, 33, 23.4),
        },
        {
          type: 'bars',
          name: 'theory',
          hue: 'theory',
          width: 0.3,
          x: Float64Array.of(0.17, 1.17, 2.17),
          y: Float64Array.of(20, 34.5, 22.9),
        },
      ],
    },
  ],
};

export const emptyFigure: Figure = {
  title: 'Nothing recorded',
  caption: 'No spikes.',
  columns: 2,
  width: 120,
  rowHeight: 40,
  panels: [
    { title: 'Rate', x: time, y: rate, marks: [] },
    {
      title: 'Gaps',
      x: time,
      y: rate,
      marks: [{ type: 'line', x: grid(0, 1, 3), y: Float64Array.of(Number.NaN, Number.NaN, Number.NaN) }],
    },
  ],
};

/** Two currents of one neuron with a gap, points by the thousand, slanted categories, negative values. */
export const mixedFigure: Figure = {
  title: 'Mixed',
  caption: 'For tests: gaps, many points, long category names, values of both signs.',
  columns: 2,
  width: 180,
  rowHeight: 55,
  panels: [
    {
      title: 'Synaptic input of neuron 17',
      x: time,
      y: { label: 'input', unit: 'mV' },
      marks: [
        {
          type: 'line',
          name: 'excitatory + external',
          hue: 'excitatory',
          x: grid(0, 400, 401),
          y: grid(0, 400, 401).map((t) => (t > 180 && t < 200 ? Number.NaN : 40 + 6 * Math.sin(t / 9))),
        },
        {
          type: 'line',
          name: 'inhibitory',
          hue: 'inhibitory',
          x: grid(0, 400, 401),
          y: grid(0, 400, 401).map((t) => -26 - 6 * Math.sin((t - 6) / 9)),
        },
        {
          type: 'line',
          name: 'net',
          hue: 'all',
          x: grid(0, 400, 401),
          y: grid(0, 400, 401).map((t) => 14 + 2 * Math.cos(t / 9)),
        },
        { type: 'rule', axis: 'y', at: 20, name: 'threshold' },
      ],
    },
    {
      title: 'Count variance against mean',
      x: { label: 'mean count', unit: '1', scale: 'log' },
      y: { label: 'variance of count', unit: '1', scale: 'log' },
      marks: [
        (() => {
          const next = noise(9);
          const x = Float64Array.from({ length: 1000 }, () => 10 ** (2.2 * next() - 0.6));
          return {
            type: 'points',
            name: 'neurons',
            hue: 'excitatory',
            x,
            y: x.map((m) => m * 0.8 * 10 ** (0.5 * (next() - 0.5))),
          };
        })(),
        {
          type: 'line',
          name: 'Poisson',
          hue: 'reference',
          dashed: true,
          x: Float64Array.of(0.25, 40),
          y: Float64Array.of(0.25, 40),
        },
      ],
    },
    {
      title: 'In-degree by population, a title that is so long that it needs two lines in its panel',
      x: {
        label: 'connection',
        unit: '1',
        categories: [
          'excitatory to excitatory',
          'excitatory to inhibitory',
          'inhibitory to excitatory',
          'inhibitory to inhibitory',
        ],
      },
      y: { label: 'in-degree', unit: 'synapses' },
      marks: [{ type: 'bars', width: 0.6, hue: 'all', x: grid(0, 3, 4), y: Float64Array.of(1002, 998, 251, 249) }],
    },
    {
      title: 'Distribution of rates',
      x: rate,
      y: { label: 'neurons', unit: '1' },
      marks: [
        {
          type: 'bars',
          width: 2,
          name: 'excitatory',
          hue: 'excitatory',
          x: grid(1, 59, 30),
          y: grid(1, 59, 30).map((r) => Math.round(90 * Math.exp(-(((r - 20) / 9) ** 2)))),
        },
        {
          type: 'bars',
          width: 2,
          name: 'inhibitory',
          hue: 'inhibitory',
          x: grid(1, 59, 30),
          y: grid(1, 59, 30).map((r) => Math.round(30 * Math.exp(-(((r - 34) / 8) ** 2)))),
        },
      ],
    },
  ],
};

export const figureSamples: Readonly<Record<string, Figure>> = {
  raster: rasterFigure,
  transfer: transferFigure,
  regimes: regimeFigure,
  verdict: verdictFigure,
  empty: emptyFigure,
  mixed: mixedFigure,
};
