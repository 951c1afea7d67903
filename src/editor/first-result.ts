/**
 * The first result of somebody who is new here: an example that is small enough to be computed while one looks on, opened,
 * run, and its scores shown.
 */
import { digitCards, digitWires, pipelineFrom } from './lessons/parts';
import type { EditorSession } from './session';

const scores = 'quality';
const small: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  images: { trainCount: 150, testCount: 30 },
  encoder: { duration: 100 },
};

const firstResult = pipelineFrom(
  'Drawn digits, encoded and decoded',
  digitCards.map((card) => ({ ...card, params: { ...card.params, ...small[card.id] } })),
  digitWires,
);

/** Results and scores are there within seconds, or a notice says what keeps them. */
export async function showFirstResult(session: EditorSession): Promise<void> {
  await session.keeper.adopt(firstResult);
  const { opened } = session.document.store.getState();
  const outcome = await session.runner.run();
  // Somebody may have gone on to something else meanwhile.
  if (outcome !== 'succeeded' || session.document.store.getState().opened !== opened) return;
  session.layout.setState({ tab: 'outputs', mobile: 'inspector' });
  session.selection.set([scores]);
}
