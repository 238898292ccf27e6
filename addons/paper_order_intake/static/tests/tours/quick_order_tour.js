import { registry } from "@web/core/registry";

const figure = (name, text) => ({
    content: `${name} is typed, Enter leaves it`,
    trigger: `.o_paper_quick_order .o_field_widget[name='${name}'] input:focus`,
    run: `edit ${text} && press Enter`,
});

const skip = (name) => ({
    content: `${name} is left out with Enter`,
    trigger: `.o_paper_quick_order .o_field_widget[name='${name}'] input:focus`,
    run: "press Enter",
});

const choose = (name, text) => [
    {
        content: `${name} is looked up by its first letters`,
        trigger: `.o_paper_quick_order .o_field_widget[name='${name}'] input`,
        run: `edit ${text}`,
    },
    {
        content: `${name} is found`,
        trigger: `.o_field_widget[name='${name}'] .o-autocomplete--dropdown-item .ui-state-active:contains(${text})`,
    },
    {
        content: `${name} is taken with Enter`,
        trigger: `.o_paper_quick_order .o_field_widget[name='${name}'] input`,
        run: "press Enter",
    },
    {
        content: `${name} is chosen`,
        trigger: `.o_paper_quick_order .o_field_widget[name='${name}']:not(:has(.o-autocomplete--dropdown-menu)) input:value(${text})`,
    },
];

/** A salesperson takes an order on the telephone without touching the mouse, and the next one is ready to be typed. */
registry.category("web_tour.tours").add("paper_intake_quick_order", {
    steps: () => [
        {
            content: "the intake's menu",
            trigger: "[data-menu-xmlid='paper_base.menu_intake']",
            run: "click",
        },
        {
            content: "take an order",
            trigger: "[data-menu-xmlid='paper_order_intake.menu_quick_order']",
            run: "click",
        },
        {
            content: "the cursor is in the first field",
            trigger: ".o_paper_quick_order .o_field_widget[name='product_id'] input:focus",
        },
        ...choose("product_id", "双胶纸 T"),
        {
            content: "the basis weight",
            trigger: ".o_paper_quick_order .o_field_widget[name='basis_weight'] input",
            run: "edit 80 && press Enter",
        },
        skip("caliper"),
        figure("width", "787"),
        figure("reel_diameter_max", "1000"),
        figure("core_diameter", "76"),
        skip("core_outside_diameter"),
        figure("quantity", "20"),
        {
            content: "weight and price are there at once",
            trigger: ".o_paper_quick_order .o_field_widget[name='weight_kg']:contains(20,000.0)",
        },
        {
            trigger: ".o_paper_quick_order .o_field_widget[name='amount']:contains(120,000.00)",
        },
        ...choose("partner_id", "华印"),
        {
            content: "the customer's own number",
            trigger: ".o_paper_quick_order .o_field_widget[name='number'] input",
            run: "edit HY-77",
        },
        {
            content: "Alt+N saves and offers the next",
            trigger: ".o_paper_quick_order .o_field_widget[name='number'] input",
            run: "press Alt+n",
        },
        {
            content: "it is taken in",
            trigger: ".o_notification:contains(双胶纸)",
        },
        {
            content: "the next one is for the same customer, its quantity is open",
            trigger:
                ".o_paper_quick_order:has(.o_field_widget[name='quantity'] input:value(0)) .o_field_widget[name='partner_id'] input:value(华印)",
        },
        {
            content: "that was all",
            trigger: ".modal-footer button[special='cancel'], .modal-footer .btn-secondary[data-hotkey='x']",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});
