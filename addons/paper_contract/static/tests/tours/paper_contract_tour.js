import { registry } from "@web/core/registry";

// The steps name buttons and fields, no words: the same tours run in every language.
const tours = registry.category("web_tour.tours");
const state = (value) => ({ trigger: `.o_arrow_button_current[data-value='${value}']` });
// What sales fills in, and where nothing is agreed.
const AGREED = {
    measuring_method: "net weight",
    claim_days_visible: "7",
    claim_days_hidden: "30",
    settlement_method: "bank transfer",
    copies_total: "4",
    copies_each: "2",
    buyer_vat: "913701000000000001",
    buyer_phone: "+86 10 6000 0000",
};
const NONE = [
    "customer_order",
    "prepayment",
    "deposit",
    "late_delivery_damages",
    "late_payment_damages",
    "breach_damages",
    "dispute_body",
];

tours.add("paper_contract_sales_drafts", {
    steps: () => [
        { trigger: "button[name='action_draft_contract']", run: "click" },
        state("draft"),
        { trigger: "button[name='action_fill_blanks']", run: "click" },
        ...Object.entries(AGREED).map(([name, value]) => ({ trigger: `.modal [name='${name}'] input`, run: `edit ${value}` })),
        { trigger: ".modal [name='freight_by'] .o_radio_item:first input", run: "click" },
        ...NONE.map((name) => ({ trigger: `.modal [name='none_${name}'] input`, run: "click" })),
        { trigger: ".modal button[name='action_apply']", run: "click" },
        { trigger: "body:not(:has(.modal)):not(:has(button[name='action_fill_blanks']))" },
        { trigger: "button[name='action_submit_review']", run: "click" },
        state("review"),
    ],
});

const opinion = (number, text) => [
    { trigger: "button[name='action_add_opinion']", run: "click" },
    { trigger: ".modal [name='clause_id'] input", run: "click" },
    { trigger: `.modal .o-autocomplete--dropdown-item:nth-child(${number}) a:not(.o_loading)`, run: "click" },
    { trigger: ".modal:not(:has(.o-autocomplete--dropdown-menu)) [name='clause_id'] input" },
    { trigger: ".modal [name='text'] textarea", run: `edit ${text}` },
    { trigger: ".modal [name='proposed'] textarea", run: `edit ${text} {seller_name}` },
    { trigger: ".modal .o_form_button_save", run: "click" },
    { trigger: "body:not(:has(.modal))" },
];

tours.add("paper_contract_legal_returns", {
    steps: () => [
        ...opinion(1, "First amendment"),
        ...opinion(2, "Second amendment"),
        { trigger: "button[name='action_return_review']", run: "click" },
        state("draft"),
    ],
});

tours.add("paper_contract_sales_revises", {
    steps: () => [
        { trigger: ".nav-link[name='reviews']", run: "click" },
        { trigger: "[name='opinion_ids'] .o_data_row:first button[name='action_take_over']", run: "click" },
        { trigger: "[name='opinion_ids'] .o_data_row:first:not(:has(button[name='action_take_over']))" },
        { trigger: "[name='opinion_ids'] button[name='action_answer']", run: "click" },
        { trigger: ".modal [name='reason'] textarea", run: "edit As agreed with the customer." },
        { trigger: ".modal button[name='action_apply']", run: "click" },
        { trigger: "body:not(:has(.modal)):not(:has([name='opinion_ids'] button[name='action_answer']))" },
        { trigger: "button[name='action_submit_review']", run: "click" },
        state("review"),
    ],
});

tours.add("paper_contract_legal_accepts", {
    steps: () => [
        { trigger: "button[name='action_accept_review']", run: "click" },
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        state("reviewed"),
    ],
});

tours.add("paper_contract_sales_sends", {
    steps: () => [{ trigger: "button[name='action_send']", run: "click" }, state("sent")],
});

tours.add("paper_contract_customer_signs", {
    steps: () => [
        { trigger: "#sign input[name='title']", run: "edit Buyer" },
        { trigger: "#sign .o_portal_sign_submit:enabled", run: "click", expectUnloadPage: true },
        { trigger: ".o_portal_contract .alert-success" },
    ],
});

tours.add("paper_contract_company_signs", {
    steps: () => [
        { trigger: "button[name='action_sign_company']", run: "click" },
        { trigger: ".modal [name='signature'] .o_signature", run: "click" },
        { trigger: ".modal:has(.o_web_sign_name_and_signature) .modal-footer .btn-primary:enabled", run: "click" },
        { trigger: "body:not(:has(.o_web_sign_name_and_signature)) .modal button[name='action_sign']", run: "click" },
        state("in_force"),
    ],
});
