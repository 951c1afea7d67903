/** Which command on subgraphs is planned where. */
import type { Refusal } from '../../core/validity';
import type { PipelineDocument } from '../../document/schema';
import type { Catalogue } from '../../kit/define-node';
import type { CommandPlan } from '../commands';
import { planCollapse } from './collapse';
import type { SubgraphCommand } from './command-types';
import { planDefinition } from './definition';
import { planDetach, planDissolve } from './dissolve';
import { type Apply, planWithin } from './within';

export function planSubgraph(
  document: PipelineDocument,
  command: SubgraphCommand,
  catalogue: Catalogue,
  apply: Apply,
): CommandPlan | Refusal {
  switch (command.type) {
    case 'within':
      return planWithin(document, command, catalogue, apply);
    case 'collapse':
      return planCollapse(document, command, catalogue);
    case 'dissolve':
      return planDissolve(document, command.id, catalogue);
    case 'detach':
      return planDetach(document, command.id, catalogue);
    default:
      return planDefinition(document, command, catalogue);
  }
}
