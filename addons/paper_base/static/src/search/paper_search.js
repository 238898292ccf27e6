import { Component, onWillStart, useExternalListener } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

// The palette asks its default namespace by likeness of names; the records that the server found are shown as they are.
const NAMESPACE = "=";
const START = _t("Type the beginning or a part of a number, or scan it");
// A reader types faster than a hand, and ends with Enter.
const MOST_BETWEEN_KEYS = 60;
const SHORTEST_SCAN = 4;
const WRITTEN = "input, textarea, select, [contenteditable=true], .modal, .o_barcode_client_action";

class PaperFound extends Component {
    static template = "paper_base.PaperFound";
    static props = {
        "*": true,
        told: { type: Array, optional: true },
    };
}

class PaperSearchFooter extends Component {
    static template = "paper_base.PaperSearchFooter";
    static props = { "*": true };
}

/**
 * The one search box in the top bar: numbers of rolls, orders, contracts, notes, plates, phones. What a barcode reader
 * types while no field has the focus, or the search field of a list, which always has it, is looked for at once; the
 * record opens where there is exactly one.
 */
export class PaperSearch extends Component {
    static template = "paper_base.PaperSearch";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.command = useService("command");
        this.ui = useService("ui");
        this.keys = "";
        onWillStart(async () => {
            this.shown = await user.hasGroup("paper_base.group_paper_user");
        });
        useExternalListener(window, "keydown", (ev) => this.onKey(ev), { capture: true });
    }

    open(text = "") {
        const config = { categories: [], categoryNames: {}, debounceDelay: 250 };
        config.placeholder = _t("Roll, order, contract, delivery note, plate, phone, customer…");
        config.emptyMessage = START;
        return this.command.openMainPalette({
            configByNamespace: { [NAMESPACE]: config },
            providers: [
                { namespace: NAMESPACE, provide: (env, { searchValue }) => this.provide(config, searchValue) },
                // Backspace in an empty box leaves a namespace; there is nothing else to look through here.
                { provide: (env, { searchValue }) => this.open(searchValue) || [] },
            ],
            FooterComponent: PaperSearchFooter,
            searchValue: `${NAMESPACE}${text}`,
        });
    }

    async provide(config, text) {
        config.emptyMessage = START;
        if (!text?.trim()) {
            return [];
        }
        const { kinds } = await this.orm.silent.call("paper.search", "find", [text]);
        config.emptyMessage = _t("Nothing found that you may open");
        config.categories = kinds.map((kind) => kind.code);
        config.categoryNames = Object.fromEntries(kinds.map((kind) => [kind.code, kind.name]));
        return kinds.flatMap((kind) => [
            ...kind.rows.map((row) => ({
                Component: PaperFound,
                category: kind.code,
                name: row.title,
                props: { told: row.told },
                href: `/odoo/${row.model.includes(".") ? row.model : `m-${row.model}`}/${row.id}`,
                action: () => {
                    this.openRecord(row);
                },
            })),
            ...(kind.more ? [this.more(kind, text)] : []),
        ]);
    }

    more(kind, text) {
        return {
            Component: PaperFound,
            category: kind.code,
            name: _t("Show all"),
            props: { told: [] },
            action: async () => {
                const action = await this.orm.call("paper.search", "get_more", [kind.code, text]);
                if (action) {
                    this.action.doAction(action);
                }
            },
        };
    }

    openRecord(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.model,
            res_id: row.id,
            views: [[false, "form"]],
            target: "current",
        });
    }

    /** Collect what a reader types while the page or the search field of a list, not a field of a document, has the focus. */
    onKey(ev) {
        const search = ev.target.closest?.(".o_searchview_input");
        const written = !search && ev.target.closest?.(WRITTEN);
        if (!this.shown || written || ev.ctrlKey || ev.altKey || ev.metaKey || ev.isComposing) {
            this.keys = "";
            return;
        }
        // When the key was pressed, not when a busy page came to it.
        if (ev.timeStamp - this.last > MOST_BETWEEN_KEYS) {
            this.keys = "";
        }
        this.last = ev.timeStamp;
        if (ev.key === "Enter") {
            const text = this.keys;
            this.keys = "";
            if (text.length >= SHORTEST_SCAN) {
                // Not the button that happens to have the focus, and no search of the list.
                ev.preventDefault();
                ev.stopPropagation();
                if (search) {
                    search.value = "";
                    search.dispatchEvent(new Event("input", { bubbles: true }));
                }
                this.scan(text);
            }
        } else if (ev.key.length === 1) {
            this.keys += ev.key;
        }
    }

    async scan(text) {
        const { open } = await this.orm.call("paper.search", "find", [text]);
        return open ? this.openRecord(open) : this.open(text);
    }
}

registry.category("systray").add("paper_base.search", { Component: PaperSearch }, { sequence: 1000 });
