/* Keeps the pages of phones and tablets for when there is no network; what is posted goes through the page's own outbox. */
const CACHE = "paper-phone-2";
const FILES = /^\/paper_\w+\/static\/src\/(driver|floor|entry|outbox)\//;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    const scope = new URL(self.registration.scope).pathname;
    const page = url.pathname.startsWith(scope) && !url.pathname.slice(scope.length).includes("/");
    if (event.request.method !== "GET" || url.origin !== self.location.origin || !(page || FILES.test(url.pathname))) {
        return;
    }
    event.respondWith(
        fetch(event.request)
            .then((answer) => {
                if (answer.ok) {
                    const copy = answer.clone();
                    event.waitUntil(caches.open(CACHE).then((cache) => cache.put(event.request, copy)));
                }
                return answer;
            })
            .catch(() => caches.match(event.request).then((kept) => kept || Response.error()))
    );
});
