/** Entry of a pool thread in Node; built to a file of its own, because a thread cannot load TypeScript. */
import { parentPort } from 'node:worker_threads';
import { serveTasks } from './serve';
import { tasks } from './tasks';

const port = parentPort;
if (!port) throw new Error('The pool worker runs as a worker thread only.');
const handle = serveTasks(tasks, (message, transfer) => port.postMessage(message, transfer));
port.on('message', handle);
