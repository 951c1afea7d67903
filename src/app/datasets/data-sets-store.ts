/** Which prepared data sets this page has, and those that are being got: one state for a set, whoever shows it. */
import { useEffect } from 'react';
import { create } from 'zustand';
import { toFailure } from '../../core/errors';
import { canPrepare, isServed, prepare } from './server';

export type SetState =
  | { readonly is: 'unknown' | 'there' | 'got' }
  /** `canGet`: this page's server prepares it. `failure`: why the last attempt to get it did not. */
  | { readonly is: 'missing'; readonly canGet: boolean; readonly failure?: string }
  | { readonly is: 'coming'; readonly line: string };

const unknown: SetState = { is: 'unknown' };
const useStates = create<Readonly<Record<string, SetState>>>(() => ({}));
const set = (folder: string, state: SetState) => useStates.setState({ [folder]: state });

async function look(folder: string): Promise<void> {
  const before = useStates.getState()[folder] ?? unknown;
  if (before.is === 'coming') return;
  const isThere = await isServed(folder);
  const canGet = !isThere && (await canPrepare(folder));
  const now = useStates.getState()[folder] ?? unknown;
  if (now.is === 'coming') return;
  if (isThere) set(folder, { is: 'there' });
  else set(folder, now.is === 'missing' ? { ...now, canGet } : { is: 'missing', canGet });
}

/** Has the server prepare the set; the state tells how it goes. */
export async function getData(folder: string): Promise<void> {
  if (useStates.getState()[folder]?.is === 'coming') return;
  set(folder, { is: 'coming', line: 'Asking the server ...' });
  try {
    await prepare(folder, (line) => set(folder, { is: 'coming', line }));
    set(folder, { is: 'got' });
  } catch (thrown) {
    set(folder, { is: 'missing', canGet: true, failure: toFailure(thrown).message });
  }
}

/** The state of a set, looked up when it is first shown and whenever `again` changes. */
export function useDataSet(folder: string, again: unknown): SetState {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run may have found out more
  useEffect(() => {
    void look(folder);
  }, [folder, again]);
  return useStates((states) => states[folder] ?? unknown);
}
