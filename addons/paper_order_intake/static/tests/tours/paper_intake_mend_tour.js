import { registry } from "@web/core/registry";

const field = (name) => `.o_form_view .o_field_widget[name='${name}'] input`;
const open = (number) => `.o_form_view .o_paper_mend_raw:contains(${number})`;

/** A salesperson mends a row that contradicts itself and one that could not be read, one after the other. */
registry.category("web_tour.tours").add("paper_intake_mend", {
    steps: () => [
        {
            content: "the row that contradicts itself",
            trigger: ".o_list_view .o_data_row td[name='number']:contains(4909)",
            run: "click",
        },
        { content: "what came stands beside the fields", trigger: `${open(4909)}:contains(110)` },
        {
            content: "the reason stands at the field in which it is mended",
            trigger: ".o_paper_field_reason[data-field='diameter_min']:contains(1000)",
        },
        { content: "mend the outside diameter", trigger: field("diameter_max"), run: "edit 1100" },
        {
            content: "make the order and go on",
            trigger: "button[name='action_process_next']",
            run: "click",
        },
        { content: "the next that waits is open", trigger: open(4910) },
        { content: "no reason of the former one is left", trigger: ".o_form_view:not(:has([data-field='diameter_min']))" },
        { content: "the customer's number", trigger: field("number"), run: "edit 4910" },
        { content: "the width", trigger: field("width"), run: "edit 480" },
        { content: "the length", trigger: field("length"), run: "edit 700" },
        { content: "the weight", trigger: field("weight"), run: "edit 2800" },
        { content: "go on", trigger: "button[name='action_process_next']", run: "click" },
        { content: "nothing waits any more", trigger: ".o_list_view .o_view_nocontent" },
    ],
});

/** A salesperson compares what came by two channels and says that both are wanted. */
registry.category("web_tour.tours").add("paper_intake_compare", {
    steps: () => [
        { content: "the suspicion", trigger: ".o_list_view .o_data_row td[name='message_id']", run: "click" },
        { content: "the numbers differ", trigger: "tr.o_paper_compare_differs[data-name='number']:contains(M-77)" },
        { content: "the width does not", trigger: "tr[data-name='width']:not(.o_paper_compare_differs)" },
        { content: "both are wanted", trigger: "button[name='action_both']", run: "click" },
        {
            content: "decided",
            trigger: ".o_statusbar_status button[data-value='both'].o_arrow_button_current",
        },
    ],
});
