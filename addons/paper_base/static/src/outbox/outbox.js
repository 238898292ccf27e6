/**
 * What a phone or tablet reports is kept on it, in IndexedDB, and sent when there is a network: each report once, in its order.
 *
 * The server knows a report by the id that it gets here, so that what is sent twice is kept once. A page makes its own outbox:
 * `new PaperOutbox({ name, url, changed, answered })`; `changed()` is called when something waits or was sent, `answered(told,
 * batch)` with what the server said of the reports that it took.
 */
window.PaperOutbox = class PaperOutbox {
    constructor({ name, url, changed, answered }) {
        Object.assign(this, { name, url, changed, answered, queue: [], sending: false, number: Date.now() });
        window.addEventListener("online", () => this.send());
    }

    static uid() {
        const bytes = crypto.getRandomValues(new Uint8Array(16));
        return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    }

    database() {
        return new Promise((resolve, reject) => {
            const request = indexedDB.open(this.name, 1);
            request.onupgradeneeded = () => request.result.createObjectStore("events", { keyPath: "uid" });
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        });
    }

    async store(mode, work) {
        const base = await this.database();
        return new Promise((resolve, reject) => {
            const action = base.transaction("events", mode);
            const request = work(action.objectStore("events"));
            action.oncomplete = () => {
                base.close();
                resolve(request && request.result);
            };
            action.onerror = () => reject(action.error);
        });
    }

    /** Read what was left when the page was closed, and send it. */
    async open() {
        const kept = await this.store("readonly", (events) => events.getAll());
        this.queue = kept.filter((event) => event.url === this.url).sort((one, other) => one.number - other.number);
        this.changed();
        this.send();
    }

    async report(event) {
        this.number = Math.max(this.number + 1, Date.now());
        const kept = { uid: PaperOutbox.uid(), at: new Date().toISOString(), number: this.number, url: this.url, ...event };
        await this.store("readwrite", (events) => events.put(kept));
        this.queue.push(kept);
        this.changed();
        this.send();
        return kept;
    }

    async send() {
        if (this.sending || !this.queue.length) {
            return;
        }
        this.sending = true;
        try {
            const batch = this.queue.slice(0, 20);
            const body = JSON.stringify(batch.map(({ url, number, ...event }) => event));
            const answer = await fetch(this.url, { method: "POST", headers: { "Content-Type": "application/json" }, body });
            if (answer.ok) {
                const told = await answer.json();
                // What met a colleague at the same moment is sent once more.
                const again = new Set(told.answers.filter((item) => item.state === "again").map((item) => item.uid));
                const taken = batch.filter((event) => !again.has(event.uid));
                for (const event of taken) {
                    await this.store("readwrite", (events) => events.delete(event.uid));
                }
                const gone = new Set(taken.map((event) => event.uid));
                this.queue = this.queue.filter((event) => !gone.has(event.uid));
                this.answered(told, batch);
            }
        } catch {
            // No network: it stays in the queue.
        }
        this.sending = false;
        this.changed();
        if (this.queue.length && navigator.onLine) {
            setTimeout(() => this.send(), 3000);
        }
    }
};
