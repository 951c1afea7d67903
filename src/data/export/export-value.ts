/**
 * Any value of a wire as files that other programs read without Spikeloom. Arrays are NPY with the items that their
 * first item axis counts in a table beside them, spikes one NPZ, tables CSV and JSON, images also PNG.
 */
import type { PortValue } from '../../kit/values';
import { writeNpy } from '../npy';
import { exportImages } from './export-images';
import { exportModel } from './export-model';
import { exportSpikes } from './export-spikes';
import { exportSeries, exportTable, itemsCsv } from './export-tables';
import type { ExportedFile } from './exported-file';

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

/**
 * Files for `value`, all beginning with `name` ("node.port"):
 * images: `.npy`, `.items.csv`, `.png` (sheet of the first 100), `/ID.png` (the first 100); labels: `.npy`, `.items.csv`,
 * `.classes.json`; rates and features: `.npy`, `.items.csv`, `.json` (unit, dt); spikes: `.npz`; series: `.csv`; table:
 * `.csv`, `.json`; figure: `.svg`, `.csv` (the numbers behind it), `.json` (its description); model: `/model.json`, `/weights.bin`.
 */
export async function exportValue(name: string, value: PortValue): Promise<ExportedFile[]> {
  switch (value.kind) {
    case 'table':
      return exportTable(name, value);
    case 'series':
      return exportSeries(name, value);
    case 'images':
      return exportImages(name, value);
    case 'spikes':
      return exportSpikes(name, value);
    case 'figure':
      // Loaded when the first figure is written: most runs have none.
      return (await import('./export-figure')).exportFigure(name, value);
    case 'model':
      return exportModel(name, value);
    case 'labels':
      return [
        { path: `${name}.npy`, bytes: writeNpy(value.data, value.shape) },
        { path: `${name}.items.csv`, bytes: itemsCsv(value.items) },
        { path: `${name}.classes.json`, bytes: json(value.classNames) },
      ];
    case 'features':
    case 'rates':
      return [
        { path: `${name}.npy`, bytes: writeNpy(value.data, value.shape) },
        { path: `${name}.items.csv`, bytes: itemsCsv(value.items) },
        {
          path: `${name}.json`,
          bytes: json(
            value.kind === 'rates'
              ? { axes: ['time', 'item', 'unit'], unit: 'Hz', dt_ms: value.dt }
              : { axes: ['item', 'feature'], unit: value.unit },
          ),
        },
      ];
  }
}
