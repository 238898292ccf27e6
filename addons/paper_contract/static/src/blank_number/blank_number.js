import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";
import { IntegerField, integerField } from "@web/views/fields/integer/integer_field";

/**
 * Figures that the parties agree on: nothing is shown where nothing is agreed, because a 0 would be read as agreed.
 */
export class PaperBlankFloat extends FloatField {
    get formattedValue() {
        return this.value ? super.formattedValue : "";
    }
}

export class PaperBlankInteger extends IntegerField {
    get formattedValue() {
        return this.value ? super.formattedValue : "";
    }
}

registry.category("fields").add("paper_blank_float", { ...floatField, component: PaperBlankFloat });
registry.category("fields").add("paper_blank_integer", { ...integerField, component: PaperBlankInteger });
