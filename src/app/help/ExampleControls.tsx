/** The parameters that may be changed in an example: the fields of the inspector, with the example's values as defaults. */
import type { JsonValue } from '../../core/canonical-json';
import { controlKey, type ExampleValues } from '../../editor/examples/example-document';
import { useSession } from '../../editor/hooks';
import type { ExampleControl, NodeExample } from '../../kit/node-example';
import { type ParamMeta, paramMeta } from '../../kit/params';
import { ParamField } from '../../panels/params/ParamField';
import { completeValues, isVisible } from '../../panels/params/param-logic';
import classes from './Help.module.css';

interface ControlsProps {
  readonly type: string;
  readonly example: NodeExample;
  readonly values: ExampleValues;
  /** Of a node's parameter, from the last try to run. */
  readonly problemOf: (node: string, param: string) => string | undefined;
  readonly onChange: (key: string, value: JsonValue) => void;
}

export function ExampleControls({ type, example, values, problemOf, onChange }: ControlsProps) {
  return (
    <div className={classes.controls}>
      {example.controls.map((control) => {
        const key = controlKey(example, control);
        return (
          <Control
            key={key}
            id={`example-${type}-${key}`}
            example={example}
            control={control}
            values={values}
            problem={problemOf(control.node ?? example.node, control.param)}
            onChange={(value) => onChange(key, value)}
          />
        );
      })}
    </div>
  );
}

interface ControlProps {
  readonly id: string;
  readonly example: NodeExample;
  readonly control: ExampleControl;
  readonly values: ExampleValues;
  readonly problem: string | undefined;
  readonly onChange: (value: JsonValue) => void;
}

function Control({ id, example, control, values, problem, onChange }: ControlProps) {
  const { catalogue } = useSession();
  const { node: nodeId = example.node, param, range } = control;
  const node = example.nodes.find((each) => each.id === nodeId);
  const definition = catalogue.get(node?.type ?? '');
  const schema = definition?.params[param];
  if (!node || !definition || !schema) return null;
  const given = completeValues(definition.params, node.params ?? {});
  const set = Object.fromEntries(
    Object.keys(given).flatMap((name) => {
      const value = values[`${nodeId}.${name}`];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const now = { ...given, ...set };
  const own = paramMeta(schema);
  if (!isVisible(own, now)) return null;
  const meta: ParamMeta = { ...own, ...(range ? { min: range[0], max: range[1] } : {}) };
  return (
    <div>
      <ParamField
        field={{ name: param, meta, defaultValue: given[param] }}
        id={id}
        value={now[param]}
        disabled={false}
        problem={problem}
        onChange={(_, value) => onChange(value)}
        importFiles={undefined}
        drawSeed={() => crypto.getRandomValues(new Uint32Array(1))[0] ?? 1}
      />
      {nodeId !== example.node && <p className={classes.of}>Of the node “{node.label ?? definition.title}”</p>}
    </div>
  );
}
