/**
 * Matrix product and 2-D convolution in f32, SIMD128, for tfjs's own heap. Every argument is a raw byte address or a
 * size; nothing here allocates. The order of additions depends on shapes only, never on addresses, so equal inputs give
 * equal bits.
 */
export { epilogue, pack, product, productOfFewRows, productTransposed } from './product.as';
export { convolve, convolveFilterGradient, convolveInputGradientStrided, dilate, flip } from './direct.as';
export { transformFilter, winograd, winogradFilterGradient } from './winograd.as';
