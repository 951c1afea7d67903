/**
 * What the balanced network must show, for `npm run verify`. Rates at eta = 2 over 1.2 s, the first 0.2 s left out; measured
 * by an independent C simulation of the same update rule (Brunel 2000, model A) over 6 graphs without repeated sources for the
 * first four, and over one graph with repeated sources for the others.
 */
export const tolerances = {
  /** Share of the expected rate. */
  rate: 0.06,
  /** For up to 5,000 neurons. */
  cv: 0.08,
  /** For the 12,500 of Brunel 2000. */
  cvLarge: 0.05,
  /** The references give none; ours. */
  eiCorrelation: 0.05,
  r2: 0.01,
  /** ms */
  t63: 1,
  /** The references give none; ours. */
  rampR2: 0.03,
};

export const presets = [
  { preset: 'balanced_small', rate: 67.1, cv: 0.54 },
  { preset: 'balanced_irregular', rate: 62.1, cv: 0.97 },
  { preset: 'balanced_g6', rate: 41.7, cv: 1.16 },
  { preset: 'unbalanced_seed_g3.5', rate: 152.9, cv: 0.24 },
  { preset: 'balanced_5k', rate: 46.7, cv: 0.58 },
  { preset: 'unbalanced_1_excitation', rate: 271.2, cv: 0.18 },
  { preset: 'unbalanced_2_threshold', rate: 0, cv: null },
  { preset: 'sparse_p0.01', rate: 99.8, cv: 0.21 },
  { preset: 'brunel_ai', rate: 38.0, cv: 0.42, large: true },
];

/**
 * The same with sources drawn with repeats, as all references of one graph were. `ei`: Pearson's r of the excitatory (external
 * included) and the sign-flipped inhibitory input, mean of 50 neurons. Without repeats it is higher where J = 0.6 mV: over 10
 * graphs 0.51 against 0.48 for g = 5, 0.37 against 0.35 for g = 6.
 */
export const withRepeats = [
  { preset: 'balanced_small', rate: 69.3, cv: 0.55, ei: 0.48 },
  { preset: 'balanced_irregular', rate: 64.0, cv: 1.03, ei: 0.46 },
  { preset: 'balanced_g6', rate: 44.7, cv: 1.24, ei: 0.31 },
  { preset: 'unbalanced_seed_g3.5', rate: 154.9, cv: 0.26, ei: 0.48 },
  { preset: 'balanced_5k', rate: 46.7, cv: 0.58, ei: 0.73 },
  { preset: 'unbalanced_1_excitation', rate: 271.2, cv: 0.18, ei: 0.36 },
  { preset: 'sparse_p0.01', rate: 99.8, cv: 0.21, ei: 0 },
  { preset: 'brunel_ai', rate: 38.0, cv: 0.42, ei: 0.81, large: true },
];

/**
 * Brunel 2000, figure 8, at full size: g, eta, rate and CV. At g = 4.5 the references differ (published theory 6.5 Hz and
 * simulation 5.5 Hz; an independent simulation of one graph with repeated sources 6.65 Hz), so the rate has a tolerance of
 * its own, 1.5 Hz. Twelve of our graphs give 5.2 to 6.1 Hz without repeats and 5.6 to 6.4 Hz with them.
 */
export const brunel = [
  { g: 3, eta: 2, rate: 333.5, cv: 0 },
  { g: 3.5, eta: 2, rate: 228.3, cv: 0.105 },
  { g: 3.5, eta: 2, rate: 228.3, cv: 0.105, ei: 0.82, multapses: true },
  { g: 6, eta: 4, rate: 58.8, cv: 0.774 },
  { g: 4.5, eta: 0.9, rate: 6.5, rateTolerance: 1.5, cv: 0.533 },
  { g: 4.5, eta: 0.9, rate: 6.5, rateTolerance: 1.5, cv: 0.533, multapses: true },
];

/** R2 of the straight-line fit of the rate against eta, over 0..4 and over 1..4; null: the references give none. */
export const linearity = [
  { preset: 'balanced_small', all: 0.987, fromOne: 0.997 },
  { preset: 'balanced_irregular', all: 0.991, fromOne: 0.996 },
  { preset: 'balanced_5k', all: 0.984, fromOne: 0.999 },
  { preset: 'balanced_g6', all: 0.99, fromOne: 0.995 },
  { preset: 'unbalanced_seed_g3.5', all: 0.953, fromOne: 0.951 },
  { preset: 'unbalanced_1_excitation', all: 0.682, fromOne: 0.97 },
  { preset: 'unbalanced_2_threshold', all: 0.692, fromOne: 0.822 },
  { preset: 'sparse_p0.01', all: null, fromOne: 0.982 },
];

const small = { nExc: 1000, nInh: 250, connectionProbability: 0.1, jExc: 0.4, inhExcRatio: 5 };

/**
 * External input without noise, eta = 2: irregularity made by the network itself. The references ran one graph each. For
 * g = 6 the reference CV is reached with repeated sources, as that simulation drew them, and not without.
 */
export const constantInput = [
  { what: 'constant input, balanced_small', params: { ...small }, rate: 67, cv: 0.43 },
  { what: 'constant input, balanced_irregular', params: { ...small, jExc: 0.6 }, rate: 62, cv: 0.93 },
  { what: 'constant input, balanced_g6', params: { ...small, jExc: 0.6, inhExcRatio: 6 }, rate: 40, cv: 1.26 },
  {
    what: 'constant input, balanced_g6, repeats',
    params: { ...small, jExc: 0.6, inhExcRatio: 6, multapses: true },
    rate: 40,
    cv: 1.26,
  },
  { what: 'constant input, g = 3.5', params: { ...small, inhExcRatio: 3.5 }, rate: 152, cv: 0.19 },
  { what: 'constant input, nearly uncoupled', params: { ...small, connectionProbability: 0.01 }, rate: 101, cv: 0.06 },
].map(({ params, ...rest }) => ({ ...rest, params: { ...params, externalKind: 'constant' } }));

/** Balance from sparseness: K inputs of J = 4 mV / sqrt(K), eta = 2. */
export const sparseness = [
  [10, 110, 0.46],
  [100, 67, 0.54],
  [400, 48, 0.57],
  [800, 43, 0.67],
].map(([k, rate, cv]) => ({
  what: `sparseness, K = ${k}`,
  params: { ...small, connectionProbability: k / 1000, weightScaling: '1/sqrtK', referenceInDegree: 100 },
  rate,
  cv,
}));

/** The three states: verdict, and R2 of the ramp from 0 to 3 over 700 ms (mean of 8 trials). */
export const states = [
  { state: 'balanced', verdict: /^balanced/, ramp: 0.97 },
  { state: 'excitation', verdict: /^not balanced: .*\(b\).*\(c\).*\(d\).*\(e\)/, ramp: 0.74 },
  { state: 'threshold', verdict: /^not balanced: .*\(a\).*\(e\)/, ramp: 0.31 },
];

/** Ramp from 1 to 3, balanced_small. */
export const ramp = { preset: 'balanced_small', r2: 0.98 };
/** Step from 1 to 2: time to 63 % of the change, ms, and overshoot. */
export const step = {
  presets: ['balanced_small', 'balanced_irregular', 'balanced_5k'],
  t63: 2,
  overshoot: [1.5, 2.8],
};

/** What is known of rows that lie outside, told beside them; by what is judged and its quantity. */
export const remarks = {
  'balanced_g6, repeats: E/I correlation':
    'The reference is of one graph. Seeds 1 to 20 give 0.306 to 0.415, mean 0.356; the three used here are the highest of them.',
  'constant input, balanced_g6: CV': 'The reference drew sources with repeats; the row with repeats reaches it.',
  'balanced_5k, step: overshoot':
    'The references give one range, 1.5 to 2.8, for all coupled presets; 5,000 neurons go beyond it.',
};
