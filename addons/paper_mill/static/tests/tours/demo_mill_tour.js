import { registry } from "@web/core/registry";

const step = (code, text) => ({
    content: `the step ${code} says: ${text}`,
    trigger: `.o_paper_timeline .o_paper_step[data-code='${code}']:contains(${text})`,
});

/** A salesperson of the demo mill opens the order that waits for its dispatch notice and reads where it stands. */
registry.category("web_tour.tours").add("paper_mill_demo_sales", {
    steps: () => [
        {
            content: "open the produced order",
            trigger: ".o_data_row:contains(PO-2609) td[name='client_order_ref']",
            run: "click",
        },
        step("received", "订单接收"),
        step("evaluated", "订单评估"),
        step("signed", "合同双方签署"),
        step("confirmed", "订单确认"),
        step("stocked", "已入库"),
        step("notified", "发货通知"),
        {
            content: "what blocks the dispatch is said in Chinese",
            trigger: ".o_paper_blocker_group[data-step='dispatch'] .o_paper_blocker:contains(发货通知)",
        },
        {
            content: "back to the list",
            trigger: ".o_breadcrumb a, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "every order says what is next and who has it",
            trigger: ".o_data_row:contains(PO-2605):contains(法务审核)",
        },
    ],
});

/** The customer of the demo mill opens his delivered order in the portal and reads the same steps. */
registry.category("web_tour.tours").add("paper_mill_demo_portal", {
    steps: () => [
        {
            content: "the list of the customer's orders opens the delivered one",
            trigger: ".o_portal_my_doc_table tbody tr a, .o_portal_my_doc_table tr td a",
            run: "click",
            expectUnloadPage: true,
        },
        step("received", "订单接收"),
        step("signed", "合同双方签署"),
        step("confirmed", "订单确认"),
        step("delivered", "交付与签收"),
        step("visited", "质量回访"),
        {
            content: "the mill's own steps are not shown",
            trigger: ".o_paper_timeline:not(:has([data-code='legal'])):not(:has([data-code='credit']))",
        },
    ],
});
