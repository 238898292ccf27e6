import { registry } from "@web/core/registry";

/** A picture of one pixel, as a phone's camera would hand it over. */
const PIXEL =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

function photo(name) {
    const bytes = Uint8Array.from(atob(PIXEL), (letter) => letter.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([bytes], name, { type: "image/png" }));
    return files.files;
}

registry.category("web_tour.tours").add("paper_aftersales_portal_complaint", {
    steps: () => [
        { trigger: "input[name='subject']", run: "edit 纸边起毛" },
        { trigger: "textarea[name='description']", run: "edit 两边起毛，无法印刷" },
        { trigger: "select[name='defect_id']", run: "selectByIndex 1" },
        { trigger: "input[name='lot_ids']", run: "click" },
        { trigger: "select[name='remedy_sought']", run: "select replacement" },
        {
            trigger: "input[name='paper_photos']",
            run() {
                this.anchor.files = photo("edge.png");
            },
        },
        { trigger: "form[action='/submitted/ticket'] button[type='submit']", run: "click", expectUnloadPage: true },
        { trigger: "div[name='paper_timeline'] li .fa-check-circle" },
    ],
});
