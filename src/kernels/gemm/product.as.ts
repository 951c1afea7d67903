/**
 * Matrix products in f32 on raw addresses: C = A B and C = A^T B, row-major, B in packed panels of 8 columns. The caller
 * owns all memory, scratch included.
 */
import { block, edge, outerBlock, PANEL } from './block.as';

/** Longest stretch of K kept in one pass: a panel of 512 x 8 floats is 16 KiB and stays in L1. */
const K_BLOCK: i32 = 512;
/** Rows that share a panel while it is in L1. */
const ROW_BLOCK: i32 = 64;

/** Packs B[K,N] (or its transpose, stored [N,K]) into ceil(N/8) panels of [K][8], zeros beyond N. */
export function pack(b: usize, k: i32, n: i32, transposed: bool, out: usize): void {
  for (let j = 0; j < n; j += PANEL) {
    packPanel(b, k, n, transposed, j, 0, k, out);
    out += <usize>k << 5;
  }
}

/** Rows k0..k0+kb of the panel of columns j..j+7. */
function packPanel(b: usize, k: i32, n: i32, transposed: bool, j: i32, k0: i32, kb: i32, out: usize): void {
  const width = min(PANEL, n - j);
  const rowStep: usize = transposed ? 4 : <usize>n << 2;
  const columnStep: usize = transposed ? <usize>k << 2 : 4;
  let from = b + <usize>k0 * rowStep + <usize>j * columnStep;
  if (width < PANEL) {
    for (let i = 0; i < kb; i++) {
      for (let l = 0; l < PANEL; l++) store<f32>(out + (l << 2), l < width ? load<f32>(from + <usize>l * columnStep) : 0);
      from += rowStep; out += 32;
    }
  } else if (transposed) {
    packTransposed(from, columnStep, kb, out);
    packTransposed(from + 4 * columnStep, columnStep, kb, out + 16);
  } else {
    for (let i = 0; i < kb; i++) {
      v128.store(out, v128.load(from)); v128.store(out, v128.load(from, 16), 16);
      from += rowStep; out += 32;
    }
  }
}

/** Half a panel from 4 rows of `count` numbers, by 4x4 transposes in registers. */
function packTransposed(b: usize, step: usize, count: i32, to: usize): void {
  let p0 = b, p1 = p0 + step, p2 = p1 + step, p3 = p2 + step;
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const r0 = v128.load(p0), r1 = v128.load(p1), r2 = v128.load(p2), r3 = v128.load(p3);
    const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), c = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const d = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), e = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(a, d, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(a, d, 2, 3, 6, 7), 32);
    v128.store(to, v128.shuffle<f32>(c, e, 0, 1, 4, 5), 64);
    v128.store(to, v128.shuffle<f32>(c, e, 2, 3, 6, 7), 96);
    p0 += 16; p1 += 16; p2 += 16; p3 += 16; to += 128;
  }
  for (; i < count; i++) {
    store<f32>(to, load<f32>(p0)); store<f32>(to, load<f32>(p1), 4);
    store<f32>(to, load<f32>(p2), 8); store<f32>(to, load<f32>(p3), 12);
    p0 += 4; p1 += 4; p2 += 4; p3 += 4; to += 32;
  }
}

/** Writes A[K,M] column block i..i+3 as [K][4], repeating the last column beyond M. */
function packColumns(a: usize, k: i32, m: i32, i: i32, out: usize): void {
  let from = a + (<usize>i << 2);
  const step = <usize>m << 2;
  if (i + 4 <= m) {
    for (let l = 0; l < k; l++) { v128.store(out, v128.load(from)); from += step; out += 16; }
  } else {
    const last = m - i - 1;
    for (let l = 0; l < k; l++) {
      for (let r = 0; r < 4; r++) store<f32>(out + (r << 2), load<f32>(from + (min(r, last) << 2)));
      from += step; out += 16;
    }
  }
}

/** C[M,N] = A[M,K] B, B packed. `bias` is 0 or 8*ceil(N/8) floats. `tile` is 128 bytes of scratch. */
export function product(
  a: usize, packed: usize, c: usize, m: i32, n: i32, k: i32, bias: usize, activation: i32, tile: usize,
): void {
  for (let k0 = 0; k0 < k; k0 += K_BLOCK) {
    const kb = min(K_BLOCK, k - k0);
    for (let i0 = 0; i0 < m; i0 += ROW_BLOCK) {
      const i1 = min(i0 + ROW_BLOCK, m);
      for (let j = 0; j < n; j += PANEL) {
        const q = packed + ((<usize>j * k + <usize>(k0 << 3)) << 2);
        strip(a, q, c, i0, i1, j, n, k, k0, kb, bias, activation, tile);
      }
    }
  }
}

/**
 * C[M,N] = A[M,K] op(B) for few rows: each stretch of a panel is packed just before its one use, so that packing costs
 * no trip to memory. `panel` is 32 * min(K, 512) bytes of scratch; the rest as in `product`, and the same bits.
 */
export function productOfFewRows(
  a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, transposed: bool, bias: usize, activation: i32, tile: usize,
  panel: usize,
): void {
  for (let k0 = 0; k0 < k; k0 += K_BLOCK) {
    const kb = min(K_BLOCK, k - k0);
    for (let j = 0; j < n; j += PANEL) {
      packPanel(b, k, n, transposed, j, k0, kb, panel);
      strip(a, panel, c, 0, m, j, n, k, k0, kb, bias, activation, tile);
    }
  }
}

/** Rows i0..i1 of the columns of one panel stretch, added to what earlier stretches gave. */
function strip(
  a: usize, q: usize, c: usize, i0: i32, i1: i32, j: i32, n: i32, k: i32, k0: i32, kb: i32, bias: usize, activation: i32,
  tile: usize,
): void {
  const lda = <usize>k << 2, ldc = <usize>n << 2;
  const more = k0 > 0, last = k0 + kb == k;
  const act = last ? activation : 0;
  const v = last && bias ? bias + (<usize>j << 2) : 0;
  const columns = min(PANEL, n - j);
  for (let i = i0; i < i1; i += 4) {
    const rows = min(4, i1 - i);
    const p0 = a + <usize>i * lda + (<usize>k0 << 2);
    const p1 = rows > 1 ? p0 + lda : p0, p2 = rows > 2 ? p1 + lda : p1, p3 = rows > 3 ? p2 + lda : p2;
    const o = c + <usize>i * ldc + (<usize>j << 2);
    if (rows == 4 && columns == PANEL) {
      block(p0, p1, p2, p3, 1, kb, 0, q, o, ldc, more, v, act);
    } else {
      if (more) edge(o, ldc, tile, 32, rows, columns);
      block(p0, p1, p2, p3, 1, kb, 0, q, tile, 32, more, v, act);
      edge(tile, 32, o, ldc, rows, columns);
    }
  }
}

/**
 * C[M,N] = A^T B with A stored [K,M], B packed. `tile` is 128 bytes of scratch and `columns` 16 * min(K, 512) bytes.
 */
export function productTransposed(
  a: usize, packed: usize, c: usize, m: i32, n: i32, k: i32, tile: usize, columns: usize,
): void {
  const ldc = <usize>n << 2;
  memory.fill(c, 0, <usize>m * ldc);
  for (let k0 = 0; k0 < k; k0 += K_BLOCK) {
    const kb = min(K_BLOCK, k - k0);
    for (let i = 0; i < m; i += 4) {
      packColumns(a + (((<usize>k0 * m)) << 2), kb, m, i, columns);
      const rows = min(4, m - i);
      for (let j = 0; j < n; j += PANEL) {
        const q = packed + ((<usize>j * k + <usize>(k0 << 3)) << 2);
        const o = c + <usize>i * ldc + (<usize>j << 2);
        const width = min(PANEL, n - j);
        if (rows == 4 && width == PANEL) {
          outerBlock(columns, columns + 4, columns + 8, columns + 12, 16, 0, q, 32, 0, 1, kb, o, ldc);
        } else {
          edge(o, ldc, tile, 32, rows, width);
          outerBlock(columns, columns + 4, columns + 8, columns + 12, 16, 0, q, 32, 0, 1, kb, tile, 32);
          edge(tile, 32, o, ldc, rows, width);
        }
      }
    }
  }
}

/** Adds a bias row to C[M,N] in place and applies the activation, where the product could not. `bias` may be 0. */
export function epilogue(c: usize, m: i32, n: i32, bias: usize, activation: i32): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const at = c + (j << 2);
      let value = load<f32>(at) + (bias ? load<f32>(bias + (j << 2)) : 0);
      if (activation == 1) value = max(value, 0);
      store<f32>(at, value);
    }
    c += <usize>n << 2;
  }
}
