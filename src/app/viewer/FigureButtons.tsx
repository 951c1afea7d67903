/** Saves a figure as SVG, PNG or the numbers behind it; the pictures carry the pipeline that made the result. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { describeFailure, toFailure } from '../../core/errors';
import type { ContentKey } from '../../core/ids';
import { useSession } from '../../editor/hooks';
import type { Figure } from '../../kit/figure';
import { type FigureFormat, saveFigure } from '../dialogs/save-figure';
import { originOf } from '../keeping/origin';

const formats: readonly (readonly [FigureFormat, string, string])[] = [
  ['svg', 'SVG', 'as SVG, as printed'],
  ['png', 'PNG', 'as PNG, 300 dots per inch'],
  ['csv', 'CSV', 'as numbers, CSV'],
];

interface Props {
  /** Made when it is asked for. */
  readonly figure: () => Figure;
  /** "the figure", "what is in view": for tooltips. */
  readonly what: string;
  /** Of the files, without their ending. */
  readonly name: string;
  readonly node: string;
  readonly contentKey: ContentKey | null;
  readonly disabled?: boolean;
}

export function FigureButtons({ figure, what, name, node, contentKey, disabled = false }: Props) {
  const session = useSession();
  const [busy, setBusy] = useState<FigureFormat | null>(null);
  const save = async (format: FigureFormat) => {
    setBusy(format);
    try {
      await saveFigure(figure(), name, format, { embedded: await originOf(session, node, contentKey) });
    } catch (thrown) {
      session.notices.show({
        level: 'error',
        title: 'The figure could not be saved',
        message: describeFailure(toFailure(thrown, { code: 'figure.unsaved' })),
      });
    }
    setBusy(null);
  };
  return formats.map(([format, text, how]) => (
    <Button
      key={format}
      size="compact-sm"
      variant="default"
      title={`Save ${what} ${how}`}
      disabled={disabled}
      loading={busy === format}
      onClick={() => save(format)}
    >
      {text}
    </Button>
  ));
}
