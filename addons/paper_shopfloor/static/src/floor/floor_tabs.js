/* What the page reports beside rolls: set points, material, stops, meters, calls, checklists, the shift log. */
const TABS = {
    rolls: rollsTab,
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
