/**
 * What the editor tells people: short notices on screen and sentences for the live region. One queue, so that nothing is
 * shown that is not also announced. How they look is left to src/app.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { shortText } from '../core/plain-text';

export type NoticeLevel = 'info' | 'good' | 'warning' | 'error';

interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}
export interface Notice {
  readonly id: number;
  readonly level: NoticeLevel;
  readonly title: string;
  readonly message: string;
  /** Stays until it is closed. */
  readonly sticky: boolean;
  readonly actions: readonly NoticeAction[];
}

interface Sentence {
  readonly text: string;
  readonly turn: number;
}

export interface NoticeState {
  readonly shown: readonly Notice[];
  /** The latest sentence for screen readers; `turn` changes with every sentence, also a repeated one. */
  readonly spoken: Sentence;
  /** The last sentences, oldest first: one that comes right after another must not swallow it. */
  readonly recent: readonly Sentence[];
}

export interface Notices {
  readonly store: StoreApi<NoticeState>;
  show(notice: Partial<Notice> & Pick<Notice, 'level' | 'title'>): number;
  close(id: number): void;
  /** Only for the live region. */
  announce(text: string): void;
}

const shownAtMost = 4;
const recentAtMost = 6;
/** Characters; more than any sentence of ours has. What people name things comes into these as well. */
const longest = { title: 200, message: 1200 };

export function createNotices(): Notices {
  const store = createStore<NoticeState>(() => ({
    shown: [],
    spoken: { text: '', turn: 0 },
    recent: [],
  }));
  let last = 0;
  const announce = (text: string) =>
    store.setState(({ spoken: { turn }, recent }) => {
      const spoken = { text: shortText(text, longest.title + longest.message), turn: turn + 1 };
      return { spoken, recent: [...recent, spoken].slice(-recentAtMost) };
    });
  return {
    store,
    announce,
    show({ level, sticky = level === 'error', actions = [], ...texts }) {
      const title = shortText(texts.title, longest.title);
      const message = shortText(texts.message ?? '', longest.message);
      const notice: Notice = { id: ++last, level, title, message, sticky, actions };
      store.setState(({ shown }) => {
        // The same notice again replaces itself instead of piling up.
        const others = shown.filter((entry) => entry.title !== title || entry.message !== message);
        return { shown: [...others, notice].slice(-shownAtMost) };
      });
      announce(message ? `${title}${/[.!?]$/.test(title) ? '' : '.'} ${message}` : title);
      return notice.id;
    },
    close(id) {
      store.setState(({ shown }) => ({ shown: shown.filter((entry) => entry.id !== id) }));
    },
  };
}
