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

// Rolls: a set comes off, its rolls are weighed

const TABS = {
    rolls() {
        const now = work();
        if (!now.makes) {
            return [element("p", "muted", words.nothing)];
        }
        const left = rolls().filter((roll) => !weight(roll));
        const parts = [scanning(), ...(chosen ? [weighing()] : [])];
        const next = nextSet();
        if (!left.length && next) {
            parts.push(declaring(next));
        }
        for (const turn of sets().slice(0, 3)) {
            parts.push(element("h3", "", `${words.set} ${turn.number}`));
            const tiles = element("div", "tiles");
            tiles.append(...turn.rolls.map((roll) => tile(roll)));
            parts.push(tiles);
        }
        return parts;
    },
    process() {
        const rows = work().card.map((point) => {
            const value = field(words.value, { number: true });
            const keepIt = () => {
                const read = figure(value.value);
                if (Number.isNaN(read)) {
                    return false;
                }
                const out = (point.low || point.high) && (read < point.low || read > point.high);
                note(out ? `${words.out}: ${point.name}` : `${point.name} ✓`, out);
                value.value = "";
                report("reading", { line: point.id, value: read });
            };
            const line = element("tr");
            line.append(element("td", "", point.name), element("td", "", `${point.target} ${point.unit}`), element("td", "muted", range(point)));
            line.append(element("td", "", "", form([value, submit(words.enter)], keepIt)));
            return line;
        });
        const table = element("table", "", "", ...rows);
        return [element("h2", "", work().cardName || words.process), table];
    },
    material() {
        const code = field(words.materialCode, { name: "scan" });
        const kg = field(words.kg, { number: true });
        const use = () => {
            report("consume", { code: code.value.trim(), kg: figure(kg.value) });
            code.value = kg.value = "";
        };
        const broke = field(words.kg, { number: true });
        const why = field(words.reason);
        const lose = () => {
            report("broke", { kg: figure(broke.value), reason: why.value });
            broke.value = why.value = "";
        };
        return [
            element("h2", "", words.use),
            form([code, kg, submit(words.enter)], use),
            ...work().materials.map((item) => element("p", "muted", `${item.name} ${item.code}`)),
            element("h2", "", words.broke),
            form([broke, why, submit(words.enter)], lose),
        ];
    },
    stops() {
        if (facts.stop) {
            return [element("h2", "", `${words.standing}: ${facts.stop}`), button(words.goOn, () => report("go"), "good")];
        }
        const here = facts.reasons.filter((reason) => reason.above === above);
        const tiles = element("div", "tiles");
        for (const reason of here) {
            const deeper = facts.reasons.some((other) => other.above === reason.id);
            const act = () => {
                above = deeper ? reason.id : 0;
                if (!deeper) {
                    report("stop", { loss: reason.id });
                }
                show();
            };
            tiles.append(button(`${reason.code} ${reason.name}${deeper ? " ›" : ""}`, act, "tile"));
        }
        const back = () => {
            above = 0;
            show();
        };
        return [element("h2", "", words.why), tiles, ...(above ? [button(words.back, back)] : [])];
    },
    meters() {
        return facts.meters.map((meter) => {
            const value = field(meter.unit, { number: true });
            const read = () => {
                report("meter", { meter: meter.id, value: figure(value.value) });
                value.value = "";
            };
            const name = element("strong", "", meter.name);
            return form([name, element("span", "muted", `${words.last} ${meter.last}`), value, submit(words.read)], read);
        });
    },
    calls() {
        const who = element("div", "row");
        const why = field(words.reason);
        for (const kind of facts.callKinds) {
            const act = () => {
                report("call", { who: kind.key, reason: why.value.trim() || kind.name });
                why.value = "";
            };
            who.append(button(`${words.call}: ${kind.name}`, act, "primary"));
        }
        const open = facts.calls.map((call) => {
            const cause = field(words.cause);
            const end = () => {
                report("end", { call: call.id, cause: cause.value });
            };
            const parts = [element("strong", "", call.text)];
            parts.push(
                ...(call.state === "called"
                    ? [button(words.answer, () => report("answer", { call: call.id }))]
                    : [cause, submit(words.end)])
            );
            return form(parts, end);
        });
        return [why, who, ...open];
    },
    checks() {
        return facts.checks.map((list) => {
            const answers = {};
            const box = element("div", "", "", element("h2", "", list.name));
            for (const item of list.items) {
                const row = element("div", "row", "", element("span", "", item.name));
                for (const [value, look] of [[true, "good"], [false, "bad"]]) {
                    const made = button(value ? words.good : words.bad, () => {
                        answers[item.id] = value;
                        row.querySelectorAll("button").forEach((one) => (one.className = ""));
                        made.className = look;
                    });
                    row.append(made);
                }
                box.append(row);
            }
            box.append(button(words.done, () => report("check", { list: list.id, answers }), "primary"));
            return box;
        });
    },
    log() {
        const text = field(words.note, { most: 1000 });
        const write = () => {
            report("note", { text: text.value });
            text.value = "";
        };
        const open = field(words.leftOpen, { most: 1000 });
        const code = field(words.code, { secret: true, most: 100 });
        const sign = async (act) => {
            const told = await ask(act, { code: code.value, open: open.value });
            code.value = "";
            if (told) {
                Object.assign(own, { session: told.session, operator: told.operator });
                keep();
                note(told.log, false);
                main.querySelectorAll("form[data-touched]").forEach((one) => delete one.dataset.touched);
            }
            show();
        };
        const parts = [];
        if (facts.log.open) {
            parts.push(element("h3", "", words.leftOpen), element("p", "notes", facts.log.open));
        }
        parts.push(element("p", "log", facts.log.text), form([text, submit(words.write)], write));
        const hand = form([open, code, button(words.handOver, () => sign("hand_over"), "primary"), button(words.takeOver, () => sign("take_over"))], () => false);
        parts.push(...(facts.log.handed ? [element("p", "", `${words.handed}: ${facts.log.handed}`)] : []), hand);
        return parts;
    },
};

function nextSet() {
    const last = Math.max(0, ...sets().map((turn) => turn.number));
    const known = sets().map((turn) => turn.number);
    return work().nextSets.find((turn) => !known.includes(turn.number) && turn.number > last) || work().nextSets.find((turn) => !known.includes(turn.number));
}

function declaring(next) {
    const widths = field(words.typed, { value: next.rolls.map((roll) => roll.width).join(", "), name: "widths" });
    const length = field(words.length, { number: true, value: next.rolls[0]?.length || "", name: "length" });
    const name = { jumbo: words.jumboDone, pallet: words.palletDone }[work().unit] || words.setDone;
    const parts = [widths, length];
    if (work().jumbos.length) {
        parts.push(choice(work().jumbos.map((lot) => ({ key: lot.name, name: `${lot.name} · ${lot.kg} kg` })), "jumbo"));
    }
    const declare = () => {
        const typed = widths.value.split(/[,，;\s]+/).filter(Boolean).map(figure);
        const metres = figure(length.value) || 0;
        if (!typed.length || typed.some(Number.isNaN)) {
            return false;
        }
        const base = next.rolls[0].name.slice(0, -2);
        const made = typed.map((width, place) => ({
            name: `${base}${String(place + 1).padStart(2, "0")}`,
            position: place + 1,
            width,
            length: metres,
            diameter: next.rolls[place]?.diameter || next.rolls[0].diameter || 0,
        }));
        if (report("set", { set: next.number, rolls: made, jumbo: made && parts[2] ? parts[2].value : "" })) {
            own.sets[`${work().id} ${next.number}`] = { work: work().id, number: next.number, rolls: made };
            keep();
            choose(made[0].name);
        }
    };
    const button_ = submit(`${name} (${next.number})`, "good");
    button_.id = "declare";
    parts.push(button_);
    return form(parts, declare);
}

function tile(roll) {
    const kg = weight(roll);
    const made = button("", () => choose(roll.name), `tile${kg ? " done" : ""}${chosen === roll.name ? " chosen" : ""}`);
    made.dataset.roll = roll.name;
    made.append(element("strong", "", roll.name), element("small", "", `${roll.width} mm`), element("small", "", kg ? `✓ ${kg.toLocaleString()} kg` : words.weigh));
    return made;
}

function scanning() {
    const scan = field(words.scan, { name: "scan" });
    return form([scan], () => {
        const code = scan.value.trim();
        scan.value = "";
        const roll = rolls().find((one) => one.name === code);
        if (!roll) {
            note(`${code}: ${words.unknown}`, true);
        } else if (weight(roll)) {
            note(`${code}: ${words.known}`, true);
        } else {
            choose(code, true);
        }
    });
}

/** Take a roll to the scale: what it shows is read at once; after a scan it is entered as it is. */
async function choose(name, scanned) {
    chosen = name;
    main.querySelectorAll("form[data-touched]").forEach((one) => delete one.dataset.touched);
    show();
    if (!facts.scale || !navigator.onLine) {
        main.querySelector("input[name=gross]")?.focus();
        return;
    }
    const told = await ask("weigh", {});
    const gross = main.querySelector("input[name=gross]");
    if (told && gross && chosen === name) {
        gross.value = told.kg;
        if (scanned) {
            enter(name, told.kg, facts.tare, []);
        }
    }
}

function weighing() {
    const roll = rolls().find((one) => one.name === chosen);
    if (!roll) {
        chosen = null;
        return element("span");
    }
    const gross = field(words.gross, { number: true, name: "gross" });
    const tare = field(words.tare, { number: true, name: "tare", value: facts.tare || "" });
    const at = field(words.at, { number: true, name: "at" });
    const kind = choice([{ key: "", name: "–" }, ...facts.defects], "defect");
    const act = () => {
        const kg = figure(gross.value);
        if (!(kg > 0)) {
            note(words.noScale, true);
            return false;
        }
        const defects = kind.value ? [{ kind: kind.value, at_m: figure(at.value) || 0 }] : [];
        enter(roll.name, kg, figure(tare.value) || 0, defects);
    };
    const made = form([element("strong", "", roll.name), gross, tare, submit(words.enter, "good"), kind, at], act);
    made.id = "weighing";
    return made;
}

function enter(name, gross, tare, defects) {
    if (report("roll", { roll: name, gross, tare, defects })) {
        own.weights[name] = Math.round((gross - tare) * 1000) / 1000;
        keep();
        note(`${name}: ${own.weights[name].toLocaleString()} kg`, false);
        const next = rolls().find((roll) => !weight(roll));
        chosen = next ? next.name : null;
        setTimeout(() => {
            main.querySelectorAll("form[data-touched]").forEach((one) => delete one.dataset.touched);
            show();
            main.querySelector("input[name=gross]")?.focus();
        }, 0);
    }
}

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
    files.push(...["floor.css", "floor_parts.js", "floor.js"].map((name) => `/paper_shopfloor/static/src/floor/${name}`));
    navigator.serviceWorker
        .register("/paper/floor/worker.js", { scope: "/paper/floor/" })
        .then(() => caches.open("paper-phone-2"))
        .then((cache) => cache.addAll(files))
        .catch(() => {});
}
