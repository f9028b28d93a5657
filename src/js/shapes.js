/**
 * Puts shapes such as `<circle r='4'/>`, or the one path that this is, into an svg, in place of what it shows. They are read
 * here, for a page may forbid everybody to have the browser read markup.
 */
function putShapes(svg, shapes) {
  svg.replaceChildren();
  for (const [, name, attributes] of (/^</.test(shapes) ? shapes : `<path d='${shapes}'/>`).matchAll(/<(\w+)(.*?)\/>/g)) {
    const shape = svg.appendChild(document.createElementNS(svg.namespaceURI, name));
    for (const [, key, value] of attributes.matchAll(/(\S+)='(.*?)'/g)) shape.setAttribute(key, value);
  }
}
