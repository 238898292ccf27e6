import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** @returns {string} the month of a day, as the mill writes it: 2026-11 */
export function formatPaperMonth(value) {
    return value ? value.toFormat(_t("yyyy-MM")) : "";
}

/** A month, which is kept as its first day. Figures are read only: nobody enters one. */
export class PaperMonth extends Component {
    static template = "paper_order_stats.PaperMonth";
    static props = { ...standardFieldProps };

    get month() {
        return formatPaperMonth(this.props.record.data[this.props.name]);
    }
}

registry.category("fields").add("paper_month", { component: PaperMonth, supportedTypes: ["date"] });
registry.category("formatters").add("paper_month", formatPaperMonth);
