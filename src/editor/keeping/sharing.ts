/**
 * The open pipeline in the page's own address, so that the address can be passed on. Only after the person asked for a
 * link, or when the page was opened by one; the address then follows the edits, a second after the last of them, always in
 * place of the present history entry. A link that is opened becomes a document of its own.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { describeFailure, toFailure } from '../../core/errors';
import type { PipelineDocument } from '../../document/schema';
import type { Library } from '../../library/library';
import type { DocumentSession } from '../document-session';
import type { Keeper } from '../keeper';
import type { Notices } from '../notices';
import type { Incoming } from './incoming';
import { fromFragment, linkLimit, linkMark, toFragment } from './share-link';

/** The part of the page that has an address. */
export interface Address {
  readonly hash: () => string;
  /** Address without its fragment. */
  readonly base: () => string;
  /** Of the present history entry; kept by the browser over a reload. */
  readonly state: () => unknown;
  /** Changes the present history entry, never makes another. */
  readonly replace: (state: unknown, address: string) => void;
  /** Rejects where the browser does not let the page write there. */
  readonly copy: (text: string) => Promise<void>;
}

export interface Sharing {
  /** `link`: to be shown where it could not be copied. */
  readonly store: StoreApi<{ readonly following: boolean; readonly link: string | null }>;
  /** Puts the pipeline into the address and on the clipboard. */
  copyLink(): Promise<void>;
  /** Opens what the address holds; false if it holds no pipeline. */
  openAddress(): Promise<boolean>;
  dispose(): void;
}

export interface SharingDependencies {
  readonly address: Address;
  readonly documents: DocumentSession;
  readonly keeper: Keeper;
  readonly incoming: Incoming;
  readonly library: Library;
  readonly notices: Notices;
  readonly saveFile: () => Promise<void>;
  readonly delay?: number;
}

export function createSharing(dependencies: SharingDependencies): Sharing {
  const { address, documents, keeper, incoming, library, notices, saveFile, delay = 1000 } = dependencies;
  const store = createStore<{ following: boolean; link: string | null }>(() => ({ following: false, link: null }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const state = () => documents.store.getState();

  /** The address for the document as it is; null if it would be too long. */
  const addressOf = (document: PipelineDocument): string | null => {
    const fragment = toFragment(document);
    return fragment.length > linkLimit ? null : address.base() + fragment;
  };
  const stop = () => {
    clearTimeout(timer);
    store.setState({ following: false, link: null });
    if (address.hash().startsWith(linkMark)) address.replace(null, address.base());
  };
  const write = (): string | null => {
    const { root: document, id } = state();
    const link = addressOf(document);
    if (link === null) return null;
    // With the id, so that a reload comes back to this document and does not make another of it.
    address.replace({ document: id }, link);
    return link;
  };

  const off = documents.store.subscribe((now, before) => {
    if (now.opened !== before.opened) return stop();
    if (!store.getState().following || now.root === before.root) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (store.getState().following && write() === null) {
        stop();
        notices.show({
          level: 'info',
          title: 'The pipeline has become too large for a link',
          message: 'The address no longer follows it. Save it to a file to share it.',
        });
      }
    }, delay);
  });

  return {
    store,
    async copyLink() {
      const link = write();
      if (link === null) {
        const length = toFragment(state().root).length;
        notices.show({
          level: 'warning',
          title: 'This pipeline is too large for a link',
          message: `It would have ${length.toLocaleString('en-US')} characters; up to ${linkLimit.toLocaleString('en-US')} travel safely. Share it as a file.`,
          actions: [{ label: 'Save to a file', run: () => void saveFile() }],
        });
        return;
      }
      store.setState({ following: true, link: null });
      try {
        await address.copy(link);
        notices.show({
          level: 'good',
          title: 'Link copied',
          message: `${link.length.toLocaleString('en-US')} characters hold the whole pipeline. Whoever opens it gets a copy of their own; results and imported files are not in it.`,
        });
      } catch {
        store.setState({ link });
      }
    },
    async openAddress() {
      const hash = address.hash();
      if (!hash.startsWith(linkMark)) return false;
      const was = (address.state() as { document?: unknown } | null)?.document;
      try {
        if (typeof was === 'string' && (await library.documents.open(was))?.discarded === null) {
          if (!(await keeper.reopen(was))) return false;
        } else if (!(await incoming.take(fromFragment(hash), 'the linked pipeline'))) {
          stop();
          return false;
        }
      } catch (thrown) {
        stop();
        notices.show({
          level: 'error',
          title: 'The link could not be opened',
          message: `${describeFailure(toFailure(thrown, { code: 'link.damaged' }))} Your own pipelines are unchanged.`,
        });
        return false;
      }
      store.setState({ following: write() !== null });
      return true;
    },
    dispose() {
      off();
      clearTimeout(timer);
    },
  };
}
