/** A model as its chain of blocks with layers, output shapes and parameter counts; trained or not. */
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { formatNumber } from '../../core/units';
import type { ModelPreview } from '../../kit/preview';
import classes from './preview.module.css';
import type { ViewProps } from './preview-props';
import { summarise } from './summary';

export const blockParameters = (block: ModelPreview['blocks'][number]): number =>
  block.layers.reduce((sum, layer) => sum + layer.parameters, 0);

export function ModelView({ preview, size }: ViewProps<ModelPreview>) {
  return size === 'node' ? <CompactModel preview={preview} /> : <FullModel preview={preview} />;
}

function Training({ preview }: { readonly preview: ModelPreview }) {
  const Icon = preview.trained ? IconCircleCheck : IconCircleDashed;
  return (
    <span className={classes.training} data-trained={preview.trained || undefined}>
      <Icon size={14} stroke={1.8} />
      {preview.trained
        ? `trained, ${formatNumber(preview.epochs)} ${preview.epochs === 1 ? 'epoch' : 'epochs'}`
        : 'not trained'}
    </span>
  );
}

function CompactModel({ preview }: { readonly preview: ModelPreview }) {
  const last = preview.blocks.at(-1)?.layers.at(-1);
  return (
    <div className={classes.compactModel} role="img" aria-label={summarise(preview)}>
      <div className={classes.chain}>
        {preview.blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a chain may hold the same block twice; order is identity
          <span key={index} className={classes.block}>
            <b>{block.type}</b>
            <span>{block.layers.length > 0 ? formatNumber(blockParameters(block)) : '?'}</span>
          </span>
        ))}
      </div>
      <div className={classes.bigNumber}>{preview.parameters === null ? '–' : formatNumber(preview.parameters)}</div>
      <div className={classes.dim}>
        {preview.parameters === null ? (preview.note ?? 'Parameter count not known yet') : 'parameters'}
      </div>
      <div className={classes.modelFoot}>
        <Training preview={preview} />
        {last && <span className={classes.dim}>out {last.outputShape.join(' × ')}</span>}
      </div>
    </div>
  );
}

/** Reachable by keyboard: a narrow panel scrolls it sideways. */
const region = { tabIndex: 0, role: 'region', 'aria-label': 'Layers' } as const;

function FullModel({ preview }: { readonly preview: ModelPreview }) {
  return (
    <div className={classes.model}>
      <div className={classes.modelHead}>
        <span>
          {preview.parameters === null ? 'Parameters not known yet' : `${formatNumber(preview.parameters)} parameters`}
        </span>
        <Training preview={preview} />
      </div>
      {preview.note && <div className={classes.dim}>{preview.note}</div>}
      <div className={classes.layerScroll} {...region}>
        <table className={classes.layers}>
          <caption className={classes.hidden}>{summarise(preview)}</caption>
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col">Output</th>
              <th scope="col" className={classes.right}>
                Parameters
              </th>
            </tr>
          </thead>
          {preview.blocks.map((block, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a chain may hold the same block twice; order is identity
            <tbody key={index}>
              <tr className={classes.blockRow}>
                <th scope="rowgroup" colSpan={2}>
                  {index + 1}. {block.type}
                </th>
                <td className={classes.right}>
                  {block.layers.length > 0 ? formatNumber(blockParameters(block)) : '?'}
                </td>
              </tr>
              {block.layers.map((layer, row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: layer names may repeat; order is identity
                <tr key={row}>
                  <td>{layer.name}</td>
                  <td>{layer.outputShape.join(' × ')}</td>
                  <td className={classes.right}>{formatNumber(layer.parameters)}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </div>
  );
}
