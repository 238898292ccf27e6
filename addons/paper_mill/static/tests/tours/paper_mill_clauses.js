import { registry } from "@web/core/registry";

// One order of the demo mill is taken from its contract to the visit after its delivery, each step by the person whose
// step it is. The steps name fields and buttons, no words.
const walk = (name, steps) => registry.category("web_tour.tours").add(`paper_mill_walk_${name}`, { steps: () => steps });

const state = (value) => ({ trigger: `.o_statusbar_status .o_arrow_button_current[data-value='${value}']` });
const press = (button) => ({ trigger: `.o_form_view .o_form_statusbar button[name='${button}']`, run: "click" });
const fill = (field, text, tag = "input") => ({ trigger: `.o_field_widget[name='${field}'] ${tag}`, run: `edit ${text}` });
const save = [
    { trigger: ".o_form_button_save:visible", run: "click" },
    { trigger: ".o_form_saved, .o_form_status_indicator:not(:has(.o_form_button_save:visible))" },
];

walk("planning", [
    { trigger: ".o_list_button_add", run: "click" },
    { trigger: ".o_form_view .o_field_widget[name='date_from']" },
    press("action_collect"),
    { trigger: ".o_field_widget[name='production_ids'] .o_data_row" },
    press("action_submit"),
    state("submitted"),
]);

walk("supervisor", [
    { trigger: ".o_data_row .o_data_cell[name='name']", run: "click" },
    press("action_approve"),
    state("approved"),
]);

walk("sales_notice", [press("action_dispatch_notice"), { trigger: ".o_field_widget[name='delivery_place']" }, press("action_issue"), state("issued")]);

walk("logistics_plan", [
    { trigger: ".o_data_row .o_data_cell[name='name']", run: "click" },
    fill("licence_plate", "苏A·12345"),
    fill("driver_name", "马师傅"),
    fill("driver_phone", "13900000000"),
    { trigger: ".o_field_widget[name='planned_date'] input, .o_field_widget[name='planned_date'] button", run: "click" },
    { trigger: ".o_datetime_picker .o_today", run: "click" },
    press("action_plan"),
    state("planned"),
]);

const ticked = (row) => {
    const cell = `.o_field_widget[name='paper_check_ids'] .o_data_row:nth-child(${row}) td[name='done']`;
    return [{ trigger: cell, run: "click" }, { trigger: `${cell} input:checked` }];
};

walk("warehouse_loading", [
    { trigger: ".nav-link[name='paper_dispatch']", run: "click" },
    ...ticked(1),
    ...ticked(2),
    ...ticked(3),
    press("action_check_loading"),
    { trigger: ".o_field_widget[name='paper_loading_state'] .text-bg-success" },
    press("button_validate"),
    state("done"),
]);

walk("customer_signs", [
    { trigger: ".o_paper_sign_form #signer", run: "edit 陈晨" },
    {
        trigger: ".o_paper_sign_pad",
        run() {
            const pad = this.anchor;
            pad.setPointerCapture = () => {}; // no pointer of the browser's own stands behind these events
            const box = pad.getBoundingClientRect();
            const at = (type, x, y) =>
                pad.dispatchEvent(
                    new PointerEvent(type, { bubbles: true, pointerId: 1, buttons: 1, clientX: box.left + x, clientY: box.top + y })
                );
            at("pointerdown", 20, 20);
            at("pointermove", 90, 60);
            at("pointermove", 150, 25);
            at("pointerup", 150, 25);
        },
    },
    { trigger: ".o_paper_sign_form button[type='submit']", run: "click", expectUnloadPage: true },
    { trigger: ".o_paper_delivery .fa-check-circle" },
]);

const row = (question) => `.o_field_widget[name='inspection_lines'] .o_data_row:contains(${question})`;
const looked = (question, answer) => [
    { trigger: `${row(question)} td[name='qualitative_value']`, run: "click" },
    { trigger: `${row(question)} td[name='qualitative_value'] input`, run: "click" },
    { trigger: `.o-autocomplete--dropdown-item a:not(.o_loading):text(${answer})`, run: "click" },
];
const measured = (question, value) => [
    { trigger: `${row(question)} td[name='quantitative_value']`, run: "click" },
    { trigger: `${row(question)} td[name='quantitative_value'] input`, run: `edit ${value}` },
];
const inspected = (appearance) => [
    ...looked("外观", appearance),
    ...measured("宽度", 1800),
    ...measured("卷筒直径", 1100),
    ...measured("定量", 125),
    ...measured("水分", 6.5),
];

walk("quality_passes", [...inspected("合格"), press("action_confirm"), state("success")]);

walk("quality_fails", [
    ...inspected("不合格"),
    press("action_confirm"),
    state("waiting"),
    press("action_approve"),
    { trigger: ".o_form_view .oe_stat_button[name='action_view_nonconformities']", run: "click" },
    { trigger: ".o_form_view .o_statusbar_status button:contains(分析)", run: "click" },
    { trigger: ".nav-link[name='causes_analysis']", run: "click" },
    fill("analysis", "纸面条痕，流浆箱唇板挂浆。", "textarea"),
    { trigger: ".o_form_view .o_statusbar_status button:contains(措施)", run: "click" },
    { trigger: ".nav-link[name='actions']", run: "click" },
    fill("action_comments", "清洗唇板，本卷降级。", "textarea"),
    { content: "leaving saves", trigger: ".o_breadcrumb .breadcrumb-item a:last, .o_back_button a", run: "click" },
    { trigger: ".o_form_view .o_field_widget[name='inspection_lines']" },
]);

walk("sales_ticket", [
    // The order has more documents than fit beside its name.
    { trigger: ".o_form_view .o_button_more", run: "click" },
    { trigger: ".o_dropdown_more .oe_stat_button[name='action_view_paper_tickets']", run: "click" },
    { trigger: ".o_list_button_add, .o-kanban-button-new", run: "click" },
    { trigger: ".o_form_view .o_field_widget[name='sale_order_id']" },
    fill("name", "纸边起毛"),
    { trigger: ".o_field_widget[name='description'] .odoo-editor-editable", run: "editor 第三件边缘起毛，请查看。" },
    ...save,
]);

walk("quality_visit", [
    fill("use", "上机顺畅", "textarea"),
    fill("quality", "白度稳定", "textarea"),
    { trigger: ".o_field_widget[name='satisfaction'] input", run: "click" },
    { trigger: ".o_select_menu_item:contains(满意)", run: "click" },
    press("action_done"),
    state("done"),
]);

// A chart, the table of it, its rows, and the document behind one of them.
const figures = (name) =>
    walk(name, [
        { trigger: ".o_graph_renderer canvas" },
        { trigger: ".o_switch_view.o_pivot", run: "click" },
        { trigger: ".o_pivot table .o_pivot_cell_value" },
        { trigger: ".o_switch_view.o_list", run: "click" },
        { trigger: ".o_list_view .o_data_row .o_data_cell[name='date']", run: "click" },
        { trigger: ".o_form_view .o_form_sheet" },
    ]);

figures("sales_figures");
figures("production_figures");
figures("purchase_figures");
