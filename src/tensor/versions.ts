/** Versions of the tensor library and its backends, for the record of a run. Numbers alone: nothing of them is loaded. */
import { version as tfjs } from '@tensorflow/tfjs/package.json';
import { version as wasm } from '@tensorflow/tfjs-backend-wasm/package.json';
import { version as webgpu } from '@tensorflow/tfjs-backend-webgpu/package.json';

export const tensorVersions: Readonly<Record<string, string>> = {
  tfjs,
  'tfjs-backend-wasm': wasm,
  'tfjs-backend-webgpu': webgpu,
};
