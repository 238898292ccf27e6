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
            content: "Alt+N notes the paper and offers the next",
            trigger: ".o_paper_quick_order .o_field_widget[name='number'] input",
            run: "press Alt+n",
        },
        {
            content: "it is noted",
            trigger: ".o_notification:contains(双胶纸)",
        },
        {
            content: "the next one is for the same customer, its quantity is open, the first stands beside it",
            trigger:
                ".o_paper_quick_order:has(.o_field_widget[name='quantity'] input:not(:value(20))):has([name='item_ids'] .o_data_row:contains(787)) .o_field_widget[name='partner_id'] input:value(华印)",
        },
        {
            content: "the basis weight of the second paper",
            trigger: ".o_paper_quick_order .o_field_widget[name='basis_weight'] input",
            run: "edit 100 && press Enter",
        },
        skip("caliper"),
        figure("width", "889"),
        figure("reel_diameter_max", "1000"),
        figure("core_diameter", "76"),
        skip("core_outside_diameter"),
        figure("quantity", "10"),
        {
            content: "both weigh thirty tonnes",
            trigger: ".o_paper_quick_order [name='items'] .o_field_widget[name='total_weight']:contains(30,000.0)",
        },
        {
            content: "Alt+Q saves the order",
            trigger: ".o_paper_quick_order .o_field_widget[name='number'] input",
            run: "press Alt+q",
        },
        {
            content: "one order of two papers",
            trigger: ".o_form_view .o_field_widget[name='order_line'] .o_data_row:nth-child(2)",
        },
    ],
});
