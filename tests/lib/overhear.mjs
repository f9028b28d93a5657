/**
 * What the pages of a profile hand to others from now on, as text: messages to windows, workers and tabs, requests, and what
 * goes into storages that outlive the tab.
 */
export async function overhear(profile) {
  const heard = [];
  await profile.exposeBinding('overheard', (_source, text) => { heard.push(text); });
  profile.on('request', (request) => heard.push(`${request.url()} ${request.postData() ?? ''}`));
  await profile.addInitScript(() => {
    const tell = window.overheard;
    const words = (value) => {
      try {
        return typeof value === 'string' ? value : JSON.stringify(value) ?? String(value);
      } catch {
        return String(value);
      }
    };
    const listenTo = (object, name, counts = () => true) => {
      const real = object[name];
      object[name] = function (...values) {
        if (counts(this)) tell(`${name} ${values.map(words).join(' ')}`);
        return real.apply(this, values);
      };
    };
    listenTo(window, 'postMessage');
    for (const { prototype } of [Worker, MessagePort, BroadcastChannel]) listenTo(prototype, 'postMessage');
    for (const name of ['add', 'put']) listenTo(IDBObjectStore.prototype, name);
    listenTo(Cache.prototype, 'put');
    listenTo(Storage.prototype, 'setItem', (storage) => storage === localStorage);
    listenTo(Navigator.prototype, 'sendBeacon');
    const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
    Object.defineProperty(document, 'cookie', {
      get: () => get.call(document),
      set: (text) => { tell(`cookie ${text}`); set.call(document, text); },
    });
  });
  return heard;
}
