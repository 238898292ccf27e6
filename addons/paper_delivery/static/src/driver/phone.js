/** The page of a driver, or of a loader: what is done is kept on the phone and sent when there is a network, once. */
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const main = document.getElementById("main");
const PICTURE = 1600; // pixels of the longer side
let facts = data;
const marks = {}; // what was done here and is shown at once: "roll 12" → "damaged"
const outbox = new window.PaperOutbox({ name: "paper-phone", url: data.url, changed: () => show(), answered });
const report = (event) => outbox.report(event);

function answered(told, batch) {
    facts = { ...told.facts };
    for (const item of told.answers) {
        alarm(item, batch.find((event) => event.uid === item.uid));
    }
}

function alarm(item, event) {
    if (item.message && event && event.kind === "sign") {
        delete marks[`sign ${event.picking}`]; // it is asked for once more
    }
    const wrong = item.verdict && facts.mode === "load" && item.verdict !== "ok";
    if (item.message || wrong) {
        note(item.message || words[item.verdict], true);
    }
}

function note(text, bad) {
    document.querySelectorAll(".alarm").forEach((old) => old.remove());
    const box = element("div", bad ? "alarm" : "alarm good", text);
    box.setAttribute("role", "alert");
    main.prepend(box);
    if (bad && navigator.vibrate) {
        navigator.vibrate([200, 100, 200]);
    }
    window.scrollTo(0, 0);
}

// Drawing

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

function show() {
    const state = document.getElementById("state");
    state.textContent = outbox.queue.length ? words.waiting.replace("%s", outbox.queue.length) : words.sent;
    state.className = outbox.queue.length ? "waiting" : "";
    // Whoever is writing goes on writing.
    if (main.querySelector("form[data-touched]")) {
        return;
    }
    const alarms = [...main.querySelectorAll(".alarm")];
    main.replaceChildren(...alarms, ...(facts.mode === "load" ? [loading()] : facts.stops.map(stop)));
}

function stop(place) {
    const box = element("section");
    box.append(element("h2", "", place.name), element("p", "", place.place), element("p", "", place.window));
    const row = element("div", "row");
    if (place.phone) {
        const call = element("a", "button", `${words.call} ${place.phone}`);
        call.href = `tel:${place.phone.replace(/[^+\d]/g, "")}`;
        call.addEventListener("click", () => report({ kind: "called", picking: place.deliveries[0].id }));
        row.append(call);
    }
    for (const kind of ["arrived", "unloaded"]) {
        const done = place[kind] || marks[`${kind} ${place.name}`];
        const act = () => {
            marks[`${kind} ${place.name}`] = true;
            report({ kind, picking: place.deliveries[0].id });
        };
        row.append(button(words[kind], done ? () => {} : act, done ? "on" : ""));
    }
    box.append(row, ...place.deliveries.map(delivery));
    return box;
}

function delivery(goods) {
    const box = element("div");
    box.append(element("h3", "", goods.name), ...goods.goods.map((text) => element("p", "", text)));
    const signer = goods.signer || marks[`sign ${goods.id}`];
    for (const roll of goods.rolls) {
        const line = element("div", "roll", `${roll.name} · ${roll.kg} kg`);
        const row = element("div", "row");
        const told = marks[`roll ${roll.id}`] || roll.told;
        for (const verdict of ["ok", "damaged", "missing", "refused"]) {
            const act = () => {
                marks[`roll ${roll.id}`] = verdict;
                report({ kind: "roll", picking: goods.id, lot: roll.id, verdict, photos: [] });
            };
            const look = `${told === verdict ? "on " : ""}${verdict === "ok" ? "" : "bad"}`;
            row.append(button(words[verdict], signer ? () => {} : act, look));
        }
        if (!signer) {
            row.append(photo((pictures) => report({ kind: "roll", picking: goods.id, lot: roll.id, verdict: told || "ok", photos: pictures })));
        }
        line.append(row);
        box.append(line);
    }
    if (signer) {
        box.append(element("p", "", `✓ ${words.signed} ${signer}`));
    } else if (goods.left) {
        box.append(form(goods));
    }
    return box;
}

function photo(act, text) {
    const label = element("label", "button", text || `📷 ${words.photo}`);
    const input = element("input");
    input.type = "file";
    input.accept = "image/*";
    input.hidden = true;
    input.addEventListener("change", async () => {
        try {
            act(await Promise.all([...input.files].slice(0, 6).map(shrink)));
        } catch {
            note(words.photo, true);
        }
    });
    label.append(input);
    return label;
}

/** Drawn anew: small, and without what the camera wrote into it. */
async function shrink(file) {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, PICTURE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", 0.8);
}

function form(goods) {
    const made = element("form");
    const name = element("input");
    name.type = "text";
    name.placeholder = words.name;
    name.maxLength = 100;
    const remarks = element("textarea");
    remarks.placeholder = words.remarks;
    remarks.maxLength = 2000;
    const accepted = element("input");
    accepted.type = "checkbox";
    accepted.checked = true;
    const label = element("label", "row");
    label.append(accepted, words.accepted);
    const pad = element("canvas");
    let drawn = false;
    let paper = "";
    const pen = pad.getContext("2d");
    const touched = () => (made.dataset.touched = "1");
    made.addEventListener("input", touched);
    pad.addEventListener("pointerdown", (ev) => {
        touched();
        if (!drawn) {
            pad.width = pad.clientWidth;
            pad.height = pad.clientHeight;
        }
        pad.setPointerCapture(ev.pointerId);
        pen.lineWidth = 2;
        pen.beginPath();
        pen.moveTo(ev.offsetX, ev.offsetY);
        pad.onpointermove = (move) => {
            pen.lineTo(move.offsetX, move.offsetY);
            pen.stroke();
            drawn = true;
        };
    });
    pad.addEventListener("pointerup", () => (pad.onpointermove = null));
    const row = element("div", "row");
    row.append(
        button(words.clear, () => {
            pen.clearRect(0, 0, pad.width, pad.height);
            drawn = false;
            paper = "";
        }),
        photo((pictures) => {
            touched();
            paper = pictures[0];
        }, `📷 ${words.note}`),
        button(
            words.sign,
            () => {
                if (!name.value.trim() || !(drawn || paper) || (!accepted.checked && !remarks.value.trim())) {
                    note(words.needed, true);
                    return;
                }
                delete made.dataset.touched;
                marks[`sign ${goods.id}`] = name.value;
                report({
                    kind: "sign",
                    picking: goods.id,
                    signer: name.value,
                    accepted: accepted.checked,
                    remarks: remarks.value,
                    signature: paper || pad.toDataURL("image/png"),
                });
            },
            "primary"
        )
    );
    made.addEventListener("submit", (ev) => ev.preventDefault());
    made.append(name, label, remarks, pad, row);
    return made;
}

// Loading by scan

function loading() {
    const box = element("section");
    const rolls = facts.stops.flatMap((place) => place.deliveries.flatMap((goods) => goods.rolls));
    const left = rolls.filter((roll) => !roll.scanned && !marks[`load ${roll.name}`]);
    box.append(element("h2", "", `${left.length} / ${rolls.length} ${words.left}`));
    const made = element("form");
    const input = element("input");
    input.type = "text";
    input.placeholder = words.scan;
    input.autocomplete = "off";
    made.append(input);
    made.addEventListener("submit", (ev) => {
        ev.preventDefault();
        scanned(input.value);
        input.value = "";
    });
    box.append(made);
    if ("BarcodeDetector" in window) {
        box.append(button(`📷 ${words.camera}`, () => camera(box)));
    }
    for (const roll of rolls) {
        const done = roll.scanned || marks[`load ${roll.name}`];
        box.append(element("div", done ? "roll done" : "roll", `${done ? "✓ " : ""}${roll.name} · ${roll.kg} kg`));
    }
    setTimeout(() => input.focus(), 0);
    return box;
}

function scanned(text) {
    const code = text.trim();
    if (!code) {
        return;
    }
    const rolls = facts.stops.flatMap((place) => place.deliveries.flatMap((goods) => goods.rolls));
    const roll = rolls.find((item) => item.name === code);
    const twice = roll && (roll.scanned || marks[`load ${code}`]);
    // Judged here at once, without a network; the server judges again.
    note(roll ? (twice ? words.double : `${code}: ${words.ok}`) : words.wrong, !roll || twice);
    if (roll) {
        marks[`load ${code}`] = true;
    }
    report({ kind: "loaded", code });
}

async function camera(box) {
    const video = element("video");
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.playsInline = true;
    box.prepend(video);
    await video.play();
    const detector = new window.BarcodeDetector();
    let last = "";
    const look = async () => {
        if (!video.isConnected) {
            video.srcObject.getTracks().forEach((track) => track.stop());
            return;
        }
        const [found] = await detector.detect(video);
        if (found && found.rawValue !== last) {
            last = found.rawValue;
            scanned(last);
        }
        setTimeout(look, 300);
    };
    look();
}

outbox.open();
if ("serviceWorker" in navigator) {
    const scope = data.mode === "load" ? "/paper/load/" : "/d/";
    const own = ["phone.css", "phone.js"].map((name) => `/paper_delivery/static/src/driver/${name}`);
    const files = [location.href, "/paper_base/static/src/outbox/outbox.js", ...own];
    navigator.serviceWorker
        .register("/d/worker.js", { scope })
        .then(() => caches.open("paper-phone-2"))
        .then((cache) => cache.addAll(files))
        .catch(() => {});
}
