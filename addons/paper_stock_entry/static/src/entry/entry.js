/** The page on which the warehouse scans what enters stock: each scan is kept on the device and sent once. */
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const main = document.getElementById("main");
let facts = data;
const marks = {};
const outbox = new window.PaperOutbox({ name: "paper-entry", url: data.url, changed: () => show(), answered });

function answered(told, batch) {
    facts = { ...facts, ...told.facts };
    for (const item of told.answers) {
        const event = batch.find((one) => one.uid === item.uid);
        if (event) {
            delete marks[event.code];
        }
        if (item.message || (item.verdict && item.verdict !== "ok")) {
            note(`${event ? event.code : ""}: ${item.message || words[item.verdict]}`, true);
        }
    }
}

function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className || "";
    made.textContent = text || "";
    return made;
}

function note(text, bad) {
    document.querySelectorAll(".alarm").forEach((old) => old.remove());
    const box = element("div", bad ? "alarm" : "alarm good", text);
    box.setAttribute("role", "alert");
    main.prepend(box);
    if (bad && navigator.vibrate) {
        navigator.vibrate([200, 100, 200]);
    }
}

function scanned(code, kg) {
    const roll = facts.rolls.find((one) => one.code === code);
    // Judged here at once, without a network; the server judges again.
    const twice = roll && !kg && (roll.scanned || marks[code]);
    note(`${code}: ${roll ? (twice ? words.double : words.ok) : words.other}`, !roll || twice);
    if (!twice) {
        marks[code] = true;
        outbox.report({ kind: kg ? "weigh" : "scan", code, kg: kg || 0 });
    }
}

function show() {
    const state = document.getElementById("state");
    state.textContent = outbox.queue.length ? words.waiting.replace("%s", outbox.queue.length) : words.sent;
    state.className = outbox.queue.length ? "waiting" : "";
    const alarms = [...main.querySelectorAll(".alarm")];
    const scan = Object.assign(element("input"), { name: "scan", placeholder: words.scan, autocomplete: "off" });
    const kg = Object.assign(element("input"), { name: "kg", placeholder: words.kg, autocomplete: "off", inputMode: "decimal" });
    scan.value = main.querySelector("input[name=scan]")?.value || "";
    const form = element("form");
    form.append(scan, kg, Object.assign(element("button", "", "✓"), { type: "submit" }));
    form.addEventListener("submit", (ev) => {
        ev.preventDefault();
        const code = scan.value.trim();
        const weight = Number(kg.value.replace(",", "."));
        scan.value = kg.value = "";
        if (code) {
            scanned(code, weight > 0 ? weight : 0);
        }
    });
    const done = facts.rolls.filter((roll) => roll.expected && (roll.scanned || marks[roll.code])).length;
    const all = facts.rolls.filter((roll) => roll.expected).length;
    const list = facts.rolls.map((roll) => {
        const here = roll.scanned || marks[roll.code];
        const bad = roll.scanned && roll.verdict !== "ok";
        const text = `${here ? (bad ? "✗ " : "✓ ") : ""}${roll.code} · ${roll.kg} kg${bad ? ` · ${words[roll.verdict]}` : ""}`;
        return element("div", `roll ${bad ? "bad" : here ? "ok" : ""}`, text);
    });
    main.replaceChildren(...alarms, form, element("h2", "", `${done} / ${all}`), ...list);
    scan.focus();
}

outbox.open();
if ("serviceWorker" in navigator) {
    const files = [location.href, "/paper_base/static/src/outbox/outbox.js"];
    files.push(...["entry.css", "entry.js"].map((name) => `/paper_stock_entry/static/src/entry/${name}`));
    navigator.serviceWorker
        .register("/paper/entry/worker.js", { scope: "/paper/entry/" })
        .then(() => caches.open("paper-phone-2"))
        .then((cache) => cache.addAll(files))
        .catch(() => {});
}
