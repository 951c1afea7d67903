/**
 * Runs measure-worker.ts inside a Web Worker of headless Chromium. A page knows only the wall clock; so where the system
 * tells it (Linux), the CPU time of the worker's thread is read from outside, before and after a command.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../../src/tools/find-browser.mjs';
import type { WorkerCommand } from './measure-worker';
import type { PreparedWorkload } from './our-workloads';
import type { StartUp } from './start-up';
import type { Sample, WorkloadId } from './workloads';

const page = `<!doctype html><title>benchmark</title><script>
let worker;
window.fresh = () => { worker?.terminate(); worker = new Worker('/worker.js', { type: 'module' }); };
window.ask = (command) => new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => (data.failure ? reject(new Error(data.failure)) : resolve(data));
  worker.onerror = (event) => reject(new Error(event.message));
  worker.postMessage(command);
});
</script>`;

/** Serves the page and the worker's bundle on a free port. */
async function serve(bundle: string): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === '/worker.js') {
      response.setHeader('Content-Type', 'text/javascript');
      response.end(readFileSync(bundle));
    } else {
      response.setHeader('Content-Type', 'text/html');
      response.end(request.url === '/' ? page : '');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Seconds that the workers' threads of these processes have run, or null where the system does not tell. */
function workerSeconds(processes: readonly number[]): number | null {
  let nanoseconds = 0;
  let found = false;
  for (const id of processes) {
    try {
      for (const thread of readdirSync(`/proc/${id}/task`)) {
        const folder = `/proc/${id}/task/${thread}`;
        if (!readFileSync(`${folder}/comm`, 'utf8').startsWith('DedicatedWorker')) continue;
        nanoseconds += Number(readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[0]);
        found = true;
      }
    } catch {
      // The process or thread has ended, or this is not Linux.
    }
  }
  return found ? nanoseconds / 1e9 : null;
}

interface WorkerAnswer {
  readonly value: unknown;
  readonly seconds: number;
}

interface Answer extends WorkerAnswer {
  readonly clock: StartUp['clock'];
}

export class ChromiumBench {
  private constructor(
    private readonly server: Server,
    private readonly browser: Browser,
    private readonly page: Page,
    private readonly renderers: readonly number[],
  ) {}

  /** Null where no browser is installed. `bundle` is the built worker. */
  static async open(bundle: string): Promise<ChromiumBench | null> {
    const executablePath = findBrowser();
    if (!executablePath) return null;
    const server = await serve(bundle);
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    });
    const opened = await browser.newPage();
    await opened.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    return new ChromiumBench(server, browser, opened, renderers);
  }

  get version(): string {
    return this.browser.version();
  }

  async measure(id: WorkloadId, digits: Uint8Array): Promise<Sample> {
    await this.freshWorker();
    const prepare = await this.ask({ kind: 'prepare', id, digits: Buffer.from(digits).toString('base64') });
    const trials = prepare.value as number;
    // Lets the compiler's thread finish what the warm-up has asked for.
    await new Promise((resolve) => setTimeout(resolve, 200));
    let seconds = 0;
    for (let trial = 0; trial < trials; trial++) {
      await this.ask({ kind: 'start' });
      seconds += (await this.ask({ kind: 'run' })).seconds;
    }
    const { value } = await this.ask({ kind: 'outcome' });
    return { ...(value as ReturnType<PreparedWorkload['outcome']>), seconds: seconds / trials };
  }

  async measureStartUp(): Promise<StartUp> {
    await this.freshWorker();
    const wire = await this.ask({ kind: 'wire' });
    const fire = await this.ask({ kind: 'fire' });
    return {
      wired: wire.seconds,
      firstSpikes: wire.seconds + fire.seconds,
      synapses: wire.value as number,
      clock: wire.clock,
    };
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.close();
  }

  private async freshWorker(): Promise<void> {
    await this.page.evaluate('fresh()');
    // A first answer: the thread is there, and its script has been loaded.
    await this.ask({ kind: 'ready' });
  }

  /** The answer, and how long it took the worker. */
  private async ask(command: WorkerCommand): Promise<Answer> {
    const before = workerSeconds(this.renderers);
    const { value, seconds } = await this.page.evaluate(
      (sent) => (window as unknown as { ask(command: WorkerCommand): Promise<WorkerAnswer> }).ask(sent),
      command,
    );
    const after = workerSeconds(this.renderers);
    if (before === null || after === null) return { value, seconds, clock: 'wall' };
    return { value, seconds: after - before, clock: 'CPU' };
  }
}
