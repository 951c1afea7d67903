/** A note's text as elements: made one by one from the parsed text, so that nothing in it can become HTML. */
import { Fragment, lazy, type ReactNode, Suspense, useMemo } from 'react';
import classes from './Markdown.module.css';
import { type Block, type Inline, parseMarkdown } from './parse-markdown';

/** KaTeX is heavy: it comes with the first formula. */
const Equation = lazy(async () => ({ default: (await import('../Equation')).Equation }));

export function Markdown({ text }: { readonly text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return <div className={classes.markdown}>{blocks.map(withKey(drawBlock))}</div>;
}

/** Text has no ids of its own: its parts are known by their place. */
const withKey =
  <T,>(draw: (entry: T) => ReactNode) =>
  (entry: T, place: number): ReactNode => <Fragment key={place}>{draw(entry)}</Fragment>;

const Formula = ({ tex, inline }: { tex: string; inline: boolean }) => (
  <Suspense fallback={<code>{tex}</code>}>
    <Equation tex={tex} inline={inline} />
  </Suspense>
);

function drawBlock(block: Block): ReactNode {
  switch (block.is) {
    case 'heading': {
      // The card's own title is a heading of level 3.
      const Heading = `h${block.level + 3}` as 'h4' | 'h5' | 'h6';
      return <Heading>{block.inside.map(withKey(drawInline))}</Heading>;
    }
    case 'paragraph':
      return <p>{block.inside.map(withKey(drawInline))}</p>;
    case 'list': {
      const items = block.items.map(withKey((item) => <li>{item.map(withKey(drawInline))}</li>));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'quote':
      return <blockquote>{block.blocks.map(withKey(drawBlock))}</blockquote>;
    case 'code':
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case 'math':
      return <Formula tex={block.text} inline={false} />;
    case 'rule':
      return <hr />;
  }
}

function drawInline(inline: Inline): ReactNode {
  switch (inline.is) {
    case 'text':
      return inline.text;
    case 'code':
      return <code>{inline.text}</code>;
    case 'math':
      return <Formula tex={inline.text} inline />;
    case 'strong':
      return <strong>{inline.inside.map(withKey(drawInline))}</strong>;
    case 'em':
      return <em>{inline.inside.map(withKey(drawInline))}</em>;
    case 'break':
      return <br />;
    case 'link':
      return (
        <a href={inline.href} target="_blank" rel="noopener noreferrer nofollow">
          {inline.inside.map(withKey(drawInline))}
        </a>
      );
  }
}
