import { Component, onMounted, useRef } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** The reason why an arrival is no order, at the field in which it is mended; the first of them gets the keyboard. */
export class PaperFieldReason extends Component {
    static template = "paper_order_intake.PaperFieldReason";
    static props = { ...standardWidgetProps, field: String };

    setup() {
        this.root = useRef("root");
        onMounted(() => this.focusFirst());
    }

    get reason() {
        return (this.props.record.data.field_reasons || {})[this.props.field] || "";
    }

    focusFirst() {
        const form = this.root.el?.closest(".o_form_view");
        if (form && this.root.el === form.querySelector(".o_paper_field_reason")) {
            const input = form.querySelector(`.o_field_widget[name="${this.props.field}"] input`);
            setTimeout(() => {
                input?.focus();
                input?.select?.();
            });
        }
    }
}

registry.category("view_widgets").add("paper_field_reason", {
    component: PaperFieldReason,
    extractProps: ({ attrs }) => ({ field: attrs.field }),
    fieldDependencies: [{ name: "field_reasons", type: "json" }],
});
