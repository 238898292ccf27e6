/* A set comes off, its rolls are weighed. */
function rollsTab() {
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
}

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
