/** A text edited where it stands: all of it selected at first, kept when the field is left. */
import { type KeyboardEvent, useEffect, useRef } from 'react';

interface Props {
  readonly label: string;
  readonly text: string;
  readonly limit: number;
  readonly className: string | undefined;
  /** Several lines: Enter makes a new one, and Escape keeps what was written. */
  readonly lines?: boolean;
  /** null: as it was. */
  readonly onDone: (text: string | null) => void;
}

export function TextEdit({ label, text, limit, className, lines = false, onDone }: Props) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const done = useRef(false);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);
  const close = (keep: boolean) => {
    if (done.current) return;
    done.current = true;
    onDone(keep ? (field.current?.value ?? null) : null);
  };
  const shared = {
    ref: field,
    className: `${className ?? ''} nodrag nopan nowheel`,
    'aria-label': label,
    defaultValue: text,
    maxLength: limit,
    onBlur: () => close(true),
    onKeyDown: (event: KeyboardEvent) => {
      event.stopPropagation();
      if (event.key === 'Escape') close(lines);
      if (event.key === 'Enter' && (!lines || event.ctrlKey || event.metaKey)) close(true);
    },
  };
  return lines ? <textarea {...shared} /> : <input {...shared} />;
}
