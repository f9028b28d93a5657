/**
 * Puts shapes such as `<circle r='4'/>`, or the one path that this is, into an svg, in place of what it shows. They are read
 * here, for a page may forbid everybody to have the browser read markup.
 */
function putShapes(svg, shapes) {
  let shape = svg.firstElementChild;
  for (const [, name, attributes] of (/^</.test(shapes) ? shapes : `<path d='${shapes}'/>`).matchAll(/<(\w+)(.*?)\/>/g)) {
    // One that stands there becomes this one: a new element has to find its style first.
    if (shape?.localName !== name) {
      const other = document.createElementNS(svg.namespaceURI, name);
      shape ? shape.replaceWith(other) : svg.append(other);
      shape = other;
    }
    const wanted = new Map(Array.from(attributes.matchAll(/(\S+)='(.*?)'/g), ([, key, value]) => [key, value]));
    for (const key of shape.getAttributeNames()) if (!wanted.has(key)) shape.removeAttribute(key);
    for (const [key, value] of wanted) shape.setAttribute(key, value);
    shape = shape.nextElementSibling;
  }
  while (shape) {
    const next = shape.nextElementSibling;
    shape.remove();
    shape = next;
  }
}
