/** What is kept of runs: results after a reload, their history, why each ran, what they take. */
import { expect, test } from '@playwright/test';
import { firstVisit, nodeCard, title } from './editor-support';
import { downloadOf, openMenu, quick } from './keeping-support';
import { openPipeline, run } from './run-support';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('an executed pipeline is back after a reload with nothing executed and its previews within a second', async ({
  page,
}) => {
  // The run itself may wait for processors that others hold.
  test.setTimeout(240_000);
  await firstVisit(page);
  await openPipeline(page, quick('Quick'));
  expect(await run(page)).toBe(8);
  await page.reload();
  // From the first card on the page to its preview; the page itself takes as long as it takes.
  await expect(nodeCard(page, 'quality')).toBeVisible();
  const shown = Date.now();
  await expect(nodeCard(page, 'quality').getByRole('table')).toBeVisible();
  const took = Date.now() - shown;
  test.info().annotations.push({ type: 'previews after reload', description: `${took} ms` });
  console.log(`previews after reload: ${took} ms`);
  expect(took).toBeLessThan(1000);
  await expect(page.getByText('Nothing to run: all stored')).toBeVisible();
  expect(await run(page)).toBe(0);

  // The history: two runs, the second executed nothing; metrics are columns.
  await openMenu(page, 'Run history');
  const dialog = page.getByRole('dialog', { name: 'Run history' });
  const rows = dialog.getByRole('region', { name: 'Runs' }).locator('tbody > tr');
  await expect(rows).toHaveCount(2);
  await expect(dialog.getByRole('columnheader', { name: 'psnr (dB)' })).toBeVisible();
  await dialog
    .getByRole('button', { name: /^Pin the run of Quick/ })
    .last()
    .click();
  await expect(dialog.getByRole('button', { name: /^Pin the run of Quick/ }).first()).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await dialog
    .getByRole('button', { name: /^today/ })
    .first()
    .click();
  await expect(dialog.getByText('8 executed')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
  const record = await downloadOf(page, () => dialog.getByRole('button', { name: 'Save this record' }).click());
  expect(JSON.parse(record.bytes.toString())[0]).toMatchObject({ title: 'Quick', outcome: 'succeeded' });
  await dialog.getByRole('textbox', { name: 'Search the runs' }).fill('nothing like it');
  await expect(dialog.getByText('No run is found by')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Search the runs' }).fill('');
  await page.keyboard.press('Escape');

  // Another parameter, and the run of before again: nothing is executed for it.
  await nodeCard(page, 'encoder').getByRole('heading').click();
  const field = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('spinbutton', { name: /^Duration per item/ });
  await field.fill('120');
  await field.press('Enter');
  await openMenu(page, 'Run history');
  await dialog
    .getByRole('button', { name: /^today/ })
    .first()
    .click();
  await dialog.getByRole('button', { name: 'Open what ran' }).click();
  await expect(title(page)).toHaveValue(/^Quick \(run of today/);
  await expect(nodeCard(page, 'quality').getByRole('table')).toBeVisible();
  await expect(page.getByText('Nothing to run: all stored')).toBeVisible();
});

test('the why list and the sizes of stored results follow a change; held results stay when others are deleted', async ({
  page,
}) => {
  // The run itself may wait for processors that others hold.
  test.setTimeout(240_000);
  await firstVisit(page);
  await openPipeline(page, quick('Why'));
  await page.getByRole('button', { name: 'Log', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Run log' });
  await panel.getByText('Why', { exact: true }).click();
  await expect(panel.getByRole('status')).toContainText('8 of 8 nodes would run.');
  expect(await run(page)).toBe(8);
  await expect(panel.getByRole('status')).toContainText('Nothing would run');
  await expect(panel.getByRole('row', { name: /^Image quality Executed in/ })).toContainText(
    'Would be taken from the store',
  );

  await nodeCard(page, 'readout').getByRole('heading').click();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await nodeCard(page, 'quality').getByRole('heading').click();
  const field = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('spinbutton', { name: /^Bootstrap resamples/ });
  await field.fill('500');
  await field.press('Enter');
  await expect(panel.getByRole('status')).toContainText('1 of 8 nodes would run. It begins at Image quality.');
  await expect(panel.getByRole('row', { name: /^Image quality/ })).toContainText(
    /Parameter resamples \(1000 to 500\) changed/,
  );
  await panel.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('learn.train');

  await openMenu(page, 'Stored results of this pipeline');
  const dialog = page.getByRole('dialog', { name: 'Stored results of this pipeline' });
  const rows = dialog.getByRole('region', { name: 'Stored results by node' }).locator('tbody > tr');
  await expect(rows).toHaveCount(8);
  await expect(rows.filter({ hasText: 'Balanced spiking network' })).toContainText(/\d (kB|MB)/);
  await expect(rows.filter({ hasText: 'Image quality' })).toContainText('not stored');
  await dialog.getByRole('button', { name: 'Hold the result of Balanced spiking network' }).click();
  await expect(dialog.getByText('1 is held')).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete those not held' }).click();
  await expect(rows.filter({ hasText: 'Train' })).toContainText('not stored');
  await expect(rows.filter({ hasText: 'Balanced spiking network' })).toContainText(/\d (kB|MB)/);
  await dialog.getByRole('button', { name: 'Set the budgets' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toContainText('Room for stored results');
});
