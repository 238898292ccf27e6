import { registry } from "@web/core/registry";

/**
 * A person clicks a step that a rule refuses, reads why, and is led to the way out.
 *
 * @param {string} name of the tour, after the addon whose rule it is
 * @param {string} button the step's method
 * @param {string} sentence words of the refusal
 * @param {string} [options.wayOut] selector of what the way out opens
 * @param {Object[]} [options.before] steps that come first
 * @param {boolean} [options.confirm] whether the step asks back
 */
const refused = (name, button, sentence, { wayOut, before = [], confirm = false } = {}) =>
    registry.category("web_tour.tours").add(`paper_mill_refusal_${name}`, {
        steps: () => [
            ...before,
            {
                content: "the step is offered",
                trigger: `.o_form_view .o_form_statusbar button[name='${button}'], .o_form_view .o_cp_buttons button[name='${button}']`,
                run: "click",
            },
            ...(confirm ? [{ trigger: ".modal .modal-footer .btn-primary", run: "click" }] : []),
            {
                content: "the rule says why not",
                trigger: `.o_paper_refusal:contains(${sentence})`,
            },
            {
                content: "nothing speaks of a crash",
                trigger: "body:not(:has(.o_error_detail)):not(:contains(哎呀))",
            },
            ...(wayOut
                ? [
                      { content: "the way out", trigger: ".o_paper_refusal .o_paper_way_out", run: "click" },
                      { content: "opens what it speaks of", trigger: wayOut },
                  ]
                : [
                      { content: "close it", trigger: ".o_paper_refusal footer .btn", run: "click" },
                      { content: "back on the form", trigger: "body:not(:has(.o_paper_refusal)) .o_form_view" },
                  ]),
        ],
    });

// Sales confirm what has no contract yet: the dialog leads to drafting one.
refused("contract", "action_confirm", "合同", { wayOut: ".o_form_view, .modal .o_form_view" });
// Sales hand on an order that lacks facts: the dialog opens the entry of what the customer says by phone.
refused("order_intake", "action_submit_evaluation", "订单信息不完整", { wayOut: ".modal .o_form_view" });
// The workshop makes what is in no plan; making one is planning's.
refused("production", "button_mark_done", "生产计划");
// Quality concludes an inspection whose answers are missing.
refused("quality", "action_confirm", "尚缺");
// Logistics plan a dispatch without vehicle and driver.
refused("delivery", "action_plan", "缺少");
// Planning says no and does not say why.
refused("order_evaluation", "action_submit", "说明", {
    before: [{ trigger: ".o_form_view .o_field_widget[name='verdict'] label:contains(不同意)", run: "click" }],
    confirm: true,
});
// Quality closes a visit without findings.
refused("aftersales", "action_done", "回访");
