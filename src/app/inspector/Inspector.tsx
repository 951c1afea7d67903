/** The right panel: everything about the selected node, else about the pipeline. */
import { useSelection } from '../../editor/hooks';
import classes from './Inspector.module.css';
import { ManyInspector } from './ManyInspector';
import { NodeInspector } from './NodeInspector';
import { PipelineInspector } from './PipelineInspector';

/** `onClose`: the panel has a place of its own to close; without it, closing means selecting nothing. */
export function Inspector({ onClose }: { onClose?: () => void }) {
  const count = useSelection(({ nodes }) => nodes.size);
  const only = useSelection(({ nodes }) => (nodes.size === 1 ? [...nodes][0] : undefined));
  return (
    <div className={classes.inspector} data-focus="inspector" tabIndex={-1}>
      {only !== undefined ? (
        <NodeInspector key={only} id={only} onClose={onClose} />
      ) : count > 1 ? (
        <ManyInspector count={count} onClose={onClose} />
      ) : (
        <PipelineInspector onClose={onClose} />
      )}
    </div>
  );
}
