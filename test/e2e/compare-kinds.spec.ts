/** Curves, weights, vectors and labels compared, and results that differ in nothing but a seed drawn as one. */
import { expect, type Page, test } from '@playwright/test';
import { panel, select, start, verdict } from './compare-support';

test.describe.configure({ timeout: 240_000 });

/** Digits as Poisson spikes, read out, and three classifiers: the second has another seed, the third learns faster. */
function classifiers(): string {
  const node = (id: string, type: string, x: number, y: number, params: object = {}, label?: string) => ({
    node: { id, type, v: 1, params, ...(label ? { label } : {}) },
    place: [id, { x, y }] as const,
  });
  const training = { loss: 'cross-entropy', epochs: 3, warmUpEpochs: 0, validationFraction: 0.25 };
  const made = [
    node('images', 'source.images', 0, 0, { trainCount: 96, testCount: 32 }),
    node('encoder', 'encoder.poisson', 420, 0, { duration: 40 }),
    node('readout', 'spikes.readout', 840, 0),
    node('other', 'spikes.readout', 840, 420, { method: 'latency' }, 'First spikes'),
    node('linear', 'model.linear', 840, 800),
    ...[{ seed: 1 }, { seed: 2 }, { seed: 1, learningRate: 0.02 }].flatMap((params, k) => [
      node(`train-${k}`, 'learn.train', 1260, 420 * k, { ...training, ...params }, ['One', 'Two', 'Fast'][k]),
      node(`classify-${k}`, 'learn.classify', 1680, 420 * k),
    ]),
  ];
  const wires = [
    'images.images > encoder.drive',
    'encoder.spikes > readout.spikes',
    'encoder.spikes > other.spikes',
    ...[0, 1, 2].flatMap((k) => [
      `linear.model > train-${k}.model`,
      `readout.features > train-${k}.inputs`,
      `images.labels > train-${k}.targets`,
      `train-${k}.model > classify-${k}.model`,
      `readout.features > classify-${k}.inputs`,
    ]),
  ];
  const end = (text: string) => {
    const [id = '', port = ''] = text.split('.');
    return { node: id, port };
  };
  return JSON.stringify({
    schema: 1,
    app: 'spikeloom',
    title: 'Classifiers',
    nodes: made.map((each) => each.node),
    wires: wires.map((text, k) => {
      const [from = '', to = ''] = text.split(' > ');
      return { id: `w${k}`, from: end(from), to: end(to) };
    }),
    ui: { positions: Object.fromEntries(made.map(({ place }) => place)) },
  });
}

const output = (page: Page, label: string) =>
  panel(page).getByRole('combobox', { name: 'Output' }).selectOption({ label });
const legend = (page: Page, name: RegExp) => panel(page).getByText(name);

test('curves lie over each other with their difference, one band over seeds, weights, vectors and labels', async ({
  page,
}) => {
  await start(page, classifiers());
  await select(page, 'train-0', 'train-2');
  await page.keyboard.press('v');
  await output(page, 'Loss');
  await expect(verdict(page)).toHaveText(/ loss, last value .* against .*one value each/);
  const curve = panel(page).getByRole('combobox', { name: 'Curve' });
  await curve.selectOption('validation');
  const plot = panel(page).getByRole('slider', { name: 'validation of One and Fast' });
  const difference = panel(page).getByRole('slider', { name: 'Difference of validation from One' });
  await expect(difference).toBeVisible();
  // One cursor for both; what it reads stands in the legend.
  await plot.press('ArrowRight');
  await expect(plot).toHaveAttribute('aria-valuetext', /^\w+.*: [\d.]+$/);
  await expect(difference).toHaveAttribute('aria-valuetext', (await plot.getAttribute('aria-valuetext')) ?? '');
  await expect(legend(page, /^at \w+ [\d.]+/)).toBeVisible();
  await expect(panel(page).getByRole('button', { name: 'Band over seeds' })).toHaveCount(0);
  const log = panel(page).getByRole('button', { name: 'log y' });
  await log.click();
  await expect(log).toHaveAttribute('aria-pressed', 'true');

  await output(page, 'Model');
  await expect(panel(page).getByRole('slider', { name: 'Histograms of the weights of One and Fast' })).toBeVisible();
  await expect(panel(page).getByText(/^[\d,]+ weights$/)).toHaveText(['7,850 weights', '7,850 weights']);
  const layer = panel(page).getByRole('combobox', { name: 'Layer' });
  await layer.selectOption({ index: 1 });
  await expect(panel(page).getByText(/^[\d,]+ weights$/)).not.toHaveText(['7,850 weights', '7,850 weights']);
  const statistics = panel(page).getByRole('region', { name: 'Statistics' });
  await expect(statistics.getByRole('row', { name: /^Parameters/ })).toHaveText(/7,850\s*7,850/);

  // Two that differ in their seed alone, and one that differs in more: two curves, one of them with a band.
  await select(page, 'train-0', 'train-1', 'train-2');
  await page.keyboard.press('v');
  await output(page, 'Loss');
  await curve.selectOption('validation');
  const band = panel(page).getByRole('button', { name: 'Band over seeds' });
  await expect(band).toHaveAttribute('aria-pressed', 'true');
  await expect(legend(page, /^mean ± SD over 2 seeds$/)).toBeVisible();
  await expect(legend(page, /One, Two$/)).toBeVisible();
  await band.click();
  await expect(band).toHaveAttribute('aria-pressed', 'false');
  await expect(legend(page, /^mean ± SD over 2 seeds$/)).toHaveCount(0);
  await expect(legend(page, /One, Two$/)).toHaveCount(0);

  // Vectors of features, one for each item.
  await select(page, 'readout', 'other');
  await page.keyboard.press('v');
  await expect(verdict(page)).toHaveText(/n = 128 items/);
  await expect(panel(page).getByRole('slider', { name: /^value of .* and First spikes$/ })).toBeVisible();

  // Labels, scored against those of the images they were made from.
  await select(page, 'classify-0', 'classify-2');
  await page.keyboard.press('v');
  await output(page, 'Labels');
  await expect(panel(page).getByRole('combobox', { name: 'Score against' })).toHaveValue(/images/);
  await expect(verdict(page)).toHaveText(/accuracy .* n = 32 items|equal in accuracy in all 32 items/);
  await expect(panel(page).getByRole('region', { name: 'One' })).toBeVisible();
  await expect(panel(page).getByRole('region', { name: 'Fast' })).toBeVisible();
  await panel(page).getByRole('combobox', { name: 'Score against' }).selectOption({ label: 'against nothing' });
  await expect(verdict(page)).toHaveText('Nothing that both have can be measured.');
});
