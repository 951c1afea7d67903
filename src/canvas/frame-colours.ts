/** The tints of frames, by the name that a document holds; an unknown one is drawn grey. */
export const frameColours = ['grey', 'blue', 'green', 'amber', 'red', 'violet'] as const;

type FrameColour = (typeof frameColours)[number];

/** As in Objects.module.css, for pictures that have no style sheet. */
const tints: Readonly<Record<FrameColour, string>> = {
  grey: '#7d8798',
  blue: '#3b82d6',
  green: '#2f9e6a',
  amber: '#c9922b',
  red: '#d0565d',
  violet: '#8a6bd1',
};

export const tintOf = (colour: string | undefined): string =>
  colour !== undefined && Object.hasOwn(tints, colour) ? tints[colour as FrameColour] : tints.grey;
