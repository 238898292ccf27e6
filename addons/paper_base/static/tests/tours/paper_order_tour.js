import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const step = (code, text) => ({
    content: `the step ${code} says: ${text}`,
    trigger: `.o_paper_timeline .o_paper_step[data-code='${code}']:contains(${text})`,
});

/** A salesperson finds an order of paper and reads how far it is and what stands in its way. */
registry.category("web_tour.tours").add("paper_base_salesperson", {
    steps: () => [
        {
            content: "the list says what is next and who has it",
            trigger: ".o_list_view .o_data_row:contains(HP-2031-7):contains(法务审核):contains(法务部门)",
        },
        {
            content: "open the order",
            trigger: ".o_data_row td[name='client_order_ref']:contains(HP-2031-7)",
            run: "click",
        },
        step("received", "订单接收"),
        step("legal", "法务审核"),
        step("legal", "进行中"),
        step("confirmed", "订单确认"),
        {
            content: "the nearest step that is blocked is open",
            trigger: ".o_paper_blocker_group[data-step='contract'][open]:contains(“签订合同”尚不能进行)",
        },
        {
            content: "and says why",
            trigger: ".o_paper_blocker[data-code='legal'] .o_paper_blocker_message:contains(法务部门尚未审核合同。)",
        },
        {
            content: "sales is offered no override",
            trigger: ".o_paper_blockers:not(:has(.o_paper_override))",
        },
        {
            content: "what blocks a later step is one click away",
            trigger: ".o_paper_blocker_group[data-step='confirm'] summary",
            run: "click",
        },
        {
            content: "the confirmation is blocked too",
            trigger: ".o_paper_blocker_group[data-step='confirm'][open] .o_paper_blocker:contains(合同尚未签署。)",
        },
        {
            content: "the line shows the specification, the customer's quantity and what that is",
            trigger: ".o_data_row:contains(双胶纸 80 g/m² 787×1092 mm, 500张/令):contains(令):contains(3,437.6 kg):contains(50,000 张)",
        },
    ],
});

/** A customer opens the order in the portal and reads the same steps, without the mill's own affairs. */
registry.category("web_tour.tours").add("paper_base_portal", {
    steps: () => [
        {
            content: "the customer's order",
            trigger: ".o_paper_timeline:contains(订单进度)",
        },
        step("received", "已完成"),
        step("evaluated", "订单评估"),
        step("evaluated", "截止 2031/03/04"),
        step("confirmed", "未开始"),
        {
            content: "the internal step is not shown",
            trigger: ".o_paper_timeline:not(:has([data-code='legal']))",
        },
        {
            content: "the specification and the ordered quantity",
            trigger: "td[name='td_product_name']:contains(双胶纸 80 g/m² 787×1092 mm, 500张/令):contains(100 令)",
        },
    ],
});

const PIXEL =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";

/** A customer's page asks for something that a rule refuses, and nobody catches it: the customer reads the sentence. */
registry.category("web_tour.tours").add("paper_base_portal_refusal", {
    steps: () => [
        {
            content: "the page asks",
            trigger: ".o_paper_timeline",
            run() {
                rpc(`${location.pathname}/accept`, { name: "Buyer", signature: PIXEL });
            },
        },
        {
            content: "the rule is read",
            trigger: ".o_paper_refusal:contains(尚不能):contains(合同尚未签署。)",
        },
        {
            content: "nothing of the mill is offered",
            trigger: ".o_paper_refusal:not(:has(.o_paper_way_out)) footer .btn",
            run: "click",
        },
        {
            content: "the page is as it was",
            trigger: "body:not(:has(.o_paper_refusal)) .o_paper_timeline",
        },
    ],
});

const head = {
    content: "what is ordered, how much of it, until when and what is next stand beside the number",
    trigger: ".o_paper_head:contains(双胶纸):contains(3,438 kg):contains(2033/04/05):contains(订单确认)",
};

/** Sales open an order that they can take on, and another that is blocked. */
registry.category("web_tour.tours").add("paper_base_leading", {
    steps: () => [
        head,
        {
            content: "one button is primary, and it is the one that takes the order on",
            trigger: ".o_statusbar_buttons:not(:has(.btn-primary:not([name='action_confirm']))) button.btn-primary[name='action_confirm']",
        },
        {
            content: "sending it stands beside",
            trigger: ".o_statusbar_buttons button.btn-secondary[name='action_quotation_send']",
        },
    ],
});

registry.category("web_tour.tours").add("paper_base_blocked", {
    steps: () => [
        head,
        {
            content: "what is blocked says why before it is pressed, and is not primary",
            trigger: ".o_statusbar_buttons:not(:has(.btn-primary)) button.o_paper_blocked[name='action_confirm'][data-tooltip='合同尚未签署。']",
        },
    ],
});

/** A department that only reads the order meets the same head, and no button of sales. */
registry.category("web_tour.tours").add("paper_base_reader", {
    steps: () => [
        head,
        {
            content: "nothing to press is offered",
            trigger: ".o_form_view:not(:has(button[name='action_confirm'])) .o_paper_timeline",
        },
    ],
});
