const card = document.createElement('p');
card.textContent = 'Li Min, customer since 2019';
const sdk = await signedIn({ el: toolbar, customerCard: card });
await sdk.request.call('13800138000');
show(card.slot); //> customer-card
