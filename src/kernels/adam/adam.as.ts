/**
 * One Adam step in place, f32, SIMD128: addresses of parameter, gradient and both moments, `n` numbers each.
 *
 *   m <- b1 m + (1 - b1) g;  v <- b2 v + (1 - b2) g^2;  p <- p - rate m / (sqrt(v) + eps)
 *
 * `rate` and `eps` come corrected for the bias of early steps (adam.ts). Each lane does the same operations in the same
 * order, so the last numbers of a tensor are treated exactly as the others.
 */
export function adam(p: usize, g: usize, m: usize, v: usize, n: i32, rate: f32, beta1: f32, beta2: f32, eps: f32): void {
  const b1 = f32x4.splat(beta1), c1 = f32x4.splat(1 - beta1);
  const b2 = f32x4.splat(beta2), c2 = f32x4.splat(1 - beta2);
  const r = f32x4.splat(rate), e = f32x4.splat(eps);
  const end = m + (<usize>(n & ~3) << 2);
  while (m < end) {
    const grad = v128.load(g);
    const m1 = f32x4.add(f32x4.mul(b1, v128.load(m)), f32x4.mul(c1, grad));
    const v1 = f32x4.add(f32x4.mul(b2, v128.load(v)), f32x4.mul(c2, f32x4.mul(grad, grad)));
    v128.store(m, m1);
    v128.store(v, v1);
    v128.store(p, f32x4.sub(v128.load(p), f32x4.div(f32x4.mul(r, m1), f32x4.add(f32x4.sqrt(v1), e))));
    p += 16; g += 16; m += 16; v += 16;
  }
  for (let i = n & ~3; i < n; i++) {
    const grad = load<f32>(g);
    const m1 = beta1 * load<f32>(m) + (1 - beta1) * grad;
    const v1 = beta2 * load<f32>(v) + (1 - beta2) * (grad * grad);
    store<f32>(m, m1);
    store<f32>(v, v1);
    store<f32>(p, load<f32>(p) - rate * m1 / (sqrt<f32>(v1) + eps));
    p += 4; g += 4; m += 4; v += 4;
  }
}
