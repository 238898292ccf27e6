import { registry } from "@web/core/registry";

/** What a barcode reader does: keys in quick succession, then Enter, while no field has the focus. */
function scan(text) {
    document.activeElement?.blur();
    for (const key of [...text, "Enter"]) {
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
}

registry.category("web_tour.tours").add("paper_base_search", {
    steps: () => [
        // An action that loads closes what stands over the page.
        { content: "the desk is there", trigger: ".o_paper_desk .o_paper_tasks" },
        { content: "open the box", trigger: ".o_paper_search_box", run: "click" },
        { content: "type a number", trigger: ".o_command_palette_search input", run: "edit TYPED-4711" },
        { content: "it is found, with its customer", trigger: ".o_paper_found_told:contains(Hua Print)" },
        { content: "one key opens it", trigger: ".o_command_palette_search input", run: "press Enter" },
        {
            content: "the order is open; a reader scans",
            trigger: ".o_form_view .o_paper_timeline",
            run: () => scan("SCANNED-4712"),
        },
        { content: "what was scanned is open", trigger: ".o_breadcrumb:contains(Scanned customer)" },
    ],
});
