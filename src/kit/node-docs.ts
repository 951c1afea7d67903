/** The reference page of the node catalogue as Markdown, from the definitions alone. docs/nodes.md is this text. */
import { formatNumber } from '../core/units';
import { type AnyNode, type Catalogue, categoryOf } from './define-node';
import { type ParamMeta, paramMeta } from './params';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function range(meta: ParamMeta): string {
  if (meta.options) return meta.options.map(({ value }) => `\`${value}\``).join(', ');
  if (meta.widget === 'seed') return 'whole number below 2^32';
  if (meta.min === undefined || meta.max === undefined) return '';
  return `${formatNumber(meta.min, 6)} to ${formatNumber(meta.max, 6)}`;
}

function params(node: AnyNode): string[] {
  const rows = Object.entries(node.params).map(([name, schema]) => {
    const meta = paramMeta(schema);
    const unit = meta.unit && meta.unit !== '1' ? meta.unit : '';
    const fallback = JSON.stringify(schema.parse(undefined));
    const label = meta.symbol ? `${meta.label} (${meta.symbol})` : meta.label;
    return `| \`${name}\` | ${cell(label)} | ${unit} | ${cell(range(meta))} | ${cell(fallback)} | ${cell(meta.help)} |`;
  });
  if (rows.length === 0) return [];
  return [
    '',
    '| parameter | meaning | unit | range | default | note |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ];
}

function ports(title: string, specs: AnyNode['inputs'] | AnyNode['outputs']): string[] {
  return Object.entries(specs).map(([name, spec]) => {
    const kinds = 'kinds' in spec ? spec.kinds.join(' or ') : spec.kind;
    const optional = 'optional' in spec && spec.optional ? ', optional' : '';
    return `- ${title} \`${name}\` (${kinds}${optional}): ${spec.help}`;
  });
}

function section(node: AnyNode): string[] {
  const { docs } = node;
  return [
    `## ${node.title}`,
    '',
    `\`${node.type}\`, version ${node.version}. ${docs.summary}`,
    '',
    ...docs.description.flatMap((paragraph) => [paragraph, '']),
    ...(docs.equations ?? []).flatMap((equation) => ['$$', equation, '$$', '']),
    ...ports('input', node.inputs),
    ...ports('output', node.outputs),
    ...params(node),
    ...(node.presets?.length ? ['', 'Presets:', ''] : []),
    ...(node.presets ?? []).map((preset) => `- **${preset.label}** (\`${preset.id}\`): ${preset.help}`),
    ...(docs.references.length > 0 ? ['', 'References:', ''] : []),
    ...docs.references.map((reference) => `- ${reference}`),
    '',
  ];
}

export function nodeDocs(catalogue: Catalogue): string {
  const nodes = [...catalogue.values()];
  const categories = [...new Set(nodes.map((node) => categoryOf(node.type)))];
  const list = categories.map((category) => {
    const titles = nodes.filter((node) => categoryOf(node.type) === category).map((node) => `\`${node.type}\``);
    return `- ${category}: ${titles.join(', ')}`;
  });
  return [
    '# Nodes',
    '',
    'Written by `npm run docs` from the node definitions; do not edit by hand.',
    '',
    ...list,
    '',
    ...nodes.flatMap(section),
  ].join('\n');
}
