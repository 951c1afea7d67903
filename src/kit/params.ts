/**
 * Parameter builders for node authors. Each returns a zod schema with a default and metadata; the inspector form,
 * validation, the docs page, the JSON Schema, the TypeScript type and the cache key all derive from that one schema.
 */
import { z } from '../core/zod';

export type ParamWidget = 'number' | 'integer' | 'choice' | 'toggle' | 'seed' | 'text' | 'assets';

export interface ParamMeta {
  readonly widget: ParamWidget;
  readonly label: string;
  readonly help: string;
  /** "ms", "mV", "Hz"; absent for a pure number. */
  readonly unit?: string;
  /** The symbol of the paper, shown beside the label. */
  readonly symbol?: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly scale?: 'linear' | 'log';
  readonly options?: readonly ChoiceOption[];
  /** Section of the form. */
  readonly group?: string;
  /** Hidden until "more" is opened. */
  readonly advanced?: boolean;
  /** Shown only while another parameter has one of these values. */
  readonly visibleWhen?: { readonly param: string; readonly is: readonly unknown[] };
  /** False for parameters that change only how a result is shown: they stay out of the key. */
  readonly matters: boolean;
  /** Continuation parameter (epochs, duration): a larger value extends a stored run instead of restarting it. */
  readonly extends: boolean;
  /** File endings for `assets`. */
  readonly accept?: readonly string[];
}

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
  readonly help?: string;
}

interface Common {
  readonly label: string;
  readonly help: string;
  readonly symbol?: string;
  readonly group?: string;
  readonly advanced?: boolean;
  readonly visibleWhen?: ParamMeta['visibleWhen'];
  readonly matters?: boolean;
  readonly extends?: boolean;
}
interface Range extends Common {
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly step?: number;
  readonly scale?: 'linear' | 'log';
}

const meta = (widget: ParamWidget, common: Common, rest: Partial<ParamMeta> = {}): ParamMeta => ({
  widget,
  label: common.label,
  help: common.help,
  ...(common.symbol === undefined ? {} : { symbol: common.symbol }),
  ...(common.group === undefined ? {} : { group: common.group }),
  ...(common.advanced === undefined ? {} : { advanced: common.advanced }),
  ...(common.visibleWhen === undefined ? {} : { visibleWhen: common.visibleWhen }),
  matters: common.matters ?? true,
  extends: common.extends ?? false,
  ...rest,
});

const attach = <S extends z.ZodType>(schema: S, data: ParamMeta): S =>
  schema.meta({ title: data.label, description: data.help, spikeloom: data }) as S;

/** A real number with a unit. `unit` "1" means dimensionless. */
export function quantity(unit: string, options: Range) {
  const { min, max, step, scale = 'linear' } = options;
  const schema = z.number().min(min).max(max).default(options.default);
  return attach(schema, meta('number', options, { unit, min, max, scale, ...(step === undefined ? {} : { step }) }));
}

/** A whole number, with a unit where it counts something ("neurons", "epochs"). */
export function integer(options: Range & { readonly unit?: string }) {
  const { min, max, step = 1, scale = 'linear', unit } = options;
  const schema = z.number().int().min(min).max(max).default(options.default);
  return attach(schema, meta('integer', options, { min, max, step, scale, ...(unit === undefined ? {} : { unit }) }));
}

export function choice<const V extends string>(
  options: Common & {
    readonly options: readonly { readonly value: V; readonly label: string; readonly help?: string }[];
    readonly default: NoInfer<V>;
  },
) {
  const values = options.options.map((option) => option.value);
  const schema = z.enum(values as [V, ...V[]]).default(options.default as never);
  return attach(schema, meta('choice', options, { options: options.options }));
}

export function toggle(options: Common & { readonly default: boolean }) {
  return attach(z.boolean().default(options.default), meta('toggle', options));
}

/** A 32-bit seed. The seed shown is the seed used. */
export function seed(options: Partial<Common> & { readonly default?: number } = {}) {
  const common = { label: 'Seed', help: 'Same seed, same numbers: every random draw follows from it.', ...options };
  const schema = z
    .number()
    .int()
    .min(0)
    .max(0xffffffff)
    .default(options.default ?? 1);
  return attach(schema, meta('seed', common, { min: 0, max: 0xffffffff, step: 1 }));
}

export function text(options: Common & { readonly default: string }) {
  return attach(z.string().max(2000).default(options.default), meta('text', options));
}

/** An imported file, by the hash of its bytes: the name is for people only. */
export const assetReference = z.object({ name: z.string(), hash: z.string(), bytes: z.number().int().nonnegative() });
export type AssetReference = z.infer<typeof assetReference>;

/** Files of the user's own. */
export function assets(options: Common & { readonly accept: readonly string[] }) {
  return attach(z.array(assetReference).default([]), meta('assets', options, { accept: options.accept }));
}

export type ParamShape = Readonly<Record<string, z.ZodType>>;
export type ParamValues<P extends ParamShape> = { [K in keyof P]: z.output<P[K]> };

/** Metadata of one parameter; throws if the schema was not made by a builder of this file. */
export function paramMeta(schema: z.ZodType): ParamMeta {
  const data = schema.meta()?.['spikeloom'];
  if (!data) throw new Error('A parameter must be made by a builder of src/kit/params.ts.');
  return data as ParamMeta;
}

/** The default of every parameter. */
export function defaultParams<P extends ParamShape>(shape: P): ParamValues<P> {
  return z.object(shape).parse({}) as ParamValues<P>;
}
