import 'agent-toolbar/element';

const bar = document.createElement('agent-toolbar');
bar.options = window.options;
document.querySelector('#toolbar').append(bar);
window.sdk = bar.sdk;
