const sdk = await signedIn({ companyShortName: 'demo' });
show(sdk.snapshot().agent.company); //> demo
