/**
 * The one door to TensorFlow.js. Everything else imports `tf` from here, so that the library, its version and the
 * backends it may use stay a decision of this folder. Never import this on the page's main thread.
 */
import * as tf from '@tensorflow/tfjs';

// Without it the cpu backend greets on stderr in Node and deprecations are printed.
tf.enableProdMode();
// Between two backends tfjs would pick the best one left by itself; WebGL is none that we test or name in keys.
if (tf.findBackendFactory('webgl')) tf.removeBackend('webgl');

export type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
export { tf };
