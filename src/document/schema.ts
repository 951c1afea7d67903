/**
 * The saved pipeline, schema version 1. Immutable JSON with one owner (the page or the command line). Topology and
 * parameters only: results never enter it, and everything about positions is in `ui`, which never changes a result.
 * Objects are loose: fields that this version does not know are kept and written back where they stood.
 */
import { z } from '../core/zod';

export const SCHEMA_VERSION = 1;

/** "constructor" and the like, which every object has already: a table by ids would find something under them. */
const isFree = (name: string): boolean => !(name in Object.prototype);
const taken = { error: 'every object in JavaScript has this name already; choose another' };

const id = z.string().min(1).max(120).refine(isFree, taken);

const endpoint = z.looseObject({ node: id, port: z.string().min(1) });

export const nodeSchema = z.looseObject({
  id,
  /** Node type, "category.name". An unknown type is kept as it is. */
  type: z.string().min(1),
  /** Version of the node type that the parameters belong to. */
  v: z.number().int().min(1),
  /** By name; a parameter that is absent has its default. */
  params: z.record(z.string(), z.json()),
  mode: z.enum(['on', 'mute', 'bypass']).optional(),
  label: z.string().max(200).optional(),
});

const position = z.looseObject({ x: z.number(), y: z.number() });

export const wireSchema = z.looseObject({
  id,
  from: endpoint,
  to: endpoint,
  /** Place among the wires of a variadic input. */
  order: z.number().int().optional(),
  /** Where the drawn wire is led through, in order; never changes a result. */
  via: z.array(position).optional(),
});

const box = { x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive() };

/** A titled box behind some nodes. It belongs to the drawing alone, as notes do. */
export const frameSchema = z.looseObject({
  id,
  title: z.string().max(200),
  /** Ids of the nodes that belong to it; one that is not in the document counts for nothing. */
  nodes: z.array(z.string()),
  colour: z.string().optional(),
  /**
   * Shown as a card that stands for its nodes, at its upper left corner; its size is what it has when it is expanded again.
   * Named are the notes and frames that went along, since others may come to stand in its place.
   */
  collapsed: z.looseObject({ frames: z.array(z.string()), notes: z.array(z.string()) }).optional(),
  ...box,
});

/** Text on the canvas, in a subset of Markdown with TeX between dollar signs. */
export const noteSchema = z.looseObject({ id, text: z.string(), ...box });

/** A parameter on the simple form of a pipeline, for people who are to change only these. */
export const formItemSchema = z.looseObject({
  /** As on the canvas and in a run: of a node inside a subgraph with the instances around it ("decoder/mlp"). */
  node: z.string().min(1).max(2000),
  param: z.string().min(1),
  label: z.string().max(200).optional(),
});

const uiSchema = z.looseObject({
  /** The simple form, in its order; an entry of another form is kept and not shown. */
  form: z.array(z.union([formItemSchema, z.json()])).optional(),
  /** Ids of nodes that are not to be changed, but for what is on the form. */
  locked: z.array(z.json()).optional(),
  positions: z.record(z.string(), position).optional(),
  viewport: z.looseObject({ x: z.number(), y: z.number(), zoom: z.number().positive() }).optional(),
});

const kindName = z.string().min(1).max(40);

/** A port of a subgraph. `id` is permanent: wires hold it. Ports stand in the order in which they are drawn. */
export const subgraphPortSchema = z.looseObject({
  id,
  name: z.string().max(200),
  kind: kindName,
  /** The nodes behind it do without a wire. */
  optional: z.boolean().optional(),
});

/** A parameter of an inner node that is shown, and can be set, on every instance. */
export const promotedSchema = z.looseObject({
  id,
  node: id,
  param: z.string().min(1),
  label: z.string().max(200).optional(),
});

/**
 * A subgraph: nodes under one name, with a typed interface. An instance is a node of type "subgraph.<id>". Inside, wires
 * from the inputs start at the node "@inputs" and wires to the outputs end at "@outputs", at the ports' ids.
 */
export const subgraphSchema = z.looseObject({
  id: z.string().regex(/^[a-z0-9-]{1,100}$/),
  name: z.string().max(200),
  help: z.string().optional(),
  inputs: z.array(subgraphPortSchema),
  outputs: z.array(subgraphPortSchema),
  params: z.array(promotedSchema).optional(),
  /** For bypass: the input that each output hands on. */
  through: z.record(z.string(), z.string()).optional(),
  nodes: z.array(nodeSchema),
  wires: z.array(wireSchema),
  ui: uiSchema.optional(),
});

export const pipelineSchema = z.looseObject({
  schema: z.literal(SCHEMA_VERSION),
  app: z.literal('spikeloom').optional(),
  id: id.optional(),
  title: z.string().max(300),
  description: z.string().optional(),
  createdWith: z.string().optional(),
  nodes: z.array(nodeSchema),
  wires: z.array(wireSchema),
  /** Subgraphs. One of another form is kept as it is, and its instances count as unknown. */
  defs: z.array(z.union([subgraphSchema, z.json()])).optional(),
  /** Frames and notes (frameSchema, noteSchema); an entry of another form is kept and not shown. */
  frames: z.array(z.json()).optional(),
  notes: z.array(z.json()).optional(),
  ui: uiSchema.optional(),
});

export type PipelineDocument = Readonly<z.infer<typeof pipelineSchema>>;
export type DocumentNode = Readonly<z.infer<typeof nodeSchema>>;
export type DocumentWire = Readonly<z.infer<typeof wireSchema>>;
export type Subgraph = Readonly<z.infer<typeof subgraphSchema>>;
export type SubgraphPort = Readonly<z.infer<typeof subgraphPortSchema>>;
export type PromotedParam = Readonly<z.infer<typeof promotedSchema>>;
export type FormItem = Readonly<z.infer<typeof formItemSchema>>;
export type DocumentFrame = Readonly<z.infer<typeof frameSchema>>;
export type DocumentNote = Readonly<z.infer<typeof noteSchema>>;
export type Position = { readonly x: number; readonly y: number };
