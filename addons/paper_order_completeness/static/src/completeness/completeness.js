import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Draws how complete an order is: a bar, what is missing, and what is worth asking along. */
export class PaperCompleteness extends Component {
    static template = "paper_order_completeness.PaperCompleteness";
    static props = { ...standardFieldProps };

    get state() {
        return this.props.record.data[this.props.name] || { given: 0, total: 0, percent: 0, missing: [], wanted: [] };
    }
}

registry.category("fields").add("paper_completeness", {
    component: PaperCompleteness,
    supportedTypes: ["json"],
});
