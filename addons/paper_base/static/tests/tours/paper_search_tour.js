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
        { content: "open the box", trigger: ".o_paper_search_box", run: "click" },
        { content: "type a number", trigger: ".o_command_palette_search input", run: "edit TYPED-4711" },
        { content: "it is found, with its customer", trigger: ".o_paper_found_told:contains(Hua Print)" },
        { content: "one key opens it", trigger: ".o_command_palette_search input", run: "press Enter" },
        {
            content: "the order is open; a reader scans",
            trigger: ".o_form_view .o_field_widget[name=client_order_ref]",
            run: () => scan("SCANNED-4712"),
        },
        { content: "what was scanned is open", trigger: ".o_form_view .o_field_widget[name=ref] input:value(SCANNED-4712)" },
    ],
});
