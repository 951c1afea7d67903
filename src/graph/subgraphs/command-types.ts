/** Commands on subgraphs, as plain data. */
import type { PromotedParam, SubgraphPort } from '../../document/schema';
import type { Command } from '../commands';

export type SubgraphCommand =
  /** A command on the inside of an instance; ids are those of that level ("decoder/mlp"). */
  | { readonly type: 'within'; readonly path: readonly string[]; readonly command: Command }
  /** Puts nodes into a new subgraph and an instance of it in their place. */
  | { readonly type: 'collapse'; readonly ids: readonly string[]; readonly name?: string }
  /** Puts back what is inside an instance. */
  | { readonly type: 'dissolve'; readonly id: string }
  /** Gives an instance a definition of its own, so that changes inside no longer change its twins. */
  | { readonly type: 'detach'; readonly id: string }
  | DefinitionCommand;

/** Commands on a definition, for all its instances. They mean the whole document, on whatever level they are given. */
export type DefinitionCommand =
  | { readonly type: 'rename-subgraph'; readonly subgraph: string; readonly name: string }
  /** The complete list: ports that are left out go with their wires, inside and at every instance. */
  | {
      readonly type: 'set-ports';
      readonly subgraph: string;
      readonly side: 'inputs' | 'outputs';
      readonly ports: readonly SubgraphPort[];
    }
  /** The complete list; values that instances set for those left out are dropped. */
  | { readonly type: 'set-promoted'; readonly subgraph: string; readonly params: readonly PromotedParam[] }
  | { readonly type: 'set-through'; readonly subgraph: string; readonly through: Readonly<Record<string, string>> };

const definitionCommands: ReadonlySet<string> = new Set([
  'rename-subgraph',
  'set-ports',
  'set-promoted',
  'set-through',
] satisfies DefinitionCommand['type'][]);

export const isDefinitionCommand = (command: { readonly type: string }): boolean =>
  definitionCommands.has(command.type);
