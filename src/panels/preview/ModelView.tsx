/** A model as its chain of blocks with layers, output shapes and parameter counts; trained or not. */
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { formatBytes, formatNumber } from '../../core/units';
import type { ModelMemory, ModelPreview } from '../../kit/preview';
import { layerSizes } from './layer-sizes';
import classes from './preview.module.css';
import type { ViewProps } from './preview-props';
import { summarise } from './summary';

export const blockParameters = (block: ModelPreview['blocks'][number]): number =>
  block.layers.reduce((sum, layer) => sum + layer.parameters, 0);

export function ModelView({ preview, size }: ViewProps<ModelPreview>) {
  return size === 'node' ? <CompactModel preview={preview} /> : <FullModel preview={preview} />;
}

const trainedText = (epochs: number): string =>
  epochs === 0 ? 'solved in closed form' : `trained, ${formatNumber(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}`;

function Training({ preview }: { readonly preview: ModelPreview }) {
  const Icon = preview.trained ? IconCircleCheck : IconCircleDashed;
  const untrained = preview.parameters === null ? 'not trained' : (preview.note ?? 'not trained yet');
  return (
    <span className={classes.training} data-trained={preview.trained || undefined}>
      <Icon size={14} stroke={1.8} />
      {preview.trained ? trainedText(preview.epochs) : untrained}
    </span>
  );
}

/** Items that go through a convolution at a time unless learn.train is told otherwise; in dense layers they hardly count. */
const usualSlice = 8;

const memoryText = ({ held, perItem }: ModelMemory): string => `${formatBytes(held + usualSlice * perItem)} to train`;

/** Chains longer than this show the sizes of their last block alone: a card has no room for more. */
const detailed = 2;

function CompactModel({ preview }: { readonly preview: ModelPreview }) {
  const { blocks, parameters } = preview;
  const last = blocks.length - 1;
  return (
    <div className={classes.compactModel} role="img" aria-label={summarise(preview)}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a chain may hold the same block twice; order is identity
        <div key={index} className={classes.block}>
          <b>{block.type}</b>
          {blocks.length > 1 && block.layers.length > 0 && <span>{formatNumber(blockParameters(block))}</span>}
          {(index === last || blocks.length <= detailed) && (
            <div className={classes.sizes}>{block.layers.length > 0 ? layerSizes(block) : block.settings}</div>
          )}
        </div>
      ))}
      <div className={classes.modelFoot}>
        {parameters === null ? (
          preview.note
        ) : (
          <>
            <b>{formatNumber(parameters)}</b> {blocks.length > 1 ? 'parameters in all' : 'parameters'}
            {preview.memory && <span className={classes.dim}>, {memoryText(preview.memory)}</span>}
          </>
        )}
      </div>
      <Training preview={preview} />
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
          {preview.memory && `, ${formatBytes(preview.memory.weights)}`}
        </span>
        <Training preview={preview} />
      </div>
      {preview.memory && (
        <p className={classes.lines}>
          Training holds {formatBytes(preview.memory.held)} (weights, gradients, moments) and about{' '}
          {formatBytes(preview.memory.perItem)} for each item of a batch.
        </p>
      )}
      {preview.parameters === null && preview.note && <div className={classes.dim}>{preview.note}</div>}
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
                <td className={classes.right}>{block.layers.length > 0 ? formatNumber(blockParameters(block)) : ''}</td>
              </tr>
              {block.layers.length === 0 && block.settings && (
                <tr>
                  <td colSpan={3}>{block.settings}</td>
                </tr>
              )}
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
