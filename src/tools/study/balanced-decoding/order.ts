/** The parts of the study, in the order in which they matter. */
export type Part =
  | 'main arms, ridge'
  | 'larger set'
  | 'CIFAR-10'
  | 'trained decoders'
  | 'what limits the decoder'
  | 'largest set'
  | 'curve over g, same drive'
  | 'curve over g, drive matched'
  | 'other readouts'
  | 'changed spikes'
  | 'step of contrast'
  | 'information, main arms'
  | 'information over g';

/** In which order, and up to which graph each time: first a little of everything, then the rest of it. */
export const order: readonly (readonly [Part, number])[] = [
  ['main arms, ridge', 99],
  ['larger set', 1],
  ['CIFAR-10', 1],
  ['trained decoders', 1],
  ['other readouts', 1],
  ['curve over g, same drive', 1],
  ['information, main arms', 1],
  ['curve over g, drive matched', 1],
  ['what limits the decoder', 1],
  ['largest set', 99],
  ['changed spikes', 1],
  ['step of contrast', 1],
  ['trained decoders', 99],
  ['other readouts', 3],
  ['curve over g, same drive', 3],
  ['curve over g, drive matched', 3],
  ['information, main arms', 99],
  ['changed spikes', 3],
  ['step of contrast', 3],
  ['larger set', 3],
  ['what limits the decoder', 99],
  ['CIFAR-10', 99],
  ['information over g', 99],
  ['other readouts', 99],
  ['curve over g, same drive', 99],
  ['curve over g, drive matched', 99],
  ['step of contrast', 99],
  ['changed spikes', 99],
];
