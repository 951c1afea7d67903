/** Where computing happens and how much room results may take. Applied at once. */
import { Button, Modal, NumberInput, SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { formatBytes, formatNumber } from '../../core/units';
import { useIsRunning, useSession, useSettings } from '../../editor/hooks';
import { reportedMemory, usualRunBudget } from '../../editor/run-budget';
import { budgetRange } from '../../editor/settings-store';
import type { BackendPreference } from '../../scheduler/protocol';
import { SettingsFile } from '../keys/SettingsFile';
import classes from './Dialogs.module.css';

const backends: readonly { readonly value: BackendPreference; readonly label: string }[] = [
  { value: 'auto', label: 'Automatic' },
  { value: 'webgpu', label: 'WebGPU' },
  { value: 'wasm', label: 'WASM' },
  { value: 'cpu', label: 'CPU' },
];

export function SettingsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const session = useSession();
  const settings = useSettings((state) => state);
  const meters = useStore(session.meters.store, (state) => state.meters);
  const running = useIsRunning();
  return (
    <Modal opened={opened} onClose={onClose} title="Settings" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes.form}>
        <div>
          <p className={classes.label} id="backend-label">
            Backend
          </p>
          <p className={classes.note}>
            {meters?.backend
              ? `In use: ${meters.backend.name}. ${meters.backend.reason}`
              : 'Chosen when the first node needs it.'}
          </p>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="backend-label"
            disabled={running}
            data={[...backends]}
            value={settings.backend}
            onChange={(backend) => session.settings.change({ backend: backend as BackendPreference })}
          />
        </div>
        <Budget
          name="storeBudget"
          label="Room for stored results"
          description="On disk, in this browser. The least useful results go first."
        />
        <Budget name="memoryBudget" label="Room for results in memory" description="Of the computing thread." />
        <RunBudget />
        <div>
          <p className={classes.label}>Stored results</p>
          <p className={classes.note}>
            {meters ? `${formatBytes(meters.storeBytes)} in use. ` : ''}Clearing them changes no pipeline; the next run
            computes them again.
          </p>
          <Button variant="default" disabled={running} onClick={() => session.clearStore()}>
            Clear the store
          </Button>
        </div>
        <SettingsFile />
      </div>
    </Modal>
  );
}

interface BudgetProps {
  readonly name: 'storeBudget' | 'memoryBudget';
  readonly label: string;
  readonly description: string;
}

function Budget({ name, label, description }: BudgetProps) {
  const session = useSession();
  const value = useSettings((state) => state[name]);
  return (
    <Megabytes
      label={label}
      description={description}
      value={value}
      onChange={(chosen) => session.settings.change({ [name]: chosen })}
    />
  );
}

/** What one node may take while it computes; the usual number is that of the device, and says so. */
function RunBudget() {
  const session = useSession();
  const own = useSettings((state) => state.runBudget);
  const meters = useStore(session.meters.store, (state) => state.meters);
  const usual = usualRunBudget(reportedMemory());
  const most =
    meters && meters.peakTensorBytes > 0
      ? ` Tensors of the latest run took ${formatBytes(meters.peakTensorBytes)} at most.`
      : '';
  return (
    <div>
      <Megabytes
        label="Budget for a run"
        description={`Memory that one node may take. Larger ones are refused before they run, and stopped if their tensors outgrow it; other nodes go on.${most}`}
        value={own ?? usual.megabytes}
        onChange={(runBudget) => session.settings.change({ runBudget })}
      />
      <p className={classes.note}>
        {own === null ? usual.reason : `Set by you. Usual here: ${formatNumber(usual.megabytes)} MB. ${usual.reason}`}
      </p>
      {own !== null && (
        <Button variant="default" size="xs" onClick={() => session.settings.change({ runBudget: null })}>
          Use the usual budget
        </Button>
      )}
    </div>
  );
}

interface MegabytesProps {
  readonly label: string;
  readonly description: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** Applied when the field is left: half a number is no budget. */
function Megabytes({ label, description, value, onChange }: MegabytesProps) {
  const [draft, setDraft] = useState<string | number>(value);
  useEffect(() => setDraft(value), [value]);
  const keep = () => {
    const chosen =
      typeof draft === 'number' ? Math.min(budgetRange.max, Math.max(budgetRange.min, Math.round(draft))) : value;
    setDraft(chosen);
    if (chosen !== value) onChange(chosen);
  };
  return (
    <NumberInput
      label={label}
      description={description}
      value={draft}
      min={budgetRange.min}
      max={budgetRange.max}
      step={100}
      suffix=" MB"
      thousandSeparator=","
      onChange={setDraft}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && keep()}
    />
  );
}
