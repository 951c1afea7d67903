import { describe, expect, it } from 'vitest';
import { decodeClasses } from '../../../src/analysis/class-decoder';
import { bitsOf, chanceAccuracy, confusionOf, shuffledBits } from '../../../src/analysis/confusion';
import { dPrime, dPrimeSquared, rootMeanSquare, twoSamples } from '../../../src/analysis/discriminability';
import { linearFisher, mostUnits, unitSquares } from '../../../src/analysis/fisher-information';
import { drawFolds, foldCount, splitFold } from '../../../src/analysis/folds';
import { gaussianBits, gaussianBound } from '../../../src/analysis/gaussian-bound';
import { foldGroups } from '../../../src/analysis/grouped-items';
import { drawBlocks, jackknifeInterval } from '../../../src/analysis/jackknife';
import { principalComponents } from '../../../src/analysis/principal-components';
import { ledoitWolf, solveShrunk } from '../../../src/analysis/shrunk-covariance';
import { studentPoint } from '../../../src/analysis/student';
import { choleskyOf, gramOf, solveRows } from '../../../src/analysis/symmetric';
import { gauss } from '../../support/gaussian-clouds';

const rest = () => undefined;
const range = (n: number, from = 0) => Array.from({ length: n }, (_, k) => from + k);

describe('symmetric systems', () => {
  it('are solved: A = [[4, 2], [2, 3]], b = (8, 7) gives x = (1.25, 1.5)', async () => {
    const factor = await choleskyOf(Float64Array.of(4, 2, 2, 3), 2, rest);
    if (!factor) throw new Error('It is positive definite.');
    const b = Float64Array.of(8, 7, 4, 2);
    await solveRows(factor, 2, b, 2, rest);
    expect(Array.from(b)).toEqual([1.25, 1.5, 1, 0].map((value) => expect.closeTo(value, 12)));
  });
  it('are refused when singular', async () => {
    expect(await choleskyOf(Float64Array.of(1, 1, 1, 1), 2, rest)).toBeNull();
  });
  it('have the Gram matrix of any number of rows', async () => {
    const x = Float64Array.from({ length: 7 * 3 }, (_, k) => gauss(0, k));
    const gram = await gramOf(x, 7, 3, rest);
    for (const [i, j] of [
      [0, 0],
      [1, 2],
      [2, 1],
    ] as const) {
      const sum = range(7).reduce((all, row) => all + (x[row * 3 + i] as number) * (x[row * 3 + j] as number), 0);
      expect(gram[i * 3 + j]).toBeCloseTo(sum, 12);
    }
  });
});

describe('shrunk covariance', () => {
  it('gives the same weights for few and many features: both forms solve one equation', async () => {
    for (const [rows, columns] of [
      [6, 9],
      [9, 6],
    ] as const) {
      const x = Float64Array.from({ length: rows * columns }, (_, k) => gauss(1, k));
      const right = Float64Array.from({ length: 2 * columns }, (_, k) => gauss(2, k));
      const { weights, shrinkage } = await solveShrunk(x, rows, columns, right, 2, 'auto', rest);
      const gram = await gramOf(x, rows, columns, rest);
      const trace = range(columns).reduce((sum, i) => sum + (gram[i * columns + i] as number), 0) / rows / columns;
      for (let r = 0; r < 2; r++) {
        for (let i = 0; i < columns; i++) {
          let product = shrinkage * trace * (weights[r * columns + i] as number);
          for (let j = 0; j < columns; j++) {
            product +=
              ((1 - shrinkage) / rows) * (gram[i * columns + j] as number) * (weights[r * columns + j] as number);
          }
          expect(product).toBeCloseTo(right[r * columns + i] as number, 9);
        }
      }
    }
  });
  it("is Ledoit and Wolf's share: distance of x x^T from S over that of S from v I, by definition", async () => {
    const [n, p] = [12, 5];
    const x = Float64Array.from({ length: n * p }, (_, k) => gauss(9, k) * (1 + (k % p)));
    const at = (i: number, j: number) => x[i * p + j] as number;
    const s = (j: number, k: number) => range(n).reduce((sum, i) => sum + at(i, j) * at(i, k), 0) / n;
    const v = range(p).reduce((sum, j) => sum + s(j, j), 0) / p;
    let [error, distance] = [0, 0];
    for (const j of range(p)) {
      for (const k of range(p)) {
        distance += (s(j, k) - (j === k ? v : 0)) ** 2;
        for (const i of range(n)) error += (at(i, j) * at(i, k) - s(j, k)) ** 2 / n ** 2;
      }
    }
    expect(error / distance).toBeLessThan(1);
    expect(ledoitWolf(x, n, p, await gramOf(x, n, p, rest))).toBeCloseTo(error / distance, 12);
  });
  it('is near 1 for unstructured noise and near 0 for strong structure in many items', async () => {
    const share = async (value: (row: number, column: number) => number) => {
      const x = Float64Array.from({ length: 400 * 20 }, (_, k) => value(Math.floor(k / 20), k % 20));
      return ledoitWolf(x, 400, 20, await gramOf(x, 400, 20, rest));
    };
    expect(await share((row, column) => gauss(3, row * 20 + column))).toBeGreaterThan(0.8);
    expect(await share((row, column) => 5 * gauss(4, row) + gauss(3, row * 20 + column))).toBeLessThan(0.05);
  });
});

describe('principal components', () => {
  it('are the axes of an ellipsoid, in order, with its variances', async () => {
    const n = 2000;
    // Variances 9, 4 and 0.25 along (1, 1, 0), (1, -1, 0) and the third axis.
    const x = new Float64Array(n * 3);
    for (let i = 0; i < n; i++) {
      const [a, b, c] = [3 * gauss(5, 3 * i), 2 * gauss(5, 3 * i + 1), 0.5 * gauss(5, 3 * i + 2)];
      x.set([(a + b) / Math.SQRT2, (a - b) / Math.SQRT2, c], 3 * i);
    }
    const { directions, variances } = await principalComponents(x, n, 3, 2, 1, rest);
    expect(variances).toHaveLength(2);
    expect(Math.abs((variances[0] as number) / 9 - 1)).toBeLessThan(0.1);
    expect(Math.abs((variances[1] as number) / 4 - 1)).toBeLessThan(0.1);
    expect(Math.abs((directions[0] as number) + (directions[1] as number)) / Math.SQRT2).toBeGreaterThan(0.995);
    expect(Math.abs((directions[3] as number) - (directions[4] as number)) / Math.SQRT2).toBeGreaterThan(0.995);
  });
  it('stop where the data end', async () => {
    const x = Float64Array.from({ length: 10 * 4 }, (_, k) => (k % 4 === 1 ? gauss(6, k) : 0));
    expect((await principalComponents(x, 10, 4, 3, 1, rest)).variances).toHaveLength(1);
    expect((await principalComponents(new Float64Array(8), 2, 4, 3, 1, rest)).variances).toHaveLength(0);
  });
});

describe('folds', () => {
  const classes = range(60).map((k) => k % 3);
  const groups = range(60).map((k) => Math.floor(k / 6) * 3 + (k % 3));
  it('keep groups together, spread classes evenly and hold every item out once', () => {
    const folds = drawFolds(groups, classes, 5, 1);
    expect(foldCount(folds)).toBe(5);
    const where = new Map<number, number>();
    folds.forEach((fold, k) => {
      expect(where.get(groups[k] as number) ?? fold).toBe(fold);
      where.set(groups[k] as number, fold);
    });
    for (let fold = 0; fold < 5; fold++) {
      const { held, train } = splitFold(folds, fold);
      expect(held.length + train.length).toBe(60);
      const counts = [0, 1, 2].map((c) => held.filter((k) => classes[k] === c).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
    }
  });
  it('follow the seed', () => {
    expect(drawFolds(groups, classes, 5, 1)).toEqual(drawFolds(groups, classes, 5, 1));
    expect(drawFolds(groups, classes, 5, 2)).not.toEqual(drawFolds(groups, classes, 5, 1));
  });
  it('hold trials out one by one only where each class is one stimulus', () => {
    expect(Array.from(foldGroups([7, 7, 8, 8], [0, 0, 1, 1]))).toEqual([0, 1, 2, 3]);
    expect(Array.from(foldGroups([7, 7, 8, 8, 9], [0, 0, 1, 1, 1]))).toEqual([7, 7, 8, 8, 9]);
  });
});

describe('class decoder', () => {
  it('reaches the best accuracy of Gaussian clouds: Phi(d / 2) = 0.841 and d = 2 along its axis', async () => {
    const n = 2000;
    const classes = range(n).map((k) => k % 2);
    const data = Float64Array.from({ length: n * 2 }, (_, k) => {
      const item = Math.floor(k / 2);
      // Correlated noise; the difference (1, 1) has d'^2 = 2 / (1 - 0.5) = 4 with correlation -0.5.
      const [a, b] = [gauss(7, 2 * item), gauss(7, 2 * item + 1)];
      const noise = k % 2 === 0 ? a : -0.5 * a + Math.sqrt(0.75) * b;
      return noise + (item % 2);
    });
    const folds = drawFolds(range(n), classes, 5, 1);
    const { predicted, axis } = await decodeClasses({ data, width: 2 }, classes, 2, folds, 'auto', rest);
    const right = predicted.filter((value, k) => value === classes[k]).length / n;
    // Standard error 0.008.
    expect(Math.abs(right - 0.8413)).toBeLessThan(0.025);
    const d = dPrime(twoSamples(axis as Float64Array, (k) => classes[k] as 0 | 1));
    expect(Math.abs(d - 2)).toBeLessThan(0.15);
  });
  it('tells unequal shares of classes from their means', async () => {
    const n = 1000;
    const classes = range(n).map((k) => (k % 10 === 0 ? 1 : 0));
    const data = Float64Array.from(range(n), (k) => gauss(8, k));
    const folds = drawFolds(range(n), classes, 5, 1);
    const { predicted } = await decodeClasses({ data, width: 1 }, classes, 2, folds, 'auto', rest);
    expect(predicted.filter((value) => value === 0).length).toBe(n);
  });
});

describe('bits of a confusion matrix', () => {
  it('are log2 of the classes for a perfect decoder and 1 - H(0.1) for a noisy one of two', () => {
    const classes = range(400).map((k) => k % 4);
    expect(bitsOf(confusionOf(classes, classes, 4), 4)).toBeCloseTo(2, 12);
    const entropy = -(0.1 * Math.log2(0.1) + 0.9 * Math.log2(0.9));
    expect(bitsOf(Float64Array.of(90, 10, 10, 90), 2)).toBeCloseTo(1 - entropy, 12);
    expect(bitsOf(new Float64Array(4), 2)).toBe(0);
  });
  it('of chance have the bias (k - 1)^2 / (2 n ln 2), which shuffling finds', async () => {
    const truth = range(500).map((k) => k % 5);
    const decoded = range(500).map((k) => Math.floor((k * 7) / 5) % 5);
    const expected = 16 / (2 * 500 * Math.LN2);
    expect(Math.abs((await shuffledBits(truth, decoded, 5, 400, 1, rest)) / expected - 1)).toBeLessThan(0.1);
    expect(chanceAccuracy(truth, decoded, 5)).toBeCloseTo(0.2, 2);
  });
});

describe("d'", () => {
  it('by hand: 0, 2 against 3, 5 is 3 / sqrt 2', () => {
    const samples = twoSamples([0, 2, 3, 5, 99], (k) => (k < 2 ? 0 : k < 4 ? 1 : null));
    expect(dPrime(samples)).toBeCloseTo(3 / Math.SQRT2, 12);
  });
  it('squared has no bias: 1.5 in 6 trials against 8, 0 without a difference', () => {
    for (const truth of [0, 1.5]) {
      const repeats = 6000;
      const found = range(repeats).map((r) => {
        const values = range(14).map((k) => gauss(20 + r, k) + (k < 6 ? 0 : Math.sqrt(truth)));
        return dPrimeSquared(twoSamples(values, (k) => (k < 6 ? 0 : 1)));
      });
      const mean = found.reduce((sum, value) => sum + value, 0) / repeats;
      const sd = Math.sqrt(found.reduce((sum, value) => sum + (value - mean) ** 2, 0) / repeats);
      expect(Math.abs(mean - truth)).toBeLessThan((3.5 * sd) / Math.sqrt(repeats));
    }
  });
  it('is not defined without variance or trials', () => {
    expect(dPrimeSquared(twoSamples([1, 1, 1, 2, 2, 2], (k) => (k < 3 ? 0 : 1)))).toBeNaN();
    expect(dPrimeSquared(twoSamples([1, 2, 3], (k) => (k < 1 ? 0 : 1)))).toBeNaN();
    expect(rootMeanSquare([Number.NaN])).toBeNaN();
    expect(rootMeanSquare([4, Number.NaN, -1])).toBeCloseTo(Math.sqrt(1.5), 12);
  });
});

describe('linear Fisher information', () => {
  const trials = 15;
  const step = 0.5;
  /** Three units, noise of variance 1 and correlation r, derivative (2, 2, sign 2). */
  const draw = (stream: number, r: number, sign: number) => {
    const data = new Float64Array(2 * trials * 3);
    for (let t = 0; t < 2 * trials; t++) {
      const shared = Math.sqrt(r) * gauss(stream, 4 * t);
      const signal = t < trials ? 0 : 2 * step;
      for (let u = 0; u < 3; u++) {
        const own = Math.sqrt(1 - r) * gauss(stream, 4 * t + 1 + u);
        data[3 * t + u] = shared + own + (u === 2 ? sign * signal : signal);
      }
    }
    return { data, width: 3 };
  };
  const [first, second] = [range(trials), range(trials, trials)];
  const moments = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { mean, sd: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
  };
  // f'^T C^-1 f' with C = (1 - r) I + r 1 1^T: (|f'|^2 - r (sum f')^2 / (1 + 2 r)) / (1 - r).
  const truth = (r: number, sign: number) => (12 - (r * (4 + 2 * sign) ** 2) / (1 + 2 * r)) / (1 - r);

  it.each([
    [0.5, 1],
    [0.5, -1],
    [0, 1],
  ])('is found without bias from 15 trials, correlation %d, sign %d, and its interval holds it', async (r, sign) => {
    const repeats = 1500;
    const [found, shuffled]: [number[], number[]] = [[], []];
    let held = 0;
    for (let k = 0; k < repeats; k++) {
      const features = draw(10_000 + k, r, sign);
      const result = await linearFisher(features, first, second, [0, 1, 2], step, rest);
      if (!result?.interval) throw new Error('Enough trials.');
      found.push(result.value);
      if (result.interval[0] <= truth(r, sign) && truth(r, sign) <= result.interval[1]) held++;
      shuffled.push(unitSquares(features, first, second).reduce((sum, value) => sum + value, 0) / step ** 2);
    }
    const { mean, sd } = moments(found);
    expect(Math.abs(mean - truth(r, sign))).toBeLessThan((3.5 * sd) / Math.sqrt(repeats));
    expect(held / repeats).toBeGreaterThan(0.9);
    expect(held / repeats).toBeLessThan(0.98);
    // Without correlations 12, whatever they are: they lower the information of equal signs and raise that of unequal.
    const alone = moments(shuffled);
    expect(Math.abs(alone.mean - 12)).toBeLessThan((3.5 * alone.sd) / Math.sqrt(repeats));
    if (r > 0) expect(Math.sign(mean - alone.mean)).toBe(-sign);
  });
  it('needs trials, and units that are not combinations of others', async () => {
    expect(mostUnits(5, 5)).toBe(4);
    const few = draw(1, 0, 1);
    expect(await linearFisher(few, [0, 1, 2, 3], [15, 16, 17, 18], [0, 1, 2], step, rest)).toBeNull();
    const twice = { data: few.data.map((value, k) => (k % 3 === 2 ? (few.data[k - 1] as number) : value)), width: 3 };
    expect(await linearFisher(twice, first, second, [0, 1, 2], step, rest)).toBeNull();
    expect(await linearFisher(few, first, second, [], step, rest)).toBeNull();
  });
});

describe('Gaussian bound', () => {
  it('is half a bit for every halving of the unexplained variance', () => {
    expect(gaussianBits(Math.sqrt(0.75), 1e9)).toBeCloseTo(1, 6);
    expect(gaussianBound([Math.sqrt(0.5), Math.sqrt(0.75), 0, -0.9], 1e9)).toBeCloseTo(1.5, 6);
  });
  it('adds nothing for what few items correlate by chance', () => {
    expect(gaussianBits(1 / Math.sqrt(100), 100)).toBeCloseTo(0, 3);
    expect(gaussianBits(0.05, 100)).toBe(0);
  });
});

it("Student's 97.5 % points are those of the tables", () => {
  for (const [freedom, point] of [
    [1, 12.706],
    [5, 2.571],
    [10, 2.2281],
    [19, 2.093],
    [60, 2.0003],
  ] as const) {
    expect(Math.abs(studentPoint(freedom) / point - 1)).toBeLessThan(0.001);
  }
  expect(studentPoint(0)).toBeNaN();
});

describe('jackknife', () => {
  it('of a mean is the classical interval: t sd / sqrt n', async () => {
    const values = range(20).map((k) => gauss(40, k));
    const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
    const blocks = drawBlocks(20, 20, 1);
    const interval = await jackknifeInterval(
      mean(values),
      20,
      (b) => mean(values.filter((_, k) => blocks[k] !== b)),
      rest,
    );
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / 19);
    // t(0.975, 19) = 2.0930.
    expect(((interval?.[1] ?? 0) - (interval?.[0] ?? 0)) / 2).toBeCloseTo((2.093 * sd) / Math.sqrt(20), 3);
  });
  it('has none where a block holds all there is', async () => {
    expect(await jackknifeInterval(1, 5, (b) => (b === 3 ? Number.NaN : 1), rest)).toBeNull();
    expect(await jackknifeInterval(1, 1, () => 1, rest)).toBeNull();
  });
});
