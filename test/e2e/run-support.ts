/** What the run tests share: a small pipeline, pressing Run and waiting for its end, and main-thread measurements. */
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { dropFile, nodeCard } from './editor-support';

const shipped = readFileSync(new URL('../../pipelines/mnist-balanced-unet.json', import.meta.url), 'utf8');
export const nodeIds = ['images', 'encoder', 'readout', 'mlp', 'unet', 'train', 'predict', 'quality'] as const;

interface Pipeline {
  id: string;
  title: string;
  nodes: { id: string; params: Record<string, unknown> }[];
}

/** The default pipeline with other parameters. */
export function pipelineWith(title: string, params: Readonly<Record<string, Record<string, unknown>>>): string {
  const pipeline = JSON.parse(shipped) as Pipeline;
  pipeline.id = title.toLowerCase().replaceAll(' ', '-');
  pipeline.title = title;
  for (const node of pipeline.nodes) Object.assign(node.params, params[node.id]);
  return JSON.stringify(pipeline, null, 2);
}

/** Some seconds on two cores: 192 digits, 100 ms each, a few epochs. */
export const small = pipelineWith('Small run', {
  images: { trainCount: 160, testCount: 32 },
  encoder: { duration: 100, discard: 20 },
  train: { epochs: 4, warmUpEpochs: 3 },
});

export async function openPipeline(page: Page, text: string): Promise<void> {
  const { title } = JSON.parse(text) as Pipeline;
  await dropFile(page, 'pipeline.json', text);
  await expect(page.getByRole('textbox', { name: 'Title of the pipeline' })).toHaveValue(title);
}

export const runButton = (page: Page) => page.getByRole('button', { name: 'Run', exact: true });
export const cancelButton = (page: Page) => page.getByRole('button', { name: 'Cancel', exact: true });

/** What the last run did, as the status bar tells it: "Finished in 12 s: 3 executed, 5 stored". */
export const runStatus = (page: Page) => page.getByRole('contentinfo').getByRole('status');

/** Presses Run and waits for the end; gives how many nodes were executed. */
export async function run(page: Page, timeout = 120_000): Promise<number> {
  const before = await runStatus(page).innerText();
  await runButton(page).click();
  await expect(runStatus(page)).not.toHaveText(before);
  await expect(runStatus(page)).toHaveText(/^Finished in/, { timeout });
  return Number(/(\d+) executed/.exec(await runStatus(page).innerText())?.[1]);
}

/** Text of a node's card: its state, key info and preview. */
export const cardText = (page: Page, id: string): Promise<string> => nodeCard(page, id).innerText();

/** Records main-thread tasks over 50 ms from now on. */
export async function watchLongTasks(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const seen: number[] = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.push(entry.duration);
    }).observe({ type: 'longtask' });
    Object.assign(globalThis, { longTasks: seen });
  });
  return () => page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks.splice(0));
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time of the thread, microseconds. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * Tasks of the page's main thread that used the processor for more than 50 ms, in ms, from now to the call of the answer.
 * Time spent waiting for a processor that others hold is not counted: a long run on a busy machine has much of it.
 */
export async function watchBusyTasks(page: Page): Promise<() => Promise<number[]>> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    const part = value as unknown as TraceEvent[];
    events.push(
      ...part.filter(({ name, tdur }) => name === 'thread_name' || (name === 'RunTask' && (tdur ?? 0) > 50_000)),
    );
  });
  await session.send('Tracing.start', {
    categories: 'disabled-by-default-devtools.timeline,__metadata',
    transferMode: 'ReportEvents',
  });
  return async () => {
    const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    const thread = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
    const main = events.filter(({ args }) => args.name === 'CrRendererMain').map(thread);
    if (main.length === 0) throw new Error('The trace names no main thread.');
    return events
      .filter((event) => event.name === 'RunTask' && main.includes(thread(event)))
      .map(({ tdur }) => (tdur ?? 0) / 1000);
  };
}
