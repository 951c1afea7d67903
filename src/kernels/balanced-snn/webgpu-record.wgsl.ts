/**
 * WGSL of recordings: what arrives at chosen neurons in every step, and the membranes of all neurons at every sample, written
 * into one buffer that the host reads with the spikes of a slice (webgpu-record.ts has its order of words). Empty for a network
 * that records nothing.
 */
import { arrivalWords, type KernelShape } from './webgpu-layout';

export function recordingText({ recordedUnits, unitCount }: KernelShape): string {
  if (recordedUnits === null) return '';
  return `
@group(0) @binding(4) var<storage, read_write> record: array<u32>;

const never = 0xffffffffu;

/** Where a unit of a job is in a step's arrivals; never for one that is not recorded. */
fn recordPlace(job: u32, unit: u32) -> u32 {
  let number = record[${unitCount}u + job];
  let index = record[unit];
  if (number == never || index == never) {
    return never;
  }
  return number * ${recordedUnits}u + index;
}

fn noteArrivals(place: u32, step: u32, arrived: Arrived, outer: u32) {
  if (place == never) {
    return;
  }
  let inStep = model.recordedJobs * ${recordedUnits}u;
  let at = model.arrivals + ((step - model.firstStep) * inStep + place) * ${arrivalWords}u;
  record[at] = u32(arrived.exc);
  record[at + 1u] = outer;
  record[at + 2u] = u32(arrived.inh);
}

/** Whether sample number \`sample\` of the item is the state before this step. */
fn isSample(sample: u32, step: u32) -> bool {
  return record[model.sampleSteps + sample] == step;
}

fn noteMembrane(job: u32, unit: u32, sample: u32, membrane: u32) {
  let number = record[${unitCount}u + job];
  if (number == never) {
    return;
  }
  let inDispatch = sample - model.firstSample;
  record[model.membranes + (inDispatch * model.recordedJobs + number) * ${unitCount}u + unit] = membrane;
}
`;
}
