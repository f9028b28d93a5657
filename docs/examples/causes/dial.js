const cause = choice('1017');
const sdk = await signedIn();
const after = happens(sdk, 'After');
sdk.call(`0000${cause.padStart(4, '0')}`);
const [{ data }] = await after;
show(data.cause, data.data); //> 1017 …
