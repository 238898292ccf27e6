/* Keeps the pages of visits for when there is no network; what is written goes through the page's own queue. */
const CACHE = "paper-visit-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    const ours = /^\/paper\/visit\/\d+$|^\/paper_(aftersales\/static\/src\/visit|base\/static\/src\/outbox)\//.test(url.pathname);
    if (event.request.method !== "GET" || url.origin !== self.location.origin || !ours) {
        return;
    }
    event.respondWith(
        fetch(event.request)
            .then((answer) => {
                if (answer.ok && !answer.redirected) {
                    const copy = answer.clone();
                    event.waitUntil(caches.open(CACHE).then((cache) => cache.put(event.request, copy)));
                }
                return answer;
            })
            .catch(() => caches.match(event.request).then((kept) => kept || Response.error()))
    );
});
