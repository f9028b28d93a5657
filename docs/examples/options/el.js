const sdk = await signedIn({ el: toolbar });
show(sdk.element.localName); //> agent-toolbar
