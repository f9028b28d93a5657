/** The shapes that were read so far, as elements. */
const SHAPES = new Map();

/**
 * Puts shapes such as `<circle r='4'/>`, or the one path that this is, into an svg, in place of what it shows. They are read
 * here, for a page may forbid everybody to have the browser read markup.
 */
function putShapes(svg, shapes) {
  if (!SHAPES.has(shapes)) {
    const made = document.createDocumentFragment();
    for (const [, name, attributes] of (/^</.test(shapes) ? shapes : `<path d='${shapes}'/>`).matchAll(/<(\w+)(.*?)\/>/g)) {
      const shape = made.appendChild(document.createElementNS('http://www.w3.org/2000/svg', name));
      for (const [, key, value] of attributes.matchAll(/(\S+)='(.*?)'/g)) shape.setAttribute(key, value);
    }
    SHAPES.set(shapes, made);
  }
  svg.replaceChildren(SHAPES.get(shapes).cloneNode(true));
}
