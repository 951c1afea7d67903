/** How images are set against each other, which two, and how far they are zoomed in. */
import { ActionIcon, NativeSelect, SegmentedControl, Tooltip } from '@mantine/core';
import { IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react';
import { letterOf } from '../../core/letter';
import classes from './Compare.module.css';
import { type View, wholeView, zoomed } from './Pane';
import type { ImagesMode, PlacedImages } from './use-pictures';

const modes: readonly { readonly value: ImagesMode; readonly label: string }[] = [
  { value: 'side', label: 'Side by side' },
  { value: 'slider', label: 'Slider' },
  { value: 'flicker', label: 'Flicker' },
  { value: 'difference', label: 'Difference' },
  { value: 'residual', label: 'Residuals' },
];

interface Props {
  readonly mode: ImagesMode;
  readonly onMode: (mode: ImagesMode) => void;
  readonly hasTruth: boolean;
  readonly images: readonly PlacedImages[];
  readonly labels: readonly string[];
  readonly pair: readonly [number, number];
  readonly onPair: (pair: readonly [number, number]) => void;
  readonly view: View;
  readonly onView: (change: (view: View) => View) => void;
}

export function ImageTools({ mode, onMode, hasTruth, images, labels, pair, onPair, view, onView }: Props) {
  const usable = modes.filter(({ value }) => (value === 'residual' ? hasTruth : value === 'side' || images.length > 1));
  const isPair = mode === 'slider' || mode === 'flicker' || mode === 'difference';
  const data = images.map(({ place }, k) => ({
    value: String(k),
    label: `${letterOf(place)}: ${labels[place] ?? ''}`,
  }));
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="How the images are shown"
        value={mode}
        onChange={(value) => onMode(value as ImagesMode)}
        data={[...usable]}
      />
      {isPair &&
        images.length > 2 &&
        (['First image', 'Second image'] as const).map((label, k) => (
          <NativeSelect
            key={label}
            size="xs"
            aria-label={label}
            value={String(pair[k])}
            data={data}
            onChange={({ currentTarget: { value } }) =>
              onPair(k === 0 ? [Number(value), pair[1]] : [pair[0], Number(value)])
            }
          />
        ))}
      <span className={classes.zooms}>
        <Zoom label="Zoom out" disabled={view.zoom === 1} onClick={() => onView((before) => zoomed(before, 1 / 1.5))}>
          <IconZoomOut size={16} />
        </Zoom>
        <Zoom label="Zoom in" onClick={() => onView((before) => zoomed(before, 1.5))}>
          <IconZoomIn size={16} />
        </Zoom>
        <Zoom label="Fit the images" disabled={view.zoom === 1} onClick={() => onView(() => wholeView)}>
          <IconZoomReset size={16} />
        </Zoom>
      </span>
    </>
  );
}

interface ZoomProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

const Zoom = ({ label, disabled = false, onClick, children }: ZoomProps) => (
  <Tooltip label={label}>
    <ActionIcon aria-label={label} size={26} disabled={disabled} onClick={onClick}>
      {children}
    </ActionIcon>
  </Tooltip>
);
