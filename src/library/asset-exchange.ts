/**
 * Imported files of a library that lives in the page's memory (private window): a worker cannot open it, so it asks over a
 * BroadcastChannel, and the page answers. Not used where there is a database.
 */
const CHANNEL = 'spikeloom-assets';

type Message =
  | { readonly type: 'ask'; readonly id: string; readonly hash: string }
  | { readonly type: 'answer'; readonly id: string; readonly bytes: Uint8Array };

/** Answers for what it has; silent about the rest, since another tab may have it. Returns the way to stop. */
export function serveAssets(read: (hash: string) => Promise<Uint8Array | null>): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = async ({ data }: { data: Message }) => {
    if (data.type !== 'ask') return;
    const bytes = await read(data.hash);
    if (bytes) channel.postMessage({ type: 'answer', id: data.id, bytes } satisfies Message);
  };
  return () => channel.close();
}

/** The bytes from whichever page has them, or null after `patience` ms without an answer. */
export function askForAsset(hash: string, patience = 2000): Promise<Uint8Array | null> {
  if (typeof BroadcastChannel === 'undefined') return Promise.resolve(null);
  return new Promise((resolve) => {
    const id = Math.random().toString(36).slice(2);
    const channel = new BroadcastChannel(CHANNEL);
    const end = (bytes: Uint8Array | null) => {
      clearTimeout(timer);
      channel.close();
      resolve(bytes);
    };
    const timer = setTimeout(() => end(null), patience);
    channel.onmessage = ({ data }: { data: Message }) => {
      if (data.type === 'answer' && data.id === id) end(data.bytes);
    };
    channel.postMessage({ type: 'ask', id, hash } satisfies Message);
  });
}
