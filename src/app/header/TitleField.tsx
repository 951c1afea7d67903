/** The title of the pipeline: a field that looks like text until it is touched. Written when it is left. */
import { useEffect, useRef, useState } from 'react';
import { useDocument, useSession } from '../../editor/hooks';
import classes from './Header.module.css';

export function TitleField() {
  const { edits } = useSession();
  const title = useDocument(({ document }) => document.title);
  const [draft, setDraft] = useState(title);
  const cancelled = useRef(false);
  useEffect(() => setDraft(title), [title]);
  const close = () => {
    const text = draft.trim();
    if (!cancelled.current && text !== '' && text !== title) edits.setTitle(text);
    else setDraft(title);
    cancelled.current = false;
  };
  return (
    <input
      className={classes.title}
      aria-label="Title of the pipeline"
      value={draft}
      maxLength={300}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={close}
      onKeyDown={(event) => {
        if (event.key === 'Escape') cancelled.current = true;
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
