/**
 * What else compared results can be looked at by: another output of their nodes or, where all are of one node in several
 * runs, an output of another node in the same runs.
 */
import { nodeAnywhere } from '../document/subgraphs';
import type { PortKind } from '../kit/port-type';
import { comparablePorts } from './compare-entries';
import type { ComparedEntry } from './comparison';
import { documentOf, keyIn, outputsOfRuns } from './run-entries';
import type { EditorSession } from './session';

export interface OtherOutput {
  /** Null: each its own. */
  readonly node: string | null;
  readonly port: string;
  readonly kind: PortKind;
  readonly nodeName: string;
  readonly label: string;
}

/** Empty where there is no choice. */
export function otherOutputs(
  session: Pick<EditorSession, 'document' | 'catalogue'>,
  entries: readonly ComparedEntry[],
): readonly OtherOutput[] {
  const [first] = entries;
  if (!first) return [];
  const { root } = session.document.store.getState();
  const typeOf = ({ node, run }: Pick<ComparedEntry, 'node' | 'run'>): string | undefined => {
    const owner = run ? documentOf(run) : root;
    return owner ? nodeAnywhere(owner, node)?.type : undefined;
  };
  const own = session.catalogue.get(typeOf(first) ?? '');
  const isSame = entries.every((entry) => entry.port === first.port && typeOf(entry) === typeOf(first));
  const ofNode = (node: string | null): readonly OtherOutput[] =>
    own && isSame
      ? comparablePorts(own).flatMap((port) => {
          const output = own.outputs[port];
          const nodeName = session.document.nameOf(first.node);
          return output ? [{ node, port, kind: output.kind, nodeName, label: output.label }] : [];
        })
      : [];
  const runs = entries.flatMap(({ run }) => run ?? []);
  if (runs.length === 0 || entries.some(({ node }) => node !== first.node)) return ofNode(null);
  const here = runs.length < entries.length;
  const found = outputsOfRuns(runs, session.catalogue).filter(
    ({ node, port }) =>
      !here || session.catalogue.get(nodeAnywhere(root, node)?.type ?? '')?.outputs[port] !== undefined,
  );
  // An instance of a subgraph is not among the nodes that ran.
  return found.some(({ node }) => node === first.node) ? found : [...ofNode(first.node), ...found];
}

/** The same results, looked at by another output. */
export const withOutput = (entries: readonly ComparedEntry[], output: OtherOutput): readonly ComparedEntry[] =>
  entries.map((entry) => {
    const { port, kind } = output;
    const node = output.node ?? entry.node;
    return { ...entry, node, port, kind, key: entry.run && keyIn(entry.run, node, port) };
  });
