import { registry } from "@web/core/registry";

/** A planner opens the trim of a plan, sees what is to be cut, and has it computed. */
registry.category("web_tour.tours").add("paper_trim_planner_asks", {
    steps: () => [
        { content: "plan the trim", trigger: "button[name='action_plan_trim']:contains(编排裁切)", run: "click" },
        { content: "the widths of the plan are there", trigger: ".o_field_widget[name='item_ids'] td[name='width']:contains(1,194)" },
        { content: "have it computed", trigger: "button[name='action_compute']:contains(计算)", run: "click" },
        { content: "it waits, and says so", trigger: ".o_paper_trim_progress:contains(等待计算)" },
    ],
});

/** The planner reads the patterns, types others, compares both and chooses one. */
registry.category("web_tour.tours").add("paper_trim_planner_chooses", {
    steps: () => [
        { content: "patterns to scale, with the order and its customer", trigger: ".o_paper_trim_piece:contains(Printer)" },
        { content: "the bound stands beside the waste", trigger: ".o_paper_trim_figures:contains(下限):contains(损耗)" },
        {
            content: "the pieces of a pattern and what is left fill its bar",
            trigger: ".o_paper_trim_bar",
            run() {
                const bar = document.querySelector(".o_paper_trim_bar");
                const inside = [...bar.children].reduce((sum, piece) => sum + piece.getBoundingClientRect().width, 0);
                if (Math.abs(inside - bar.clientWidth) > 2) {
                    throw new Error(`${inside} px of ${bar.clientWidth}`);
                }
            },
        },
        { content: "what each order gets is within what it takes", trigger: ".o_paper_trim_shares tr:contains(787):not(.text-danger)" },
        { content: "type patterns", trigger: ".o_form_statusbar button:contains(手工填写样式)", run: "click" },
        { content: "too wide", trigger: ".modal .o_paper_trim_typed textarea", run: "edit 4*787: 1" },
        { content: "leave the field", trigger: ".modal .modal-title", run: "click" },
        { content: "the server says what it breaks", trigger: ".modal .alert-danger:contains(净宽只有)" },
        {
            content: "within all limits",
           
            trigger: ".modal .o_paper_trim_typed textarea",
            run: (helpers) => helpers.edit("787+1194: 6\n889: 6"), // two lines: more than the words of a step hold
        },
        { content: "leave the field", trigger: ".modal .modal-title", run: "click" },
        { content: "the server says that it keeps them", trigger: ".modal .alert-success:contains(符合所有限制)" },
        { content: "keep it", trigger: ".modal button[name='action_keep']", run: "click" },
        {
            content: "what was typed is drawn beside what was computed",
            trigger: "body:not(:has(.modal)) .o_paper_trim_two .o_paper_trim_result:nth-child(2):contains(手工填写) .o_paper_trim_bar",
        },
        {
            content: "compare with nothing",
            trigger: ".o_paper_trim_right",
            run() {
                this.anchor.value = ""; // the helpers of a tour choose no empty option
                this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { content: "one is drawn", trigger: ".o_paper_trim_results:not(.o_paper_trim_two)" },
        { content: "compare with the last", trigger: ".o_paper_trim_right", run: "selectByLabel 手工填写：2 个裁切样式，损耗 43.50 %" },
        { content: "both are drawn", trigger: ".o_paper_trim_two .o_paper_trim_result:nth-child(2) .o_paper_trim_bar" },
        { content: "choose the first", trigger: ".o_paper_trim_result:first-child .o_paper_trim_choose", run: "click" },
        { content: "it is chosen", trigger: ".o_paper_trim_figures .badge:contains(已选用)" },
    ],
});
