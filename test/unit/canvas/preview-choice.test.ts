import { expect, it } from 'vitest';
import imageQuality from '../../../nodes/metric/image-quality';
import information from '../../../nodes/metric/information';
import { previewPorts } from '../../../src/canvas/preview-choice';

it('shows the most telling kind first, unless the node says otherwise', () => {
  expect(previewPorts(information)).toEqual(['figure', 'table']);
  expect(previewPorts(imageQuality)).toEqual(['summary', 'examples', 'items']);
});
