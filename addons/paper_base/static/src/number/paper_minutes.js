import { registry } from "@web/core/registry";
import { useInputField } from "@web/views/fields/input_field_hook";
import { useNumpadDecimal } from "@web/views/fields/numpad_decimal_hook";
import { FloatTimeField, floatTimeField } from "@web/views/fields/float_time/float_time_field";
import { formatFloatTime } from "@web/views/fields/formatters";
import { parseFloatTime } from "@web/views/fields/parsers";

const HOURS = " h";

/** @returns {string} minutes as hours and minutes: 90 → "01:30 h" */
export function formatPaperMinutes(minutes) {
    return minutes === false ? "" : formatFloatTime(Math.round(minutes) / 60) + HOURS;
}

/** Minutes, which are kept as such, told and entered as hours and minutes. */
export class PaperMinutes extends FloatTimeField {
    setup() {
        this.inputFloatTimeRef = useInputField({
            getValue: () => this.formattedValue,
            refName: "numpadDecimal",
            parse: (value) => parseFloatTime(value.replace(HOURS.trim(), "").trim()) * 60,
        });
        useNumpadDecimal();
    }

    get formattedValue() {
        return formatPaperMinutes(this.props.record.data[this.props.name]);
    }
}

registry.category("fields").add("paper_minutes", { ...floatTimeField, component: PaperMinutes });
registry.category("formatters").add("paper_minutes", formatPaperMinutes);
