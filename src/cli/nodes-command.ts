/** `spikeloom nodes`: the catalogue with ports and parameter schemas, for people or as JSON for tools. */
import { z } from 'zod';
import type { AnyNode, Catalogue } from '../kit/define-node';

function describe(definition: AnyNode) {
  return {
    type: definition.type,
    version: definition.version,
    title: definition.title,
    summary: definition.docs.summary,
    inputs: definition.inputs,
    outputs: definition.outputs,
    params: z.toJSONSchema(z.object(definition.params), { io: 'input' }),
    presets: definition.presets ?? [],
    references: definition.docs.references,
  };
}

export function nodesCommand(catalogue: Catalogue, json: boolean): void {
  const entries = [...catalogue.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
  if (json) {
    process.stdout.write(`${JSON.stringify({ nodes: entries.map(describe) })}\n`);
    return;
  }
  const ports = (specs: AnyNode['inputs'] | AnyNode['outputs']) => Object.keys(specs).join(', ') || 'nothing';
  for (const entry of entries) {
    process.stdout.write(
      `${entry.type.padEnd(26)} ${ports(entry.inputs)} -> ${ports(entry.outputs)}\n  ${entry.docs.summary}\n`,
    );
  }
}
