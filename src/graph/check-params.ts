/**
 * A node's saved parameters against its definition: brought to the current version of the node type, completed with
 * defaults, each checked, with messages that name the label, the value, the range and the unit.
 */
import type { JsonObject, JsonValue } from '../core/canonical-json';
import { formatNumber, withUnit } from '../core/units';
import type { z } from '../core/zod';
import type { AnyNode } from '../kit/define-node';
import { type ParamMeta, paramMeta } from '../kit/params';

export interface ParamProblem {
  readonly param: string;
  readonly code: string;
  readonly reason: string;
  readonly cure: string;
  readonly severity: 'error' | 'warning';
}
export interface CheckedParams {
  /** Complete; a parameter with an error has its default here. */
  readonly params: JsonObject;
  readonly problems: readonly ParamProblem[];
}

/** Parameters of version `from`, brought to the definition's: its migration `n` leads from version n to n + 1. */
export function migrateParams(definition: AnyNode, from: number, params: JsonObject): JsonObject {
  let current: Record<string, unknown> = { ...params };
  for (let version = from; version < definition.version; version++) {
    current = definition.migrations?.[version]?.(current) ?? current;
  }
  return current as JsonObject;
}

/** Null if `value` may be the parameter's value. */
export function checkParam(definition: AnyNode, param: string, value: JsonValue): ParamProblem | null {
  const schema = Object.hasOwn(definition.params, param) ? definition.params[param] : undefined;
  if (!schema) {
    const known = Object.keys(definition.params);
    return {
      param,
      code: 'param.unknown',
      reason: `${definition.title} has no parameter "${param}".`,
      cure: known.length === 0 ? 'It has none at all.' : `Its parameters are ${known.join(', ')}.`,
      severity: 'warning',
    };
  }
  const checked = schema.safeParse(value);
  if (checked.success) return null;
  return {
    param,
    severity: 'error',
    ...describeValue(paramMeta(schema), value, checked.error.issues[0]?.message ?? ''),
  };
}

export function checkParams(definition: AnyNode, saved: JsonObject): CheckedParams {
  const params: Record<string, JsonValue> = {};
  const problems: ParamProblem[] = [];
  for (const [param, value] of Object.entries(saved)) {
    const problem = checkParam(definition, param, value);
    if (!problem) continue;
    problems.push(
      problem.code === 'param.unknown'
        ? { ...problem, reason: `${problem.reason} The value in the file is kept and has no effect.` }
        : problem,
    );
  }
  for (const [param, schema] of Object.entries<z.ZodType>(definition.params)) {
    const value = Object.hasOwn(saved, param) ? saved[param] : undefined;
    const checked = schema.safeParse(value);
    params[param] = (checked.success ? checked.data : schema.parse(undefined)) as JsonValue;
  }
  return { params, problems };
}

function show(value: JsonValue): string {
  if (typeof value === 'number') return formatNumber(value, 6);
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

function describeValue(
  meta: ParamMeta,
  value: JsonValue,
  message: string,
): Pick<ParamProblem, 'code' | 'reason' | 'cure'> {
  const { label, unit, min, max } = meta;
  const numeric = meta.widget === 'number' || meta.widget === 'integer' || meta.widget === 'seed';
  if (numeric) {
    const range = min === undefined || max === undefined ? '' : ` from ${show(min)} to ${withUnit(show(max), unit)}`;
    const cure = `Choose a ${meta.widget === 'number' ? '' : 'whole '}number${range}.`;
    if (typeof value !== 'number')
      return { code: 'param.type', reason: `${label} must be a number, not ${show(value)}.`, cure };
    if ((min !== undefined && value < min) || (max !== undefined && value > max)) {
      return {
        code: 'param.range',
        reason: `${label} is ${withUnit(show(value), unit)}, outside its range${range}.`,
        cure,
      };
    }
    return { code: 'param.type', reason: `${label} must be a whole number, not ${show(value)}.`, cure };
  }
  if (meta.widget === 'choice') {
    const options = (meta.options ?? []).map((option) => `"${option.value}"`).join(', ');
    return { code: 'param.choice', reason: `${label} cannot be ${show(value)}.`, cure: `Choose one of ${options}.` };
  }
  if (meta.widget === 'toggle') {
    return {
      code: 'param.type',
      reason: `${label} must be true or false, not ${show(value)}.`,
      cure: 'Write true or false.',
    };
  }
  if (meta.widget === 'text') {
    return typeof value === 'string'
      ? { code: 'param.range', reason: `${label} is too long.`, cure: 'Use at most 2,000 characters.' }
      : {
          code: 'param.type',
          reason: `${label} must be a text, not ${show(value)}.`,
          cure: 'Put it in double quotes.',
        };
  }
  return { code: 'param.type', reason: `${label} is not as it must be: ${message}`, cure: 'Choose the files again.' };
}
