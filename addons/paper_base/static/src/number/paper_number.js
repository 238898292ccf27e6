import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";
import { formatFloat } from "@web/views/fields/formatters";

/**
 * A number that starts empty: what was not given is not 0. No paper is 0 mm wide; where 0 is a value as well, the option
 * `given` names the field of the record that says whether there is one.
 */
export class PaperNumber extends FloatField {
    static props = { ...FloatField.props, given: { type: String, optional: true } };

    get isGiven() {
        return Boolean(this.value || (this.props.given && this.props.record.data[this.props.given]));
    }

    get formattedValue() {
        return this.isGiven ? super.formattedValue : "";
    }

    parse(value) {
        return value.trim() ? super.parse(value) : false;
    }
}

registry.category("fields").add("paper_number", {
    ...floatField,
    component: PaperNumber,
    isEmpty: () => false,
    extractProps: (info) => ({ ...floatField.extractProps(info), given: info.options.given }),
});
registry.category("formatters").add("paper_number", (value, options) => (value ? formatFloat(value, options) : ""));
