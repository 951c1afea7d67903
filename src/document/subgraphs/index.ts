/** Subgraphs in a saved pipeline: definitions, their inside as a document, and the document without them. */
export {
  definitionsOf,
  definitionsUsed,
  inputsNode,
  outputsNode,
  subgraphOf,
  subgraphType,
} from './definitions';
export {
  type Expansion,
  expand,
  nodeAnywhere,
  type OutputEnd,
  outputSource,
  pathAround,
  runTargets,
} from './expand';
export { absorb, boundaryType, isBoundary, levelDocument, pathOf, subgraphAt, wholeDocument } from './level';
export { innerId, prefixOf, withoutPrefix } from './level-ids';
