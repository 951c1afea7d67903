/**
 * Elements of an SVG and their text. Written by hand rather than by the document's own serialiser, so that the page and
 * Node write the same bytes: attributes in alphabetical order, lengths to a hundredth of a point (3.5 micrometres).
 */
const space = 'http://www.w3.org/2000/svg';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

export function element(
  document: Document,
  name: string,
  attributes: Attributes,
  ...children: readonly (Node | string)[]
): SVGElement {
  const made = document.createElementNS(space, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, String(value));
  }
  for (const child of children) made.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  return made;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// Control characters are not allowed in XML, however they are written.
const escaped = (text: string): string =>
  [...text]
    .filter((one) => one >= ' ' || one === '\n' || one === '\t')
    .map((one) => escapes[one] ?? one)
    .join('');

const shortNumbers = (text: string): string =>
  text.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100));

/** Names of attributes that hold lengths or coordinates. */
const geometric = /^(d|transform|points|[xy][12]?|dx|dy|c[xy]|r|width|height)$/;

export function serialise(node: Node): string {
  if (node.nodeType === 3) return escaped(node.nodeValue ?? '');
  const { tagName, attributes, childNodes } = node as Element;
  // Documents differ in the case that they keep; of the names that we use one has capitals.
  const lower = tagName.toLowerCase();
  const name = lower === 'clippath' ? 'clipPath' : lower;
  const written = Array.from(attributes)
    .map(({ name: key, value }) => [key, geometric.test(key) ? shortNumbers(value) : value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('');
  const inner = Array.from(childNodes, serialise).join('');
  return inner === '' ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`;
}
