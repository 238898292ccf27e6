/** The page of a visitor on site: what is written is kept on the phone and sent when there is a network, once. */
const data = JSON.parse(document.getElementById("data").textContent);
const words = JSON.parse(document.getElementById("words").textContent);
const main = document.getElementById("main");
const PICTURE = 1600; // pixels of the longer side
const FIELDS = ["use", "quality", "suggestions"];
const SCORES = ["satisfaction", "service"];
let facts = data;
const values = { ...data.values };
const found = [];
const looked = new Set(data.looked);

const outbox = new window.PaperOutbox({
    name: "paper-visit",
    url: data.url,
    changed: () => tell(),
    answered: (told) => {
        facts = { ...facts, ...told.facts };
        for (const item of told.answers) {
            if (item.answer !== "ok" && item.answer !== "double") {
                note(item.answer, true);
            }
        }
        if (!facts.open) {
            show();
        }
    },
});
const report = (event) => outbox.report(event);

function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className || "";
    made.textContent = text || "";
    return made;
}

function button(text, act, className) {
    const made = element("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
}

function note(text, bad) {
    document.querySelectorAll(".alarm").forEach((old) => old.remove());
    const box = element("div", bad ? "alarm" : "alarm good", text);
    box.setAttribute("role", "alert");
    main.prepend(box);
}

function tell() {
    const state = document.getElementById("state");
    const waiting = outbox.queue.length;
    state.textContent = waiting ? words.waiting.replace("%s", waiting) : words.sent;
    state.className = waiting ? "waiting" : "";
}

async function shrink(file) {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, PICTURE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", 0.8);
}

function show() {
    const alarms = [...main.querySelectorAll(".alarm")];
    main.replaceChildren(...alarms, head(), ...(facts.open ? [answers(), findings(), rolls(), end()] : [element("section", "closed", words.closed)]));
}

function head() {
    const box = element("section");
    box.append(element("h2", "", facts.customer), element("p", "", `${facts.visit} · ${facts.order} · ${facts.day}`));
    return box;
}

function answers() {
    const box = element("section");
    const keep = () => report({ kind: "values", values: { ...values } });
    for (const name of FIELDS) {
        const label = element("label", "", words[name]);
        label.htmlFor = name;
        const text = element("textarea");
        text.id = name;
        text.name = name;
        text.value = values[name] || "";
        text.addEventListener("input", () => (values[name] = text.value));
        text.addEventListener("change", keep);
        box.append(label, text);
    }
    for (const name of SCORES) {
        const row = element("div", "row");
        for (const [key, title] of facts.scores) {
            const choose = () => {
                values[name] = key;
                row.querySelectorAll("button").forEach((other) => (other.className = other.dataset.key === key ? "on" : ""));
                keep();
            };
            const made = button(title, choose, values[name] === key ? "on" : "");
            made.dataset.key = key;
            made.dataset.name = name;
            row.append(made);
        }
        box.append(element("label", "", words[name]), row);
    }
    return box;
}

function findings() {
    const box = element("section");
    box.append(element("h3", "", words.findings));
    const list = element("div");
    const draw = () => list.replaceChildren(...[...facts.findings, ...found].map((item) => element("p", "finding", `• ${item.name}`)));
    draw();
    const name = element("input");
    name.type = "text";
    name.id = "finding";
    name.placeholder = words.finding;
    const kind = element("select");
    kind.setAttribute("aria-label", words.findings);
    for (const [key, title] of facts.kinds) {
        kind.append(new Option(title, key));
    }
    let photos = [];
    const label = element("label", "button", `📷 ${words.photo}`);
    const input = element("input");
    input.type = "file";
    input.accept = "image/*";
    input.multiple = true;
    input.hidden = true;
    input.addEventListener("change", async () => {
        try {
            photos = await Promise.all([...input.files].slice(0, 6).map(shrink));
            label.firstChild.textContent = `📷 ${photos.length}`;
        } catch {
            note(words.photo, true);
        }
    });
    label.append(input);
    const add = button(words.add, () => {
        if (!name.value.trim()) {
            note(words.finding, true);
            return;
        }
        found.push({ name: name.value });
        report({ kind: "finding", name: name.value, kind_of: kind.value, photos });
        name.value = "";
        photos = [];
        label.firstChild.textContent = `📷 ${words.photo}`;
        draw();
    });
    add.id = "add";
    const row = element("div", "row");
    row.append(kind, label, add);
    box.append(list, name, row);
    return box;
}

function rolls() {
    const box = element("section");
    box.append(element("h3", "", words.rolls));
    const list = element("p", "", [...looked].join(", "));
    const form = element("form");
    const input = element("input");
    input.type = "text";
    input.id = "roll";
    input.placeholder = words.scan;
    input.autocomplete = "off";
    form.append(input);
    form.addEventListener("submit", (ev) => {
        ev.preventDefault();
        const code = input.value.trim();
        input.value = "";
        if (!code) {
            return;
        }
        if (!facts.rolls.includes(code)) {
            note(words.wrong, true); // judged here at once; the server judges again
        } else {
            looked.add(code);
            list.textContent = [...looked].join(", ");
        }
        report({ kind: "roll", code });
    });
    box.append(list, form);
    return box;
}

function end() {
    const box = element("section");
    const close = button(
        words.done,
        () => {
            if (!values.use || !values.quality || !values.satisfaction) {
                note(words.needed, true);
                return;
            }
            report({ kind: "values", values: { ...values } }).then(() => report({ kind: "done" }));
            note(words.kept, false);
        },
        "primary"
    );
    close.id = "done";
    box.append(close);
    return box;
}

outbox.open().then(() => {
    for (const event of outbox.queue) {
        Object.assign(values, event.kind === "values" ? event.values : {});
    }
    show();
});
if ("serviceWorker" in navigator) {
    const own = ["visit.css", "visit.js"].map((name) => `/paper_aftersales/static/src/visit/${name}`);
    const files = [location.href, "/paper_base/static/src/outbox/outbox.js", ...own];
    navigator.serviceWorker
        .register("/paper/visit/worker.js", { scope: "/paper/visit/" })
        .then(() => caches.open("paper-visit-1"))
        .then((cache) => cache.addAll(files))
        .catch(() => {});
}
