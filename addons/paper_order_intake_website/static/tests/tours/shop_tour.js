import { registry } from "@web/core/registry";

const figure = (name, text) => ({
    content: `${name} is typed`,
    trigger: `.o_paper_configurator [name='${name}']`,
    run: `edit ${text}`,
});

/** A customer of the web shop describes sheets, sees what they weigh and cost, and sends the order to be evaluated. */
registry.category("web_tour.tours").add("paper_intake_web_order", {
    steps: () => [
        {
            content: "paper is not added without being described",
            trigger: "#product_detail:not(:has(#add_to_cart)) .o_paper_configurator",
        },
        {
            content: "sheets",
            trigger: ".o_paper_configurator label[for='paper_format_sheet']",
            run: "click",
        },
        {
            content: "a reel's figures are gone",
            trigger: ".o_paper_configurator [data-format='reel'].d-none [name='core_diameter']:not(:visible)",
        },
        figure("basis_weight", "60"),
        figure("width", "787"),
        figure("length", "1092"),
        figure("quantity", "100"),
        {
            content: "100 reams weigh and cost so much",
            trigger: ".o_paper_quote:contains(2,578.2 kg):contains(15,469.27)",
        },
        {
            content: "into the cart",
            trigger: ".o_paper_configurator .o_paper_add",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the cart shows the specification, and says what an order means here",
            trigger: "#shop_cart:has(.o_paper_acceptance) .o_paper_line:contains(787×1092 mm)",
        },
        {
            content: "to the addresses",
            trigger: "a[name='website_sale_main_button']:not(.disabled)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the addresses, and again what an order means here",
            trigger: ".o_paper_acceptance",
        },
        {
            content: "on",
            trigger: "a[name='website_sale_main_button']:not(.disabled)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "no payment is asked for",
            trigger: "body:not(:has(#o_payment_form)) .o_paper_submit",
        },
        {
            content: "his own number",
            trigger: ".o_paper_submit input[name='client_order_ref']",
            run: "edit WEB-77",
        },
        {
            content: "send",
            trigger: ".o_paper_submit button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "received, not accepted yet",
            trigger: ".o_paper_received .o_paper_acceptance",
        },
    ],
});
