/** TeX, on a line of its own or in one, typeset by KaTeX without trusting it: HTML for the eye, MathML for screen readers. */
import katex from 'katex';
import 'katex/dist/katex.min.css';
import { useMemo } from 'react';

export function Equation({ tex, inline = false }: { readonly tex: string; readonly inline?: boolean }) {
  const html = useMemo(
    () =>
      katex.renderToString(tex, {
        displayMode: !inline,
        throwOnError: false,
        trust: false,
        strict: 'ignore',
        // em: a rule or a space of a foreign note must not cover the page.
        maxSize: 20,
      }),
    [tex, inline],
  );
  const Around = inline ? 'span' : 'div';
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX escapes its input and `trust` is off
  return <Around dangerouslySetInnerHTML={{ __html: html }} />;
}
