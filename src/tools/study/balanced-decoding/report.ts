/** Writes the report: every number in it comes from the records, every sentence from the numbers. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportFigure } from '../../../data/export/export-figure';
import { controlsSection, curveSection } from './report-arms';
import { ladderSection, limitsSection, seedSection } from './report-decoders';
import { informationSection } from './report-information';
import { reportName as name, type ReportInput } from './report-parts';
import { readingsSection } from './report-readings';
import { robustnessSection } from './report-robustness';
import { settingsSection } from './report-settings';
import { stepSection } from './report-step';
import { summarySection } from './report-summary';

export async function writeReport(out: string, input: ReportInput): Promise<string> {
  const sections = [
    await summarySection(input),
    await seedSection(input),
    await controlsSection(input),
    await curveSection(input),
    informationSection(input),
    stepSection(input),
    await readingsSection(input),
    await robustnessSection(input),
    await ladderSection(input),
    await limitsSection(input),
    settingsSection(input),
  ];
  await mkdir(join(out, name), { recursive: true });
  for (const { figures } of sections) {
    for (const [file, figure] of Object.entries(figures ?? {})) {
      const svg = exportFigure(file, figure).find(({ path }) => path.endsWith('.svg'));
      if (svg) await writeFile(join(out, name, svg.path), svg.bytes);
    }
  }
  if (input.examples) await writeFile(join(out, name, 'examples.png'), input.examples.png);
  const text = `${sections
    .map((section) => section.text.trim())
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
  const file = join(out, `${name}.md`);
  await writeFile(file, text);
  return file;
}
