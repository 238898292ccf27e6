import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("paper_aftersales_quality_board", {
    steps: () => [
        { trigger: ".o_switch_view.o_kanban", run: "click" },
        { trigger: ".o_kanban_view .o_kanban_record:contains(Board case)", run: "click" },
        { trigger: ".o_form_view .nav-link[name='paper_questions']", run: "click" },
        { trigger: ".o_field_widget[name='question_ids'] .o_field_x2many_list_row_add a", run: "click" },
        { trigger: ".o_field_widget[name='group_id'] input", run: "edit Workshop" },
        { trigger: ".ui-menu-item a:contains(Workshop)", run: "click" },
        { trigger: ".o_selected_row .o_field_widget[name='question'] textarea", run: "edit Why are the edges frayed?" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_status_indicator_buttons.invisible" },
    ],
});
