// A server may import this and never use it: there is no page, so there is nothing to be an element of.
const { HTMLElement = class {}, customElements = { get: () => true } } = globalThis;
