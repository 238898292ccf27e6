import json

from odoo.tests import HttpCase, tagged

from .common import PaperFloorCommon

# Real clicks on the page of a tablet: each tap is counted; the network is taken away and given back by the browser itself.
TWENTY = """
(async () => {
    const wait = (test, what) => new Promise((resolve, reject) => {
        const end = Date.now() + 30000;
        const look = () => {
            const found = test();
            if (found) {
                resolve(found);
            } else if (Date.now() > end) {
                reject(new Error(`never: ${what} ${document.body.innerText.slice(0, 600)}`));
            } else {
                setTimeout(look, 20);
            }
        };
        look();
    });
    let taps = 0;
    const tap = (element) => {
        taps += 1;
        element.click();
    };
    const type = (input, text) => {
        input.value = text;
        input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const send = (form) => form.requestSubmit();
    const enter = (input) => {
        send(input.form); // the enter key of a scanner or a number pad
    };
    const code = await wait(() => document.querySelector("input[name=code]"), "sign in");
    type(code, "2468");
    enter(code);
    await wait(() => !document.querySelector("input[name=code]"), "signed in");
    tap(await wait(() => document.querySelector("section button.good"), "start"));
    await wait(() => facts.works[0].state === "progress" && !outbox.queue.length, "started");
    const real = window.fetch;
    const counts = [];
    for (let turn = 1; turn <= 4; turn++) {
        const off = turn === 2 || turn === 3;
        window.fetch = off ? () => Promise.reject(new TypeError("no network")) : real;
        const declare = await wait(() => document.querySelector("#declare"), `set ${turn}`);
        type(declare.form.querySelector("input[name=widths]"), "400, 400, 400, 400, 400");
        type(declare.form.querySelector("input[name=length]"), "600");
        tap(declare);
        for (let place = 1; place <= 5; place++) {
            const before = taps;
            const name = `${facts.works[0].order}-${String(turn).padStart(2, "0")}${String(place).padStart(2, "0")}`;
            await wait(() => document.querySelector(`[data-roll="${name}"]`), name);
            if (place % 2) {
                // By taps: on the roll, and on the button beside the weight.
                tap(document.querySelector(`[data-roll="${name}"]`));
                const gross = await wait(() => document.querySelector("#weighing input[name=gross]"), "scale");
                if (!off) {
                    await wait(() => document.querySelector("#weighing input[name=gross]")?.value, "weight");
                }
                type(document.querySelector("#weighing input[name=gross]"), "19.5");
                tap(document.querySelector("#weighing button.good"));
                gross.blur();
            } else {
                // By one scan: the scale is read and the roll entered at once; without the network its weight is typed.
                const scan = document.querySelector("input[name=scan]");
                type(scan, name);
                taps += 1;
                enter(scan);
                if (off) {
                    const gross = await wait(() => document.querySelector("#weighing input[name=gross]"), "weight");
                    type(gross, "19.5");
                    enter(gross);
                }
            }
            await wait(() => rolls().some((roll) => roll.name === name && weight(roll)), `entered ${name}`);
            await new Promise((resolve) => setTimeout(resolve, 30));
            counts.push(taps - before);
        }
    }
    window.fetch = real;
    outbox.send();
    await wait(() => !outbox.queue.length, "everything sent");
    const most = Math.max(...counts);
    if (most > 3 || counts.length !== 20) {
        throw new Error(`taps ${counts}`);
    }
    console.log(`counted: ${counts.length} rolls, ${most} taps at most`);
    console.log("test successful");
})().catch((error) => console.error(error.message));
"""


@tagged("post_install", "-at_install")
class TestFloorTour(PaperFloorCommon, HttpCase):
    browser_size = "1024x768"

    def test_twenty_rolls(self):
        """R5.3.1 (acceptance): 20 rolls at a tablet, the network off and on: at most three taps or one scan each, each once."""
        self.scale.simulated_answer = "ST,GS, 19.5 kg"
        self.winder.sequence = 1
        url = self.station.with_user(self.supervisor).action_open()["url"]
        self.authenticate(None, None)
        self.browser_js(f"{url}?lang=en_US", TWENTY, ready="window.PaperParts && typeof outbox !== 'undefined'", timeout=180)
        rolls = self.cut.paper_roll_ids
        self.assertEqual(len(rolls), 20)
        self.assertEqual(len(set(rolls.mapped("name"))), 20)
        self.assertEqual(set(rolls.mapped("paper_net_kg")), {19.5})
        self.assertEqual(sorted(set(rolls.mapped("paper_set_number"))), [1, 2, 3, 4])
        events = self.env["paper.floor.event"].search([("kind", "=", "roll")])
        self.assertEqual(len(events), 20)
        self.assertFalse(events.filtered("note"), json.dumps(events.mapped("note")))
