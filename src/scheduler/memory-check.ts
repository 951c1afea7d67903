/**
 * Refuses, before anything runs, the nodes of a plan that would take more memory than the budget for a run. Only nodes that
 * would compute are asked: a stored result takes nothing. What needs a refused node is blocked, the rest runs.
 */
import { type Failure, ParameterError, toFailure } from '../core/errors';
import type { NodeId } from '../core/ids';
import type { InferredType } from '../kit/define-node';
import { type MachineSize, needOfValues, overBudget, type WiredTypes } from '../kit/memory-need';
import type { Planned, PlannedStep } from './planner';

const listed = (types: Readonly<Record<string, InferredType>>): WiredTypes =>
  Object.fromEntries(Object.entries(types).map(([port, type]) => [port, [type]]));

/** Types that the sources of a step give. */
function wiredTypes({ step }: PlannedStep, planned: Planned): WiredTypes {
  return Object.fromEntries(
    Object.entries(step.inputs).map(([port, sources]) => [
      port,
      sources.flatMap(({ node, port: from }) => planned.get(node)?.step.types?.[from] ?? []),
    ]),
  );
}

/** Why the node cannot run within the budget, or null. */
async function refusal(
  entry: PlannedStep,
  planned: Planned,
  budget: number,
  machine: MachineSize,
): Promise<Failure | null> {
  const { step, definition } = entry;
  if (!definition) return null;
  try {
    const estimate = (await definition.memory?.())?.default ?? needOfValues;
    const types = { inputs: wiredTypes(entry, planned), outputs: listed(step.types ?? {}) };
    const need = estimate(types, step.params, machine);
    const over = need && overBudget(need, budget);
    return over && toFailure(new ParameterError({ ...over, node: step.node }));
  } catch (thrown) {
    return toFailure(thrown, { node: step.node });
  }
}

export async function refuseTooLarge(planned: Planned, budget: number, machine: MachineSize): Promise<Planned> {
  const checked = new Map<NodeId, PlannedStep>();
  for (const [node, entry] of planned) {
    if (entry.verdict.action !== 'run') {
      checked.set(node, entry);
      continue;
    }
    const failure = await refusal(entry, planned, budget, machine);
    const blocking = Object.values(entry.step.inputs)
      .flat()
      .find((source) => checked.get(source.node)?.verdict.action === 'blocked');
    if (failure) {
      checked.set(node, {
        ...entry,
        step: { ...entry.step, problem: failure },
        verdict: { ...entry.verdict, action: 'blocked', reason: failure.message, failure },
      });
    } else if (blocking) {
      const reason = `"${blocking.node}" upstream cannot run.`;
      checked.set(node, { ...entry, verdict: { ...entry.verdict, action: 'blocked', reason } });
    } else checked.set(node, entry);
  }
  return checked;
}
