/** The operator's page of a machine: what is done is kept on the tablet and sent when there is a network, once. */
const { element, button, field, choice, form, submit, figure } = window.PaperParts;
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const main = document.getElementById("main");
const url = data.url;
const KEY = `paper-floor ${url}`;
let facts = data;
let tab = "rolls";
let chosen = null; // name of the roll on the scale
let above = 0; // reason above, in the tree of stops
const own = JSON.parse(localStorage.getItem(KEY) || "{}"); // session, operator, sets and weights that are not sent yet
own.sets = own.sets || {};
own.weights = own.weights || {};
const outbox = new window.PaperOutbox({ name: "paper-floor", url, changed: () => show(), answered });

function keep() {
    localStorage.setItem(KEY, JSON.stringify(own));
}

function report(kind, more = {}) {
    if (!own.session) {
        note(words.code, true);
        return null;
    }
    return outbox.report({ kind, session: own.session, work: work()?.id, ...more });
}

function answered(told, batch) {
    facts = { ...facts, ...told.facts };
    for (const item of told.answers) {
        const event = batch.find((one) => one.uid === item.uid);
        if (event && event.kind === "roll" && item.state !== "again") {
            delete own.weights[event.roll];
        }
        if (event && event.kind === "set" && item.state !== "again") {
            delete own.sets[`${event.work} ${event.set}`];
        }
        if (item.message || (item.verdict && item.verdict !== "entered")) {
            note(item.message || words[item.verdict] || item.verdict, item.verdict !== "known");
        }
    }
    keep();
}

function note(text, bad) {
    const box = element("div", bad ? "alarm" : "alarm good", text);
    box.setAttribute("role", "alert");
    document.getElementById("alarm").replaceChildren(box);
    if (bad && navigator.vibrate) {
        navigator.vibrate([200, 100, 200]);
    }
    setTimeout(() => box.remove(), bad ? 15000 : 4000);
}

/** Ask the server at once, for what cannot wait: who somebody is, what the scale shows. */
async function ask(act, said) {
    try {
        const answer = await fetch(url.replace(/events$/, `person/${act}`), {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(said),
        });
        const told = await answer.json();
        if (told.error) {
            note(told.error, true);
            return null;
        }
        if (told.facts) {
            facts = { ...facts, ...told.facts };
        }
        return told;
    } catch {
        note(words.network, true);
        return null;
    }
}

// What is on the machine

function work() {
    return facts.works[0];
}

/** Sets of what runs: those that the server knows, then those that this tablet keeps. */
function sets() {
    const known = work().sets.map((turn) => turn.number);
    const kept = Object.values(own.sets).filter((turn) => turn.work === work().id && !known.includes(turn.number));
    return [...kept, ...work().sets].sort((one, other) => other.number - one.number);
}

function rolls() {
    return sets().flatMap((turn) => turn.rolls.map((roll) => ({ ...roll, set: turn.number })));
}

function weight(roll) {
    return roll.kg || own.weights[roll.name] || 0;
}

// Drawing

function show() {
    const state = document.getElementById("state");
    state.textContent = outbox.queue.length ? words.waiting.replace("%s", outbox.queue.length) : words.sent;
    state.className = outbox.queue.length ? "waiting" : "";
    document.getElementById("shift").textContent = facts.shift;
    person();
    // Whoever is writing goes on writing.
    if (main.querySelector("form[data-touched]")) {
        return;
    }
    main.replaceChildren(left(), right());
    const scan = main.querySelector("input[name=scan]");
    if (scan && !document.activeElement?.matches("input, textarea, select")) {
        scan.focus();
    }
}

function person() {
    const place = document.getElementById("operator");
    if (own.session) {
        const out = async () => {
            await ask("sign_out", { session: own.session });
            own.session = null;
            keep();
            show();
        };
        place.replaceChildren(own.operator || facts.operator, button(words.signOut, out));
        return;
    }
    if (place.querySelector("form[data-touched]")) {
        return;
    }
    const code = field(words.code, { secret: true, name: "code", most: 100 });
    const enter = async () => {
        const told = await ask("sign_in", { code: code.value });
        code.value = "";
        if (told) {
            Object.assign(own, { session: told.session, operator: told.operator });
            keep();
            note(told.operator, false);
        }
        show();
    };
    place.replaceChildren(form([code, submit(words.signIn)], () => void enter()));
}

function left() {
    const box = element("div");
    const now = work();
    if (!now) {
        box.append(element("section", "", words.nothing));
        return box;
    }
    const card = element("section", "", "", element("h2", "", now.order), element("p", "", now.spec));
    card.append(element("p", "muted", [now.customer, now.sales].filter(Boolean).join(" · ")));
    card.append(element("p", "", `${words.made} ${now.made.toLocaleString()} ${words.of} ${now.kg.toLocaleString()} kg`));
    if (now.due) {
        card.append(element("p", "muted", `${words.due} ${local(now.due)}`));
    }
    if (now.notes) {
        card.append(element("h3", "", words.notes), element("p", "notes", now.notes));
    }
    if (now.limits.length) {
        card.append(element("h3", "", words.limits));
        card.append(...now.limits.map((limit) => element("p", "muted", `${limit.name}: ${range(limit)} ${limit.unit}`)));
    }
    const row = element("div", "row");
    const running = now.state === "progress";
    row.append(button(running ? words.pause : words.start, () => report(running ? "pause" : "start"), running ? "" : "good"));
    row.append(button(words.finish, () => report("finish"), running ? "primary" : ""));
    card.append(row);
    const next = element("section", "", "", element("h2", "", words.next));
    next.append(
        ...facts.works.slice(1).map((one) => {
            const waits = one.waits ? ` · ${words.waitsFor}` : "";
            return element("p", "muted", `${one.order} · ${one.spec} · ${one.kg.toLocaleString()} kg · ${one.customer}${waits}`);
        })
    );
    box.append(card, next);
    return box;
}

function local(text) {
    return new Date(`${text.replace(" ", "T")}Z`).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
}

function range(point) {
    return point.low || point.high ? `${point.low} – ${point.high}` : "";
}

function right() {
    const box = element("div");
    const tabs = element("div", "tabs");
    const alarms = { calls: facts.calls.length, checks: facts.checks.length, stops: facts.stop ? "!" : 0 };
    for (const name of ["rolls", "process", "material", "stops", "meters", "calls", "checks", "log"]) {
        const act = () => {
            tab = name;
            show();
        };
        const made = button(`${words[name]}${alarms[name] ? ` (${alarms[name]})` : ""}`, act, name === tab ? "on" : "");
        made.dataset.tab = name;
        tabs.append(made);
    }
    const drawn = element("section");
    if (work() || ["stops", "meters", "calls", "checks", "log"].includes(tab)) {
        drawn.append(...TABS[tab]());
    }
    box.append(tabs, drawn);
    return box;
}
