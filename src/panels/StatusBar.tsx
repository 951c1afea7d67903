/**
 * One line at the foot of the page: what the run does, which backend computes and why, tensors, memory and the store
 * against their budgets, and what went wrong with the store.
 *
 * Props
 * - meters: the scheduler's Meters, or null before it answers.
 * - run: { text, tone: 'idle' | 'running' | 'good' | 'bad' | 'warning', fraction? (0..1) }: the run in a few words.
 * - onBackend, onBudgets, onStore: open the settings of each; without them they are plain text.
 * - children: anything more, at the right end (a button for the log).
 * Narrow screens keep run, backend and store, and tensors that come near their budget.
 */
import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCpu, IconDatabase, IconStack2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatBytes, formatNumber } from '../core/units';
import { isNearBudget } from '../editor/run-budget';
import type { BackendName, Meters } from '../scheduler/protocol';
import classes from './status.module.css';

export interface RunSummary {
  readonly text: string;
  readonly tone: 'idle' | 'running' | 'good' | 'bad' | 'warning';
  readonly fraction?: number | null;
}

export interface StatusBarProps {
  readonly meters: Meters | null;
  readonly run: RunSummary;
  readonly onBackend?: () => void;
  readonly onBudgets?: () => void;
  readonly onStore?: () => void;
  readonly children?: ReactNode;
}

const backendNames: Readonly<Record<BackendName, string>> = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' };

/** Share of a budget, 0..1; nothing of an unknown one. */
export const shareOf = (used: number, budget: number): number =>
  budget > 0 ? Math.min(1, Math.max(0, used / budget)) : 0;

export function StatusBar({ meters, run, onBackend, onBudgets, onStore, children }: StatusBarProps) {
  return (
    <footer className={classes.bar}>
      <div className={classes.run} data-tone={run.tone} role="status">
        <span className={classes.dot} aria-hidden />
        <span className={classes.ellipsis}>{run.text}</span>
        {run.fraction !== undefined && run.fraction !== null && (
          <Bar share={run.fraction} label="Run progress" tone="ok" />
        )}
      </div>
      <div className={classes.meters}>
        {meters?.storeNotice && (
          <Tooltip label={meters.storeNotice} multiline maw={320}>
            <span className={classes.notice}>
              <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
              <span className={classes.ellipsis}>{meters.storeNotice}</span>
            </span>
          </Tooltip>
        )}
        {meters ? (
          <Gauges meters={meters} onBackend={onBackend} onBudgets={onBudgets} onStore={onStore} />
        ) : (
          <span className={classes.dim}>Starting the engine</span>
        )}
        {children}
      </div>
    </footer>
  );
}

function Gauges({
  meters,
  onBackend,
  onBudgets,
  onStore,
}: Pick<StatusBarProps, 'onBackend' | 'onBudgets' | 'onStore'> & { readonly meters: Meters }) {
  const { backend } = meters;
  const storeShare = shareOf(meters.storeBytes, meters.storeBudget);
  const memoryShare = shareOf(meters.memoryBytes, meters.memoryBudget);
  const tone = (share: number): 'ok' | 'warn' => (share >= 0.9 ? 'warn' : 'ok');
  return (
    <>
      <Item
        icon={<IconCpu size={14} stroke={1.8} aria-hidden />}
        tip={
          backend
            ? `Tensors run on ${backendNames[backend.name]}: ${backend.reason} ${formatNumber(meters.poolSize)} simulation ${meters.poolSize === 1 ? 'worker' : 'workers'}.`
            : 'No tensor has been needed yet.'
        }
        onClick={onBackend}
        name="Backend"
      >
        {backend ? backendNames[backend.name] : 'no backend yet'}
      </Item>
      <Tensors meters={meters} onBudgets={onBudgets} />
      <Item
        wide
        onClick={onBudgets}
        tip={`Results held in memory: ${formatBytes(meters.memoryBytes)} of ${formatBytes(meters.memoryBudget)}.`}
        name="Memory"
      >
        memory {formatBytes(meters.memoryBytes)}
        <Bar share={memoryShare} label="Memory used" tone={tone(memoryShare)} />
      </Item>
      <Item
        icon={<IconDatabase size={14} stroke={1.8} aria-hidden />}
        tip={`Results stored on this device: ${formatBytes(meters.storeBytes)} of ${formatBytes(meters.storeBudget)}. Least valuable ones make room when it is full.`}
        onClick={onStore}
        name="Store"
      >
        <span className={classes.wide}>store </span>
        {formatBytes(meters.storeBytes)}
        <Bar share={storeShare} label="Store used" tone={meters.storeNotice ? 'warn' : tone(storeShare)} />
      </Item>
    </>
  );
}

/** Now, and the most since the latest run began; a warning stays until the next run. */
function Tensors({ meters, onBudgets }: Pick<StatusBarProps, 'onBudgets'> & { readonly meters: Meters }) {
  const { tensors, tensorBytes, peakTensors, peakTensorBytes, runBudget } = meters;
  const near = isNearBudget(meters);
  const Icon = near ? IconAlertTriangle : IconStack2;
  const most =
    peakTensorBytes > 0
      ? ` At most in the latest run: ${formatNumber(peakTensors)}, ${formatBytes(peakTensorBytes)}.`
      : '';
  return (
    <Item
      wide={!near}
      icon={<Icon size={14} stroke={1.8} aria-hidden className={near ? classes.near : undefined} />}
      tip={`${near ? 'Tensors came near the budget for a run. ' : ''}Tensors alive in the worker: ${formatNumber(tensors)}, ${formatBytes(tensorBytes)} of ${formatBytes(runBudget)} that a node may take while it computes.${most}`}
      onClick={onBudgets}
      name="Tensors"
    >
      <span className={classes.wide}>
        {formatNumber(tensors)} tensors, {formatBytes(tensorBytes)}
      </span>
      {peakTensorBytes > tensorBytes && (
        <span className={near ? undefined : classes.wide}>most {formatBytes(peakTensorBytes)}</span>
      )}
      <Bar
        share={shareOf(peakTensorBytes, runBudget)}
        label="Tensors, most of the budget for a run"
        tone={near ? 'warn' : 'ok'}
      />
    </Item>
  );
}

interface ItemProps {
  readonly name: string;
  readonly tip: string;
  readonly icon?: ReactNode;
  /** Hidden on narrow screens. */
  readonly wide?: boolean;
  readonly onClick?: (() => void) | undefined;
  readonly children: ReactNode;
}

function Item({ name, tip, icon, wide, onClick, children }: ItemProps) {
  const body = (
    <>
      {icon}
      <span className={classes.itemText}>{children}</span>
    </>
  );
  const look = `${classes.item} ${wide ? classes.wide : ''}`;
  return (
    <Tooltip label={tip} multiline maw={320} position="top-end">
      {onClick ? (
        <button type="button" className={look} onClick={onClick} aria-label={`${name}: ${tip}`}>
          {body}
        </button>
      ) : (
        <span className={look} data-meter={name.toLowerCase()}>
          {body}
        </span>
      )}
    </Tooltip>
  );
}

function Bar({ share, label, tone }: { readonly share: number; readonly label: string; readonly tone: 'ok' | 'warn' }) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, share)));
  return (
    <span
      className={classes.meter}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      data-tone={tone}
    >
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}
