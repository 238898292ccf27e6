import { registry } from "@web/core/registry";

const field = (name) => `.o_form_view .o_field_widget[name='${name}'] input`;

/** The credit department reads what the ledger says, takes the proposal over, changes it and approves. */
registry.category("web_tour.tours").add("paper_credit_decision", {
    steps: () => [
        {
            content: "the review that waits",
            trigger: ".o_list_view .o_data_row:contains(Hua Print) td[name='partner_id']",
            run: "click",
        },
        { content: "exposure and ageing are drawn", trigger: ".o_paper_credit_chart .o_paper_credit_bar" },
        { content: "the proposal says why", trigger: ".o_field_widget[name='proposal']:not(:empty)" },
        { content: "take it over", trigger: "button[name='action_take_proposal']", run: "click" },
        {
            content: "all in advance is what the rules say of a customer without evidence",
            trigger: ".o_form_view:has(.o_field_widget[name='prepayment_percent'] input:value(100))",
        },
        { content: "the limit", trigger: field("limit"), run: "edit 50000" },
        { content: "the prepayment", trigger: field("prepayment_percent"), run: "edit 30" },
        { content: "approve", trigger: "button[name='action_approve']", run: "click" },
        {
            content: "approved",
            trigger: ".o_statusbar_status button[data-value='approved'].o_arrow_button_current",
        },
        { content: "the limit is drawn", trigger: ".o_paper_credit_chart .o_paper_credit_limit" },
    ],
});
