import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The inputs of what an order lacks, as the server lists them; the answers go back as text, the server reads them. */
export class PaperAnswers extends Component {
    static template = "paper_order_completeness.PaperAnswers";
    static props = { ...standardFieldProps, questions: { type: String } };

    get questions() {
        return this.props.record.data[this.props.questions] || [];
    }

    get answers() {
        return this.props.record.data[this.props.name] || {};
    }

    value(item) {
        return this.answers[item.name] ?? item.value;
    }

    async write(item, ev) {
        await this.props.record.update({ [this.props.name]: { ...this.answers, [item.name]: ev.target.value } });
    }
}

registry.category("fields").add("paper_answers", {
    component: PaperAnswers,
    supportedTypes: ["json"],
    extractProps: ({ options }) => ({ questions: options.questions }),
});
