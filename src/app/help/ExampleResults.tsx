/** What an example gave: its shown outputs, drawn like any result. */

import { useEffect, useState } from 'react';
import type { ContentKey } from '../../core/ids';
import type { ExampleState } from '../../editor/examples/example-state';
import { usePreviews, useSession } from '../../editor/hooks';
import { previewId } from '../../editor/preview-store';
import type { NodeExample } from '../../kit/node-example';
import { useColourScheme } from '../../panels/colour-scheme';
import { PreviewView } from '../../panels/PreviewView';
import classes from './Help.module.css';

export function ExampleResults({ example, state }: { example: NodeExample; state: ExampleState }) {
  return (
    <>
      {example.shown.map((output) => {
        const [node = '', port = ''] = output.split('.');
        const resultKey = state.keys[node];
        return resultKey ? (
          <Result
            key={output}
            example={example}
            node={node}
            port={port}
            resultKey={resultKey}
            isCurrent={state.phase.is === 'done'}
          />
        ) : null;
      })}
    </>
  );
}

interface ResultProps {
  readonly example: NodeExample;
  readonly node: string;
  readonly port: string;
  readonly resultKey: ContentKey;
  readonly isCurrent: boolean;
}

function Result({ example, node, port, resultKey: key, isCurrent }: ResultProps) {
  const { catalogue, previews } = useSession();
  const scheme = useColourScheme();
  const [item, setItem] = useState<number | undefined>(undefined);
  const request = { key, port, ...(item === undefined ? {} : { item }) };
  const entry = usePreviews((state) => state.entries.get(previewId(request)));
  const asked = entry !== undefined;
  useEffect(() => {
    if (!asked) previews.want({ key, port, ...(item === undefined ? {} : { item }) });
  }, [previews, key, port, item, asked]);
  const definition = catalogue.get(example.nodes.find(({ id }) => id === node)?.type ?? '');
  const label = definition?.outputs[port]?.label ?? port;
  const ready = entry?.state === 'ready';
  return (
    <section className={classes.result} aria-label={`${label} of ${definition?.title ?? node}`}>
      <h4>
        {label}
        {node !== example.node && <span>of {definition?.title ?? node}</span>}
      </h4>
      <PreviewView
        preview={ready ? entry.preview : null}
        size="panel"
        scheme={scheme}
        state={!ready ? 'loading' : isCurrent ? 'ready' : 'stale'}
        onItem={setItem}
        emptyText="This result is not stored any more: run the example again"
      />
    </section>
  );
}
