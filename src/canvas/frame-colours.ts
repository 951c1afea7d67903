/** The tints of frames, by the name that a document holds; an unknown one is drawn grey. */
export const frameColours = ['grey', 'blue', 'green', 'amber', 'red', 'violet'] as const;
