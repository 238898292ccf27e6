import { registry } from "@web/core/registry";
import { session } from "@web/session";

const says = (content, text) => ({ content, trigger: `.o_paper_demo_text:contains(${text})` });

/** The web client says how far the demo mill is filled. */
registry.category("web_tour.tours").add("paper_mill_demo_progress", {
    steps: () => [says("the banner names the step", "4/22")],
});

/** A step that failed is not lost: the web client says what went wrong. */
registry.category("web_tour.tours").add("paper_mill_demo_error", {
    steps: () => [says("the banner says what went wrong", "PM1 burns")],
});

/** Where nothing is to be filled, nothing is said. */
registry.category("web_tour.tours").add("paper_mill_demo_whole", {
    steps: () => [
        {
            content: "the web client is there, without a banner",
            trigger: "body:not(:has(.o_paper_demo_progress)) .o_main_navbar",
            run: () => {
                if (session.paper_mill_demo) {
                    throw new Error("the session speaks of a filling");
                }
            },
        },
    ],
});
