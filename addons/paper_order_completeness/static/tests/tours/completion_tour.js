import { registry } from "@web/core/registry";

/** A customer opens the link on his telephone, mistypes a figure, mends it, and the order is complete. */
registry.category("web_tour.tours").add("paper_intake_completion", {
    steps: () => [
        {
            content: "the page is about his order",
            trigger: "h1:contains(HP-2031-9)",
        },
        {
            content: "it asks for the width of this paper",
            trigger: "fieldset[data-fact='width'] input",
            run: "edit 78x",
        },
        {
            content: "send",
            trigger: ".o_paper_completion_form button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the figure that cannot be taken is marked, as he typed it",
            trigger: "fieldset[data-fact='width'] input.is-invalid:value(78x)",
        },
        {
            content: "he mends it",
            trigger: "fieldset[data-fact='width'] input",
            run: "edit 787",
        },
        {
            content: "he chooses how he pays",
            trigger: "fieldset[data-fact='payment_terms'] select",
            run: "selectByLabel 30 days T",
        },
        {
            content: "nothing on the page is wider than the telephone",
            trigger: ".o_paper_completion_form",
            run: () => {
                if (document.documentElement.scrollWidth > window.innerWidth + 1) {
                    throw new Error(`the page is ${document.documentElement.scrollWidth} px wide`);
                }
            },
        },
        {
            content: "send",
            trigger: ".o_paper_completion_form button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the order is complete",
            trigger: ".alert-success h1",
        },
    ],
});
