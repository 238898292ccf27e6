import { registry } from "@web/core/registry";

/** A receiver on a phone finds the deliveries, no prices, and the form to sign. */
registry.category("web_tour.tours").add("paper_delivery_receiver", {
    steps: () => [
        {
            content: "deliveries are on the first page, orders are not",
            trigger: ".o_portal_docs:not(:has(a[href='/my/orders']:visible)) a[href='/my/deliveries']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the note can be opened, the page is no wider than the phone",
            trigger: ".o_paper_delivery_card a[href$='/note']",
            run() {
                if (document.documentElement.scrollWidth > window.innerWidth) {
                    throw new Error(`${document.documentElement.scrollWidth} px on ${window.innerWidth}`);
                }
            },
        },
        {
            content: "check and sign",
            trigger: ".o_paper_delivery_card .btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the form to sign",
            trigger: ".o_paper_sign_form canvas",
        },
    ],
});
