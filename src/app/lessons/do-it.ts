/** "Do it for me": the step as a person would do it, with the same commands, so that undo takes it back. */
import type { JsonValue } from '../../core/canonical-json';
import { branchFrom, compareNodes } from '../../editor/compare';
import type { Help } from '../../editor/lessons';
import type { EditorSession } from '../../editor/session';
import { importAssets } from '../import-files';

export async function doIt(session: EditorSession, help: Help): Promise<void> {
  // The nodes of a lesson are on the outside.
  session.document.look([]);
  const { document } = session.document.store.getState();
  switch (help.does) {
    case 'run':
      await session.runner.run();
      return;
    case 'set':
      if (session.edits.setParam(help.node, help.param, help.value)) await session.runner.run();
      return;
    case 'branch': {
      const type = document.nodes.find(({ id }) => id === help.node)?.type;
      if (!type || !branchFrom(session, help.node, 'downstream')) return;
      const created = session.selection.store.getState().nodes;
      const copy = session.document.store
        .getState()
        .document.nodes.find((node) => created.has(node.id) && node.type === type);
      if (copy) session.edits.setParam(copy.id, help.param, help.value);
      return;
    }
    case 'add':
      addBelow(session, help.part, help.below);
      return;
    case 'compare':
      compareNodes(
        session,
        document.nodes.filter(({ type }) => type === help.type).map(({ id }) => id),
      );
      return;
    case 'sample-image': {
      const files = await importAssets(session, [await drawSample()]);
      session.edits.setParams(help.node, { dataset: 'files', files: files as unknown as JsonValue }, 'My files');
    }
  }
}

/** px between cards of a row, and from the card that they stand below. */
const step = 344;
const drop = 420;

function addBelow(session: EditorSession, part: Extract<Help, { does: 'add' }>['part'], below: string): void {
  const start = session.document.store.getState().document.ui?.positions?.[below] ?? { x: 0, y: 0 };
  const positions = Object.fromEntries(
    part.nodes.map(({ id }, i) => [id, { x: start.x + i * step, y: start.y + drop }]),
  );
  const done = session.document.apply({ type: 'insert', ...part, positions });
  if (!done.ok) {
    session.edits.refused(done);
    return;
  }
  session.selection.set(done.created);
  requestAnimationFrame(() => session.canvas.current?.fit());
}

/** A sun over hills, 112 × 112. */
async function drawSample(): Promise<File> {
  const size = 112;
  const canvas = new OffscreenCanvas(size, size);
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser cannot draw a picture.');
  pen.fillStyle = '#101010';
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = '#f4f4f4';
  pen.beginPath();
  pen.arc(size * 0.62, size * 0.34, size * 0.19, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = '#9a9a9a';
  pen.beginPath();
  pen.moveTo(0, size * 0.78);
  pen.quadraticCurveTo(size * 0.3, size * 0.5, size * 0.6, size * 0.8);
  pen.quadraticCurveTo(size * 0.8, size * 0.62, size, size * 0.74);
  pen.lineTo(size, size);
  pen.lineTo(0, size);
  pen.fill();
  return new File([await canvas.convertToBlob({ type: 'image/png' })], 'sun-over-hills.png', { type: 'image/png' });
}
