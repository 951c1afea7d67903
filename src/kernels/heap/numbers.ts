/** A tuple of N numbers: the argument list of a WASM function. */
export type Numbers<N extends number, A extends number[] = []> = A['length'] extends N ? A : Numbers<N, [...A, number]>;
