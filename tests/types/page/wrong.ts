/// <reference types="agent-toolbar/script" />

// @ts-expect-error TS2345: an address has to be given
var unaddressed = new AgentSdk({ host: '/' });

// @ts-expect-error TS2551: there is no such method
new AgentSdk().hangUp();

// @ts-expect-error TS2769: a listener of this event is given no number
new AgentSdk().on('Idle', (event: number) => console.log(event));

// @ts-expect-error TS2304: the element's class is not left in the page
var element = new AgentToolbarElement();
