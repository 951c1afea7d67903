/** A, B, C: what compared results are called on the canvas, in the panel and in figures. */
export const letterOf = (place: number): string => String.fromCharCode(65 + (place % 26));
