/**
 * Files of the user's own, dropped on the page: kept in the library by content, then given to the selected node if it takes
 * such files, else to a new node that does. One step of undo.
 */
import type { JsonValue } from '../core/canonical-json';
import { describeFailure, toFailure } from '../core/errors';
import type { EditorSession } from '../editor/session';
import type { AnyNode } from '../kit/define-node';
import { type AssetReference, type ParamMeta, paramMeta } from '../kit/params';
import { acceptedNames } from '../panels/params/AssetsControl';

export const importAssets = (session: EditorSession, files: readonly File[]): Promise<AssetReference[]> =>
  Promise.all(files.map((file) => session.library.assets.put(file)));

interface Slot {
  readonly param: string;
  readonly meta: ParamMeta;
}

const takes = (meta: ParamMeta, file: File): boolean => acceptedNames(file.name, meta.accept ?? []);

/** The parameter of a node type that takes these files. */
function slotOf(definition: AnyNode | undefined, files: readonly File[]): Slot | null {
  for (const [param, schema] of Object.entries(definition?.params ?? {})) {
    const meta = paramMeta(schema);
    if (meta.widget === 'assets' && files.some((file) => takes(meta, file))) return { param, meta };
  }
  return null;
}

/** The files, and whatever makes the parameter count ("data set: own files"). */
function paramsFor({ param, meta }: Slot, assets: readonly AssetReference[]): Record<string, JsonValue> {
  const condition = meta.visibleWhen;
  return {
    ...(condition && condition.is.length > 0 ? { [condition.param]: condition.is[0] as JsonValue } : {}),
    [param]: assets as unknown as JsonValue,
  };
}

export async function importFilesInto(session: EditorSession, files: readonly File[]): Promise<void> {
  const { catalogue, document: documents, edits, notices, selection } = session;
  const { document } = documents.store.getState();
  const selected = document.nodes.filter(({ id }) => selection.store.getState().nodes.has(id));
  const target = selected.find(({ type }) => slotOf(catalogue.get(type), files));
  const type = target?.type ?? [...catalogue.values()].find((definition) => slotOf(definition, files))?.type;
  const slot = type === undefined ? null : slotOf(catalogue.get(type), files);
  if (type === undefined || !slot) {
    const names = files.map(({ name }) => `"${name}"`).join(', ');
    notices.show({
      level: 'warning',
      title: `No node reads ${names}`,
      message: 'Pipelines are .json files; images are PNG, JPEG, IDX or NPY.',
    });
    return;
  }
  try {
    const assets = await importAssets(
      session,
      files.filter((file) => takes(slot.meta, file)),
    );
    const params = paramsFor(slot, assets);
    if (target) edits.setParams(target.id, params, 'Imported files');
    else {
      const position = session.canvas.current?.freePlace();
      const done = edits.apply({ type: 'add-node', node: { type, params }, ...(position ? { position } : {}) });
      if (!done.ok) return edits.refused(done);
      selection.set(done.created);
    }
    notices.show({
      level: 'good',
      title: `Imported ${assets.length === 1 ? assets[0]?.name : `${assets.length} files`}`,
    });
  } catch (thrown) {
    notices.show({
      level: 'error',
      title: 'The files could not be imported',
      message: describeFailure(toFailure(thrown)),
    });
  }
}
