/* Begins when everything is loaded: what was kept is sent, and the page is there without a network. */
outbox.open();
setInterval(() => {
    if (!outbox.queue.length && navigator.onLine) {
        fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: "[]" })
            .then((answer) => answer.json())
            .then((told) => {
                facts = { ...facts, ...told.facts };
                show();
            })
            .catch(() => {});
    }
}, 20000);
if ("serviceWorker" in navigator) {
    const files = [location.href, "/paper_base/static/src/outbox/outbox.js"];
    files.push(...["floor.css", "floor_parts.js", "floor.js", "floor_rolls.js", "floor_tabs.js", "floor_begin.js"].map((name) => `/paper_shopfloor/static/src/floor/${name}`));
    navigator.serviceWorker
        .register("/paper/floor/worker.js", { scope: "/paper/floor/" })
        .then(() => caches.open("paper-phone-2"))
        .then((cache) => cache.addAll(files))
        .catch(() => {});
}
