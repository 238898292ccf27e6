import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Two arrivals side by side, what differs between them marked. */
export class PaperCompare extends Component {
    static template = "paper_order_intake.PaperCompare";
    static props = { ...standardFieldProps };

    get comparison() {
        return this.props.record.data[this.props.name] || null;
    }

    get differences() {
        return this.comparison.rows.filter((row) => row.differs).length;
    }
}

registry.category("fields").add("paper_compare", {
    component: PaperCompare,
    supportedTypes: ["json"],
});
