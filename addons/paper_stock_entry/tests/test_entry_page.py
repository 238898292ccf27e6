from odoo.tests import HttpCase, tagged

from .common import CHECKED, PHOTO, PaperEntryCommon

SCAN = """
(async () => {
    const wait = (test, what) => new Promise((resolve, reject) => {
        const end = Date.now() + 20000;
        const late = () => (Date.now() > end ? reject(new Error(`never: ${what}`)) : setTimeout(look, 20));
        const look = () => (test() ? resolve(test()) : late());
        look();
    });
    const scan = (code) => {
        const input = document.querySelector("input[name=scan]");
        input.value = code;
        input.form.requestSubmit();
    };
    const codes = facts.rolls.map((roll) => roll.code);
    const real = window.fetch;
    window.fetch = () => Promise.reject(new TypeError("no network"));
    codes.slice(0, 9).forEach(scan);
    await wait(() => outbox.queue.length === 9, "kept without the network");
    window.fetch = real;
    codes.slice(9).forEach(scan);
    scan(codes[0]);
    scan("NOBODY");
    await wait(() => !outbox.queue.length && facts.rolls.length === codes.length + 1, "sent");
    if (!document.body.innerText.includes("NOBODY")) {
        throw new Error("the wrong label is not shown");
    }
    console.log("test successful");
})().catch((error) => console.error(error.message));
"""


@tagged("post_install", "-at_install")
class TestEntryPage(PaperEntryCommon, HttpCase):
    def test_scanned_on_the_page(self):
        """R6.1.2 (acceptance): the warehouse scans what an order made, the network off and on, settles one, enters it."""
        note = self.note()
        ready = "Boolean(document.querySelector('input[name=scan]'))"
        self.browser_js(f"/paper/entry/{note.id}", SCAN, ready=ready, login=self.keeper.login)
        note.invalidate_recordset()
        self.assertEqual((note.entering_count, note.difference_count), (18, 1))
        self.assertEqual(len(note.scan_ids), 19)
        note.line_ids.filtered(lambda line: line.verdict == "unknown").with_user(self.keeper).action_settle(
            "label of another mill"
        )
        note.write({**CHECKED, "protection_photo": PHOTO})
        note.action_enter()
        self.assertEqual(self.on_stock(), 1800)
