/** Which pixel each unit of the study's networks looks at: four excitatory neurons for each inhibitory one. */
import { pixelOfUnit } from '../../../kernels/balanced-snn/retinotopy';

export function latticePixels(units: number, height: number, width: number): Uint32Array {
  const inhibitory = Math.round(units / 5);
  return pixelOfUnit(units - inhibitory, inhibitory, height, width);
}
