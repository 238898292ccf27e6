import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("paper_production_buy", {
    steps: () => [
        { content: "The material plan of the plan", trigger: ".o_data_row .o_data_cell", run: "click" },
        { content: "What is missing, and from whom", trigger: ".o_field_widget[name='line_ids'] td:contains('Pulp mill')" },
        { content: "Ask for it", trigger: "button[name='action_order']", run: "click" },
        { content: "It is ordered", trigger: ".o_arrow_button_current[data-value='ordered']" },
        { content: "The requests for quotation are there", trigger: "button[name='action_view_purchases']" },
    ],
});

tours.add("paper_production_set_up", {
    steps: () => [
        { content: "The set-up of the campaign", trigger: ".o_data_row .o_data_cell", run: "click" },
        { content: "Its task is done", trigger: "button[name='action_done']", run: "click" },
        { content: "The machine is set up", trigger: ".o_arrow_button_current[data-value='done']" },
    ],
});

tours.add("paper_production_crew", {
    steps: () => [
        { content: "The crew plan", trigger: ".o_data_row .o_data_cell", run: "click" },
        { content: "Assign the teams", trigger: "button[name='action_assign']:contains('Assign')", run: "click" },
        { content: "Gaps are named", trigger: ".o_field_widget[name='gap_ids'] .o_data_row" },
        { content: "Confirm it", trigger: "button[name='action_confirm']", run: "click" },
        { content: "It is confirmed", trigger: ".o_arrow_button_current[data-value='confirmed']" },
    ],
});
