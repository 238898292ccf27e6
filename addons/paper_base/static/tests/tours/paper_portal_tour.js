import { registry } from "@web/core/registry";

/** A buyer on a phone sees the order, finds its documents, and has it once more. */
registry.category("web_tour.tours").add("paper_base_portal_buyer", {
    steps: () => [
        {
            content: "the page is no wider than the phone",
            trigger: ".o_paper_documents",
            run() {
                if (document.documentElement.scrollWidth > window.innerWidth) {
                    throw new Error(`${document.documentElement.scrollWidth} px on ${window.innerWidth}`);
                }
            },
        },
        {
            content: "the confirmation can be opened",
            trigger: ".o_paper_documents a[data-code='order'][href*='report_type=pdf']",
        },
        {
            content: "order again",
            trigger: ".o_paper_actions a[data-code='repeat']:contains(再次订购)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "what is taken over and what is not",
            trigger: ".o_paper_repeat:contains(双胶纸):contains(不沿用：价格和交货日期)",
        },
        {
            content: "the own number",
            trigger: "input[name='client_order_ref']",
            run: "edit HP-9",
        },
        {
            content: "send it",
            trigger: ".o_paper_repeat button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "it has a page of its own",
            trigger: ".o_paper_repeated:contains(您的申请已以此编号收到)",
        },
    ],
});
