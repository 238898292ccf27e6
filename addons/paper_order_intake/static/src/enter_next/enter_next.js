import { Component, onMounted, onWillUnmount, useRef, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const FIELDS = "input:not([type=hidden]):not([readonly]):not([disabled]), select, textarea";

/** In a form that is typed from top to bottom, Enter goes to the next field as Tab does; in the last one it saves. */
export class PaperEnterNext extends Component {
    static template = xml`<span t-ref="root" class="d-none" />`;
    static props = { ...standardWidgetProps };

    setup() {
        this.root = useRef("root");
        this.onKeydown = this.onKeydown.bind(this);
        onMounted(() => {
            this.form = this.root.el.closest(".o_form_view");
            this.form.addEventListener("keydown", this.onKeydown);
        });
        onWillUnmount(() => this.form.removeEventListener("keydown", this.onKeydown));
    }

    onKeydown(ev) {
        const isPlain = ev.key === "Enter" && !ev.altKey && !ev.ctrlKey && !ev.metaKey && !ev.shiftKey;
        // A list that is open takes the Enter for itself; several lines of text need it.
        const isTaken = ev.target.closest("textarea, button") || ev.target.getAttribute("aria-expanded") === "true";
        if (!isPlain || isTaken || ev.isComposing || ev.defaultPrevented) {
            return;
        }
        const fields = [...this.form.querySelectorAll(FIELDS)].filter((el) => el.offsetParent);
        const next = fields[fields.indexOf(ev.target) + 1];
        ev.preventDefault();
        ev.stopPropagation();
        if (next) {
            next.focus();
            next.select?.();
        }
    }
}

registry.category("view_widgets").add("paper_enter_next", { component: PaperEnterNext });
