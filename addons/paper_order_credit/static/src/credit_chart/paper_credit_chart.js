import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Draws what a customer owes against his limit, and the receivables by age. */
export class PaperCreditChart extends Component {
    static template = "paper_order_credit.PaperCreditChart";
    static props = { ...standardFieldProps };

    get chart() {
        return this.props.record.data[this.props.name] || null;
    }

    /** The longer of limit and debt fills the width. */
    get scale() {
        const owed = this.chart.parts.reduce((sum, part) => sum + Math.max(part.amount, 0), 0);
        return Math.max(owed, this.chart.limit, 0.01);
    }

    width(amount) {
        return `width: ${Math.max((100 * amount) / this.scale, 0)}%`;
    }

    get limitMark() {
        return `left: ${Math.min((100 * this.chart.limit) / this.scale, 100)}%`;
    }

    get parts() {
        return this.chart.parts.filter((part) => part.amount > 0);
    }

    get isOver() {
        return this.chart.exposure > this.chart.limit;
    }

    height(amount) {
        const highest = Math.max(...this.chart.ageing.map((bucket) => bucket.amount), 0.01);
        return `height: ${Math.max((100 * amount) / highest, amount > 0 ? 3 : 0)}%`;
    }

    get hasAgeing() {
        return this.chart.ageing.some((bucket) => bucket.amount > 0);
    }
}

registry.category("fields").add("paper_credit_chart", {
    component: PaperCreditChart,
    supportedTypes: ["json"],
});
