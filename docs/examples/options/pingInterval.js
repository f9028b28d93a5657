const sdk = await signedIn({ pingInterval: 100 });
while (sdk.snapshot().link.latency === null) await happens(sdk, 'snapshot');
show(sdk.snapshot().link.latency, 'ms'); //> … ms
