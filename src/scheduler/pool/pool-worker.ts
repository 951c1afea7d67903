/** Entry of a pool thread in the page. */
import { serveTasks } from './serve';
import { tasks } from './tasks';

const handle = serveTasks(tasks, (message, transfer) => self.postMessage(message, { transfer }));
self.addEventListener('message', (event) => handle(event.data));
