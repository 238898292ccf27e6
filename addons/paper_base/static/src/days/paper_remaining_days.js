import { registry } from "@web/core/registry";
import { capitalize } from "@web/core/utils/strings";
import { RemainingDaysField, remainingDaysField } from "@web/views/fields/remaining_days/remaining_days_field";

/**
 * Odoo tells a deadline in the largest unit of the calendar that it crosses: on the 29th, the 2nd is "next month". A deadline of
 * working days is told in days, where a view asks for this widget.
 */
export class PaperRemainingDays extends RemainingDaysField {
    get diffString() {
        if (this.diffDays === null || Math.abs(this.diffDays) > 99) {
            return super.diffString;
        }
        const { record, name } = this.props;
        return capitalize(record.data[name].toRelativeCalendar({ unit: "days" }));
    }
}

registry.category("fields").add("paper_remaining_days", { ...remainingDaysField, component: PaperRemainingDays });
