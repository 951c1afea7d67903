/**
 * Lets waiting messages in. A promise alone never does: it is resolved before the next message is read. A message
 * channel is used instead of a timer, which browsers hold back by 4 ms after a few turns.
 */

const waiting: (() => void)[] = [];
let channel: MessageChannel | null = null;

function open(): MessageChannel {
  const created = new MessageChannel();
  created.port1.onmessage = () => waiting.shift()?.();
  // In Node an open port would keep the process alive.
  (created.port1 as unknown as { unref?: () => void }).unref?.();
  return created;
}

export function macrotask(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    channel ??= open();
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
