/**
 * Everything a node's definition says about itself: purpose, equations, ports, parameters, references. Best
 * loaded when first asked for (React.lazy): KaTeX is most of its weight.
 *
 * Props
 * - definition: a NodeDefinition (type, title, version, docs, inputs, outputs, params, presets).
 * - scheme: 'light' or 'dark', for the port glyphs.
 * - children: what stands right below the summary, such as a live example.
 */
import type { ReactNode } from 'react';
import type { AnyNode } from '../kit/define-node';
import { type ParamMeta, paramMeta } from '../kit/params';
import type { PortKind } from '../kit/port-type';
import { Equation } from './Equation';
import classes from './help.module.css';
import { KindGlyph } from './KindGlyph';
import { type ColourScheme, kindStyles } from './kind-style';
import { ParamSymbol } from './params/ParamSymbol';
import { defaultText, rangeText } from './params/param-logic';

export interface NodeHelpProps {
  readonly definition: Pick<
    AnyNode,
    'type' | 'title' | 'version' | 'docs' | 'inputs' | 'outputs' | 'params' | 'presets'
  >;
  readonly scheme: ColourScheme;
  readonly children?: ReactNode;
}

export function NodeHelp({ definition, scheme, children }: NodeHelpProps) {
  const { docs, inputs, outputs, params, presets } = definition;
  const fields = Object.entries(params).map(([name, schema]) => ({
    name,
    meta: paramMeta(schema),
    defaultValue: schema.parse(undefined),
  }));
  return (
    <article className={classes.help}>
      <h2>{definition.title}</h2>
      <p className={classes.summary}>{docs.summary}</p>
      {children}
      {docs.description.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {docs.equations && docs.equations.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className={classes.equations} tabIndex={0} aria-label="Equations">
          {docs.equations.map((tex) => (
            <Equation key={tex} tex={tex} />
          ))}
        </section>
      )}
      <Ports title="Inputs" scheme={scheme} ports={Object.entries(inputs).map(([port, spec]) => ({ port, ...spec }))} />
      <Ports
        title="Outputs"
        scheme={scheme}
        ports={Object.entries(outputs).map(([port, spec]) => ({
          port,
          label: spec.label,
          help: spec.help,
          kinds: [spec.kind],
          optional: false,
        }))}
      />
      {fields.length > 0 && (
        <>
          <h3>Parameters</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <section className={classes.scroll} tabIndex={0} aria-label="Parameters">
            <table>
              <thead>
                <tr>
                  <th scope="col">Parameter</th>
                  <th scope="col">Range</th>
                  <th scope="col">Default</th>
                  <th scope="col">Meaning</th>
                </tr>
              </thead>
              <tbody>
                {fields.map(({ name, meta, defaultValue }) => (
                  <tr key={name}>
                    <th scope="row">
                      {meta.label}
                      {meta.symbol && <ParamSymbol symbol={meta.symbol} />}
                      <code>{name}</code>
                    </th>
                    <td>{choicesOrRange(meta)}</td>
                    <td className={classes.nowrap}>{defaultText(meta, defaultValue)}</td>
                    <td>
                      {meta.help}
                      {!meta.matters && ' Does not change the result.'}
                      {meta.extends && ' A larger value continues a stored run.'}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
      {presets && presets.length > 0 && (
        <>
          <h3>Presets</h3>
          <dl>
            {presets.map((preset) => (
              <div key={preset.id}>
                <dt>{preset.label}</dt>
                <dd>{preset.help}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {docs.references.length > 0 && (
        <>
          <h3>References</h3>
          <ul>
            {docs.references.map((reference) => (
              <li key={reference}>{reference}</li>
            ))}
          </ul>
        </>
      )}
      <p className={classes.foot}>
        {definition.type}, version {definition.version}
      </p>
    </article>
  );
}

function choicesOrRange(meta: ParamMeta): string {
  if (meta.widget === 'toggle') return 'on or off';
  if (meta.widget === 'text') return 'text';
  if (meta.widget === 'assets') return meta.accept?.join(', ') ?? 'files';
  if (meta.options) return meta.options.map((option) => option.label).join('; ');
  return rangeText(meta);
}

interface PortsProps {
  readonly title: string;
  readonly scheme: ColourScheme;
  readonly ports: readonly {
    readonly port: string;
    readonly label: string;
    readonly help: string;
    readonly kinds: readonly PortKind[];
    readonly optional: boolean;
  }[];
}

function Ports({ title, scheme, ports }: PortsProps) {
  if (ports.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl>
        {ports.map(({ port, label, help, kinds, optional }) => (
          <div key={port} className={classes.port}>
            <dt>
              <span className={classes.glyphs}>
                {kinds.map((kind) => (
                  <KindGlyph key={kind} kind={kind} scheme={scheme} />
                ))}
              </span>
              {label}
              <span className={classes.portNote}>
                {kinds.map((kind) => kindStyles[kind].label).join(' or ')}
                {optional ? ', optional' : ''}
              </span>
            </dt>
            <dd>{help}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
