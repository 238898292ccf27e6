import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { parseInteger } from "@web/views/fields/parsers";

/**
 * A number that starts empty: what was not given is not 0. No paper is 0 mm wide; where 0 is a value as well, the option
 * `given` names the field of the record that says whether there is one.
 */
export class PaperNumber extends FloatField {
    static props = { ...FloatField.props, given: { type: String, optional: true } };

    get isGiven() {
        return Boolean(this.value || (this.props.given && this.props.record.data[this.props.given]));
    }

    get isInteger() {
        return this.props.record.fields[this.props.name].type === "integer";
    }

    get formattedValue() {
        if (!this.isGiven) {
            return "";
        }
        return this.isInteger ? formatInteger(this.value) : super.formattedValue;
    }

    parse(value) {
        if (!value.trim()) {
            return false;
        }
        return this.isInteger ? parseInteger(value) : super.parse(value);
    }
}

registry.category("fields").add("paper_number", {
    ...floatField,
    component: PaperNumber,
    supportedTypes: ["float", "integer"],
    isEmpty: () => false,
    extractProps: (info) => ({ ...floatField.extractProps(info), given: info.options.given }),
});
registry
    .category("formatters")
    .add("paper_number", (value, options) =>
        value ? (options?.field?.type === "integer" ? formatInteger : formatFloat)(value, options) : ""
    );
