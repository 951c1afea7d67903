/**
 * Draws the connections of a network: the same bits as wiring.ts, which says what is drawn. Four counters of Threefry
 * 2x32-20 are encrypted at once. Targets are visited twice with the same draws, once to count the entries of every row and
 * once to place them, which takes less memory than keeping sources by target and about as much time.
 */
import { exactLog, relativeWeights } from './log-normal.part.as';
import * as at from './wiring-layout';

/** Fields of the kernel's own: words of `words` used, and the next counter. */
const usedAt: i32 = 72;
const blockAt: i32 = 76;
const stampAt: i32 = 80;
/** Inputs of this target so far. */
const drawnAt: i32 = 84;

// @ts-expect-error: decorator
@inline
function field(state: usize, offset: i32): i32 {
  return load<i32>(state + <usize>offset);
}

// @ts-expect-error: decorator
@inline
function setField(state: usize, offset: i32, value: i32): void {
  store<i32>(state + <usize>offset, value);
}

// @ts-expect-error: decorator
@inline
function rotl(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

/** Encrypts the counters (counter0, counter1 .. counter1 + 3) and writes their 8 words in counter order. */
function encrypt(key0: i32, key1: i32, counter0: i32, counter1: i32, out: usize): void {
  const key2 = 0x1bd11bda ^ key0 ^ key1;
  const k0 = i32x4.splat(key0);
  const k1 = i32x4.splat(key1);
  const k2 = i32x4.splat(key2);
  let x = i32x4.splat(counter0 + key0);
  let y = i32x4.add(i32x4.add(i32x4.splat(counter1), i32x4(0, 1, 2, 3)), k1);

  x = i32x4.add(x, y); y = v128.xor(rotl(y, 13), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 15), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 26), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 6), x);
  x = i32x4.add(x, k1); y = i32x4.add(y, i32x4.splat(key2 + 1));

  x = i32x4.add(x, y); y = v128.xor(rotl(y, 17), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 29), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 16), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 24), x);
  x = i32x4.add(x, k2); y = i32x4.add(y, i32x4.splat(key0 + 2));

  x = i32x4.add(x, y); y = v128.xor(rotl(y, 13), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 15), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 26), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 6), x);
  x = i32x4.add(x, k0); y = i32x4.add(y, i32x4.splat(key1 + 3));

  x = i32x4.add(x, y); y = v128.xor(rotl(y, 17), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 29), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 16), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 24), x);
  x = i32x4.add(x, k1); y = i32x4.add(y, i32x4.splat(key2 + 4));

  x = i32x4.add(x, y); y = v128.xor(rotl(y, 13), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 15), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 26), x);
  x = i32x4.add(x, y); y = v128.xor(rotl(y, 6), x);
  x = i32x4.add(x, k2); y = i32x4.add(y, i32x4.splat(key0 + 5));

  v128.store(out, i32x4.shuffle(x, y, 0, 4, 1, 5));
  v128.store(out, i32x4.shuffle(x, y, 2, 6, 3, 7), 16);
}

/** The next word of the target's sequence. */
// @ts-expect-error: decorator
@inline
function word(state: usize, target: i32): u32 {
  let used = field(state, usedAt);
  const words = <usize>field(state, at.words);
  if (used == 8) {
    const block = field(state, blockAt);
    encrypt(field(state, at.seed), field(state, at.wiringPurpose), target, block, words);
    setField(state, blockAt, block + 4);
    used = 0;
  }
  setField(state, usedAt, used + 1);
  return load<u32>(words + (<usize>used << 2));
}

/** Uniform in 0..n-1: the high word of word * n, redrawn in the short last interval, `short` = 2^32 mod n. */
// @ts-expect-error: decorator
@inline
function below(state: usize, target: i32, n: u64, short: u32): u32 {
  let product = <u64>word(state, target) * n;
  while (<u32>product < short) product = <u64>word(state, target) * n;
  return <u32>(product >> 32);
}

/** Part of its source's row that the k-th input of `target` belongs to: integerBelow(delayCount) of draws.ts. */
function delayOf(state: usize, target: i32, k: i32): u32 {
  const count = <u32>field(state, at.delayCount);
  const ahead = <usize>field(state, at.words) + 32;
  const seed = field(state, at.seed);
  const purpose = field(state, at.delayPurpose);
  // Called for k = 0, 1, ...: eight words serve eight inputs.
  if (!(k & 7)) encrypt(seed, purpose, target, k >> 1, ahead);
  let drawn = load<u32>(ahead + (<usize>(k & 7) << 2));
  const excess = <u32>(<u64>0x100000000 % <u64>count);
  // Accepted below 2^32 - excess.
  for (let attempt = 1; excess != 0 && drawn >= <u32>0 - excess; attempt++) {
    encrypt(seed, purpose + (attempt << 16), target, k >> 1, ahead + 32);
    drawn = load<u32>(ahead + 32 + (<usize>(k & 1) << 2));
  }
  return drawn % count;
}

/** Relative weight of the k-th input of `target`. */
function weightOf(state: usize, target: i32, k: i32): f32 {
  const ahead = <usize>field(state, at.weightsAhead);
  // Called for k = 0, 1, ...: eight words serve eight inputs.
  if (!(k & 7)) {
    encrypt(field(state, at.seed), field(state, at.weightPurpose), target, k >> 1, ahead);
    relativeWeights(ahead, load<f64>(state + <usize>at.logSd));
  }
  return load<f32>(ahead + (<usize>(k & 7) << 2));
}

/** Counts or places the connection from `source`. */
// @ts-expect-error: decorator
@inline
function emit(state: usize, target: i32, source: u32): void {
  const delayCount = <u32>field(state, at.delayCount);
  const k = field(state, drawnAt);
  setField(state, drawnAt, k + 1);
  const part = delayCount > 1 ? source * delayCount + delayOf(state, target, k) : source;
  const place = <usize>field(state, at.places) + (<usize>part << 2);
  const n = load<u32>(place);
  store<u32>(place, n + 1);
  if (!field(state, at.placing)) return;
  if (field(state, at.weighted)) {
    store<f32>(<usize>field(state, at.weights) + (<usize>n << 2), weightOf(state, target, k));
  }
  const targets = <usize>field(state, at.targets);
  if (field(state, at.targetShift) == 1) store<u16>(targets + (<usize>n << 1), <u16>target);
  else store<u32>(targets + (<usize>n << 2), <u32>target);
}

/** The unit that candidate `c` of a population stands for: those from the target itself on are one further. */
// @ts-expect-error: decorator
@inline
function unitOf(first: u32, self: i32, c: u32): u32 {
  return first + c + (self >= 0 && c >= <u32>self ? 1 : 0);
}

/** The common case of drawDistinct, one delay, no weights to place and fewer than half of the candidates, with its state in registers. */
function drawFew(
  state: usize,
  target: i32,
  first: u32,
  self: i32,
  candidates: u32,
  degree: u32,
  stamp: i32,
): void {
  const marks = <usize>field(state, at.marks);
  const words = <usize>field(state, at.words);
  const places = <usize>field(state, at.places);
  const targets = <usize>field(state, at.targets);
  const placing = field(state, at.placing) != 0;
  const wide = field(state, at.targetShift) == 2;
  const short = <u32>(<u64>0x100000000 % <u64>candidates);
  let used = field(state, usedAt);
  for (let left = degree; left > 0; ) {
    if (used == 8) {
      const block = field(state, blockAt);
      encrypt(field(state, at.seed), field(state, at.wiringPurpose), target, block, words);
      setField(state, blockAt, block + 4);
      used = 0;
    }
    const product = <u64>load<u32>(words + (<usize>used << 2)) * <u64>candidates;
    used++;
    if (<u32>product < short) continue;
    const c = <u32>(product >> 32);
    const mark = marks + (<usize>c << 2);
    if (load<i32>(mark) == stamp) continue;
    store<i32>(mark, stamp);
    left--;
    const place = places + (<usize>unitOf(first, self, c) << 2);
    const n = load<u32>(place);
    store<u32>(place, n + 1);
    if (!placing) continue;
    if (wide) store<u32>(targets + (<usize>n << 2), <u32>target);
    else store<u16>(targets + (<usize>n << 1), <u16>target);
  }
  setField(state, usedAt, used);
}

function drawDistinct(state: usize, target: i32, first: u32, n: u32, self: i32, degree: u32): void {
  if (degree == 0) return;
  const candidates = self >= 0 ? n - 1 : n;
  const leaveOut = degree > candidates - degree;
  const marks = <usize>field(state, at.marks);
  const stamp = field(state, stampAt) + 1;
  setField(state, stampAt, stamp);
  const plain = field(state, at.delayCount) == 1 && !(field(state, at.weighted) && field(state, at.placing));
  if (!leaveOut && plain) {
    drawFew(state, target, first, self, candidates, degree, stamp);
    return;
  }
  const short = <u32>(<u64>0x100000000 % <u64>candidates);
  for (let left = leaveOut ? candidates - degree : degree; left > 0; ) {
    const c = below(state, target, <u64>candidates, short);
    const mark = marks + (<usize>c << 2);
    if (load<i32>(mark) == stamp) continue;
    store<i32>(mark, stamp);
    left--;
    if (!leaveOut) emit(state, target, unitOf(first, self, c));
  }
  if (!leaveOut) return;
  for (let c: u32 = 0; c < candidates; c++) {
    if (load<i32>(marks + (<usize>c << 2)) != stamp) emit(state, target, unitOf(first, self, c));
  }
}

function drawRepeating(state: usize, target: i32, first: u32, n: u32, self: i32, degree: u32): void {
  const candidates = self >= 0 ? n - 1 : n;
  if (degree == 0) return;
  const short = <u32>(<u64>0x100000000 % <u64>candidates);
  for (let k: u32 = 0; k < degree; k++) {
    emit(state, target, unitOf(first, self, below(state, target, <u64>candidates, short)));
  }
}

function drawBernoulli(state: usize, target: i32, first: u32, n: u32, self: i32): void {
  const candidates = self >= 0 ? <f64>n - 1 : <f64>n;
  const scale = load<f64>(state + <usize>at.gapScale);
  for (let candidate: f64 = -1; ; ) {
    // u in (0, 1], so that the gap is finite.
    const u = (<f64>word(state, target) + 1) / 4294967296;
    candidate += 1 + Math.floor(exactLog(u) * scale);
    if (candidate >= candidates) return;
    emit(state, target, unitOf(first, self, <u32>candidate));
  }
}

/** Draws the inputs of the targets from..end-1. */
export function drawTargets(state: usize, from: i32, end: i32): void {
  const nExc = field(state, at.nExc);
  const nInh = field(state, at.nInh);
  const excInDegree = <u32>field(state, at.excInDegree);
  const inhInDegree = <u32>field(state, at.inhInDegree);
  const kind = field(state, at.kind);
  for (let target = from; target < end; target++) {
    setField(state, usedAt, 8);
    setField(state, blockAt, 0);
    setField(state, drawnAt, 0);
    const selfExc = target < nExc ? target : -1;
    const selfInh = target < nExc ? -1 : target - nExc;
    if (kind == 2) {
      drawBernoulli(state, target, 0, nExc, selfExc);
      drawBernoulli(state, target, nExc, nInh, selfInh);
    } else if (kind == 1) {
      drawRepeating(state, target, 0, nExc, selfExc, excInDegree);
      drawRepeating(state, target, nExc, nInh, selfInh, inhInDegree);
    } else {
      drawDistinct(state, target, 0, nExc, selfExc, excInDegree);
      drawDistinct(state, target, nExc, nInh, selfInh, inhInDegree);
    }
  }
}

/** Turns the counts of `n` rows into the rows' first places; the entry after the last is the sum. */
export function sumCounts(state: usize, n: i32): u32 {
  let place = <usize>field(state, at.places);
  let sum: u32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    const count = load<u32>(place);
    store<u32>(place, sum);
    sum += count;
    place += 4;
  }
  store<u32>(place, sum);
  return sum;
}
