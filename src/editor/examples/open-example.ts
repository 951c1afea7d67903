/** Opening an example as a pipeline of its own: what was open is kept, and one press leads back. */
import type { EditorSession } from '../session';

export async function openExample(session: EditorSession, type: string): Promise<boolean> {
  const document = await session.examples.document(type);
  if (!document) return false;
  const { id, root } = session.document.store.getState();
  // Even one that nobody has touched: the person wants to come back to it.
  session.keeper.retain();
  await session.keeper.adopt(document);
  session.notices.show({
    level: 'good',
    title: `Opened "${document.title}"`,
    message: `"${root.title}" is kept in the library.`,
    actions: [{ label: `Back to ${root.title}`, run: () => void comeBack(session, id, root.title) }],
  });
  return true;
}

async function comeBack(session: EditorSession, id: string, title: string): Promise<void> {
  if (await session.keeper.reopen(id)) session.notices.announce(`Opened ${title}.`);
  else session.notices.show({ level: 'warning', title: `"${title}" is not in the library any more` });
}
