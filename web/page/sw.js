// Keeps the page, so that it opens without a network. It fetches nothing else.
const KEPT = 'crossfoot-{{version}}';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.add('./')).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const old = (names) => names.filter((name) => name.startsWith('crossfoot-') && name !== KEPT);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url);
  const own = new URL('./', self.location).pathname;
  if (event.request.mode !== 'navigate' || ![own, `${own}index.html`].includes(pathname)) return;
  event.respondWith(caches.open(KEPT).then((cache) => cache.match('./')).then((kept) => kept ?? fetch(event.request)));
});
