import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const ROW = ".o_data_row:contains(EVAL-TOUR)";
const card = (dimension) => `.o_paper_panel .o_kanban_record:has([data-dimension='${dimension}'])`;

/** Sales submits the order and gives its own opinion from the card of the panel. */
tours.add("paper_evaluation_sales", {
    steps: () => [
        {
            content: "submit the order",
            trigger: ".o_form_view button[name='action_submit_evaluation']",
            run: "click",
        },
        {
            content: "the panel has five cards",
            trigger: ".o_paper_panel .o_kanban_renderer:has(.o_kanban_record:not(.o_kanban_ghost):eq(4))",
        },
        {
            content: "other departments' cards have no button for sales",
            trigger: `${card("capacity")}:not(:has(button[name='action_agree_proposal']))`,
        },
        {
            content: "agree on the card of sales",
            trigger: `${card("sales")} button[name='action_agree_proposal']`,
            run: "click",
        },
        {
            content: "it is given",
            trigger: `${card("sales")} .text-bg-success`,
        },
        {
            content: "the panel cannot be closed by sales",
            trigger: ".o_form_statusbar:not(:has(button[name='action_close']))",
        },
    ],
});

/** Production planning opens its opinion and agrees: two clicks. */
tours.add("paper_evaluation_open_and_agree", {
    steps: () => [
        {
            content: "a deadline of some days is told in days, over the end of a month as well",
            trigger: `${ROW} td[name='deadline_date']:contains(天)`,
        },
        {
            content: "open what waits for me",
            trigger: `${ROW} td[name='partner_id']`,
            run: "click",
        },
        {
            content: "agree with the proposal",
            trigger: ".o_form_view button[name='action_agree_proposal']",
            run: "click",
        },
        {
            content: "it is given",
            trigger: ".o_form_statusbar .o_arrow_button_current[data-value='given']",
        },
    ],
});

/** Purchasing agrees from the list: one click. */
tours.add("paper_evaluation_agree_in_list", {
    steps: () => [
        {
            content: "agree in the row",
            trigger: `${ROW} button[name='action_agree_proposal']`,
            run: "click",
        },
        {
            content: "nothing waits any more",
            trigger: `.o_list_view:not(:has(${ROW}))`,
        },
    ],
});

/** Technology chooses several rows and agrees with all of them. */
tours.add("paper_evaluation_agree_with_several", {
    steps: () => [
        {
            content: "choose the row",
            trigger: `${ROW} .o_list_record_selector input`,
            run: "click",
        },
        {
            content: "agree with the proposals",
            trigger: "button[name='action_agree_clear']",
            run: "click",
        },
        {
            content: "nothing waits any more",
            trigger: `.o_list_view:not(:has(${ROW}))`,
        },
    ],
});

/** Finance says yes on a condition, in its own words. */
tours.add("paper_evaluation_condition", {
    steps: () => [
        {
            content: "open what waits for me",
            trigger: `${ROW} td[name='partner_id']`,
            run: "click",
        },
        {
            content: "yes, if",
            trigger: ".o_field_widget[name='verdict'] input[data-value='conditional']",
            run: "click",
        },
        {
            content: "the condition",
            trigger: ".o_field_widget[name='condition'] textarea",
            run: "edit 预付三成货款",
        },
        {
            content: "the reason",
            trigger: ".o_field_widget[name='comment'] textarea",
            run: "edit 新客户",
        },
        {
            content: "give it",
            trigger: ".o_form_view button[name='action_submit']",
            run: "click",
        },
        {
            content: "for good",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "it is given",
            trigger: ".o_form_statusbar .o_arrow_button_current[data-value='given']",
        },
    ],
});

/** The chair reads the panel and closes it. */
tours.add("paper_evaluation_chair", {
    steps: () => [
        {
            content: "the condition stands on the card",
            trigger: `${card("cost")}:contains(预付三成货款)`,
        },
        {
            content: "close the panel",
            trigger: ".o_form_view button[name='action_close']",
            run: "click",
        },
        {
            content: "for good",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "passed with conditions",
            trigger: ".o_form_statusbar .o_arrow_button_current[data-value='conditional']",
        },
        {
            content: "and no second time",
            trigger: ".o_form_statusbar:not(:has(button[name='action_close']))",
        },
    ],
});

/** The customer reads on his page what the mill offers instead, and accepts a part. */
tours.add("paper_evaluation_customer", {
    steps: () => [
        {
            content: "two offers",
            trigger: ".o_paper_alternatives:has(.o_paper_alternative:eq(1))",
        },
        {
            content: "accept the second one",
            trigger: ".o_paper_alternative:eq(1) button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "thank you",
            trigger: ".o_paper_alternatives .alert-success",
        },
    ],
});

/** Planning reads the plan of the machines: the slot that the order holds is in it, and opens the order. */
tours.add("paper_machine_plan", {
    steps: () => [
        {
            content: "the legend is in Chinese",
            trigger: ".o_paper_plan_legend:contains(为评估中的订单保留)",
        },
        {
            content: "look at four weeks",
            trigger: ".o_paper_plan button:contains(4 周)",
            run: "click",
        },
        {
            content: "28 days",
            trigger: ".o_paper_plan_head .o_paper_plan_day:eq(27)",
        },
        {
            content: "the order's slot on its machine opens it",
            trigger: ".o_paper_plan_row[data-machine='PM1'] .o_paper_plan_held:contains(EVAL-TOUR)",
            run: "click",
        },
        {
            content: "the order",
            trigger: ".o_form_view .o_field_widget[name='order_line']",
        },
    ],
});
