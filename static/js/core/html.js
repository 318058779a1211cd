/**
 * html`...` builds DOM nodes from a tagged template without innerHTML, so there
 * is nothing to escape: what stands in a ${hole} becomes text, a node, or the
 * value of an attribute, never markup. Parts of an SVG must stand in the template
 * of their <svg>: alone they would be unknown HTML.
 *
 *   html`<button type="button" onclick=${save}>${words}</button>`
 *
 * Holes between tags: text, number, node, array of these; null and false are
 * nothing. Attributes: a function becomes a listener (onclick=${f}); true is an
 * empty attribute; null, undefined and false leave it out. Elements are closed
 * in full or with "/>". The result is a node, or a fragment if there are several.
 */
const SVG = "http://www.w3.org/2000/svg";
/* What follows in the template: an end tag, a start tag, or text up to the next tag. */
const TOKEN = /<\/([\w-]+)>|<([\w-]+)((?:\s+[\w:-]+(?:=(?:"[^"]*"|\0\d+\0))?)*)\s*(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([\w:-]+)(?:="([^"]*)"|=(\0\d+\0))?/g;
const HOLE = /\0(\d+)\0/;

function append(parent, value) {
  if (value === null || value === undefined || value === false || value === "") return;
  if (Array.isArray(value)) value.forEach((item) => append(parent, item));
  else parent.append(value instanceof Node ? value : String(value));
}

/** Text with holes, as alternating text and hole number. */
const pieces = (text) => text.split(HOLE).map((piece, i) => (i % 2 ? Number(piece) : piece));

function attribute(element, name, value) {
  if (typeof value === "function") element.addEventListener(name.slice(2), value);
  else if (value === true) element.setAttribute(name, "");
  else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
}

function attributes(element, source, values) {
  for (const [, name, quoted, hole] of source.matchAll(ATTRIBUTE)) {
    const parts = pieces(quoted ?? hole ?? "");
    const whole = parts.length === 3 && parts[0] === "" && parts[2] === "";
    attribute(element, name, whole ? values[parts[1]]
      : parts.map((part) => (typeof part === "number" ? values[part] : part)).join(""));
  }
}

/* Line breaks with their indentation are layout of the source, not text. */
const trim = (text) => text.replace(/^\s*\n\s*|\s*\n\s*$/g, "").replace(/\s*\n\s*/g, " ");

export function html(strings, ...values) {
  const source = strings.reduce((all, part, i) => `${all}\0${i - 1}\0${part}`);
  const root = document.createDocumentFragment();
  const open = [root];
  let seen = 0;

  for (const [token, end, name, attrs, closed, text] of source.matchAll(TOKEN)) {
    const parent = open[open.length - 1];
    seen += token.length;
    if (text !== undefined) {
      for (const part of pieces(trim(text))) append(parent, typeof part === "number" ? values[part] : part);
    } else if (end) {
      if (open.length === 1 || open.pop().localName !== end.toLowerCase()) throw new Error(`html: stray </${end}>`);
    } else {
      const inSvg = name === "svg" || (parent.namespaceURI === SVG && parent.localName !== "foreignObject");
      const element = inSvg ? document.createElementNS(SVG, name) : document.createElement(name);
      attributes(element, attrs, values);
      parent.append(element);
      if (!closed) open.push(element);
    }
  }
  if (seen !== source.length || open.length !== 1) throw new Error(`html: not well-formed: ${strings.join("${}")}`);
  return root.childNodes.length === 1 ? root.firstChild : root;
}
