/** The user's own files: dropped or chosen, imported by a callback, listed by name and size. Reading them is left to nodes. */
import { ActionIcon, Button, FileButton } from '@mantine/core';
import { IconFile, IconUpload, IconX } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { formatBytes } from '../../core/units';
import type { AssetReference } from '../../kit/params';
import type { ControlProps } from './control-props';
import classes from './params.module.css';

export type ImportFiles = (files: File[]) => Promise<AssetReference[]>;

/** The old list with the new files behind it; the same bytes are kept once. */
export function mergeAssets(old: readonly AssetReference[], added: readonly AssetReference[]): AssetReference[] {
  const seen = new Set(old.map((asset) => asset.hash));
  const fresh = added.filter((asset) => !seen.has(asset.hash) && seen.add(asset.hash));
  return [...old, ...fresh];
}

/** Files whose name has one of the endings; an empty list accepts all. */
export const acceptedNames = (name: string, accept: readonly string[]): boolean =>
  accept.length === 0 || accept.some((ending) => name.toLowerCase().endsWith(ending.toLowerCase()));

/** What a file dialogue is told. It knows only endings with a dot: with others it must offer every file. */
export const dialogueFilter = (accept: readonly string[]): string =>
  accept.every((ending) => ending.startsWith('.')) ? accept.join(',') : '';

export function AssetsControl({
  id,
  meta,
  value,
  disabled,
  describedBy,
  onChange,
  onDraftProblem,
  importFiles,
}: ControlProps & { readonly importFiles: ImportFiles | undefined }) {
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const assets = Array.isArray(value) ? (value as AssetReference[]) : [];
  const accept = meta.accept ?? [];
  const locked = disabled || busy || !importFiles;

  const take = async (files: File[]): Promise<void> => {
    if (!importFiles || files.length === 0) return;
    const good = files.filter((file) => acceptedNames(file.name, accept));
    const left = files.filter((file) => !good.includes(file));
    onDraftProblem(
      left.length > 0
        ? `Left out ${left.map((file) => `"${file.name}"`).join(', ')}: accepted are ${accept.join(', ')}.`
        : null,
    );
    if (good.length === 0) return;
    setBusy(true);
    try {
      onChange(mergeAssets(assets, await importFiles(good)));
    } catch (error) {
      onDraftProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const onDrop = (event: DragEvent): void => {
    // The canvas takes dropped files too: these are for this parameter.
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    if (!locked) void take([...event.dataTransfer.files]);
  };

  return (
    <section
      aria-label={`${meta.label}: drop files here`}
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(!locked);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {assets.length > 0 && (
        <ul className={classes.files}>
          {assets.map((asset) => (
            <li key={asset.hash}>
              <IconFile size={14} stroke={1.7} />
              <span className={classes.fileName} title={asset.name}>
                {asset.name}
              </span>
              <span className={classes.fileSize}>{formatBytes(asset.bytes)}</span>
              <ActionIcon
                size={22}
                disabled={disabled}
                aria-label={`Remove ${asset.name}`}
                onClick={() => onChange(assets.filter((entry) => entry.hash !== asset.hash))}
              >
                <IconX size={13} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <FileButton multiple accept={dialogueFilter(accept)} disabled={locked} onChange={(files) => void take(files)}>
        {(button) => (
          <Button
            {...button}
            id={id}
            variant="default"
            size="compact-xs"
            loading={busy}
            disabled={locked}
            leftSection={<IconUpload size={13} />}
            aria-describedby={describedBy}
          >
            Choose files
          </Button>
        )}
      </FileButton>
      <span className={classes.dropHint}>or drop them here{accept.length > 0 ? `: ${accept.join(' ')}` : ''}</span>
    </section>
  );
}
