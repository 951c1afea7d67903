/**
 * One measurement in a process of its own: `measure-node.js WORKLOAD|start-up DIGITS [wasm|plain]`. Prints one JSON line; time is CPU
 * time of the process between the start and the end of the simulation loop, summed over the trials.
 */
import { readFileSync } from 'node:fs';
import { cpuSeconds } from '../measure';
import { type OurKind, prepareWorkload } from './our-workloads';
import { LargeNetwork, type StartUp } from './start-up';
import type { Sample, WorkloadId } from './workloads';

async function measureWorkload(id: WorkloadId, digits: Uint8Array, kind: OurKind): Promise<Sample> {
  const prepared = await prepareWorkload(id, digits, kind);
  // Lets the compiler's thread finish what the warm-up has asked for.
  await new Promise((resolve) => setTimeout(resolve, 200));
  let seconds = 0;
  for (let trial = 0; trial < prepared.trials; trial++) {
    prepared.start();
    const from = cpuSeconds();
    prepared.run();
    seconds += cpuSeconds() - from;
  }
  return { ...prepared.outcome(), seconds: seconds / prepared.trials };
}

async function measureStartUp(): Promise<StartUp> {
  const network = new LargeNetwork();
  const from = cpuSeconds();
  const synapses = await network.wire();
  const wired = cpuSeconds() - from;
  await network.fire();
  return { wired, firstSpikes: cpuSeconds() - from, synapses, clock: 'CPU' };
}

const [id, digits, kind] = process.argv.slice(2) as [WorkloadId | 'start-up', string, OurKind];
const result =
  id === 'start-up'
    ? await measureStartUp()
    : await measureWorkload(id, new Uint8Array(readFileSync(digits).subarray(16)), kind);
console.log(JSON.stringify(result));
