/** The parameters on the form, each with the name that it was given there. */
import { useMemo } from 'react';
import type { FormItem } from '../../document/schema';
import { nodeAnywhere } from '../../document/subgraphs';
import { placeOnForm } from '../../editor/form-edits';
import { useDefinition, useDocument, useInference, useSession } from '../../editor/hooks';
import { formOf } from '../../graph/simple-form';
import { paramMeta } from '../../kit/params';
import { ParamForm } from '../../panels/ParamForm';
import { importAssets } from '../import-files';
import classes from './Form.module.css';

export function SimpleForm() {
  const items = useDocument(({ root }) => formOf(root));
  if (items.length === 0) return null;
  return (
    <section className={classes.items} aria-label="Form">
      {items.map((item) => (
        <Item key={`${item.node} ${item.param}`} item={item} />
      ))}
    </section>
  );
}

function Item({ item: { node: id, param, label } }: { item: FormItem }) {
  const session = useSession();
  const node = useDocument(({ root }) => nodeAnywhere(root, id));
  const place = useDocument(() => placeOnForm(session, id));
  const definition = useDefinition(node?.type ?? '');
  const inference = useInference(id);
  const readOnly = useDocument((state) => state.access === 'read-only');
  const schema = definition?.params[param];
  const shown = useMemo(() => {
    if (!schema) return null;
    const { visibleWhen: _, group: __, ...meta } = paramMeta(schema);
    const own = { ...meta, advanced: false, label: label || meta.label };
    return { params: { [param]: schema.meta({ ...schema.meta(), title: own.label, spikeloom: own }) } };
  }, [schema, param, label]);
  if (!node || !shown) return null;
  const problem = inference?.problems.find((each) => each.param === param);
  return (
    <div className={classes.item}>
      <ParamForm
        definition={shown}
        id={`form-${id}`}
        values={inference?.params ?? {}}
        problems={problem ? { [param]: problem.reason } : {}}
        disabled={readOnly}
        onChange={(name, value, gesture) =>
          session.edits.run({ type: 'set-on-form', node: id, param: name, value }, gesture)
        }
        onImportFiles={(files) => importAssets(session, files)}
      />
      <p className={classes.of}>{place}</p>
    </div>
  );
}
