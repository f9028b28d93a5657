// The element, by a file whose name is the entry's: not every bundler reads `exports`.
export * from './agent-toolbar-inline.mjs';
export { default } from './agent-toolbar-inline.mjs';
