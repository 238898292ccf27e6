import { Component, onWillStart, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * The sheet of readings: a column a test, a row a specimen. Enter and the arrows go on, so that ten specimens of six tests are typed
 * without the mouse; Ctrl+Enter keeps what was typed. Values far from the target are marked, and kept once they are said to be right.
 */
export class PaperReadingSheet extends Component {
    static template = "paper_quality.ReadingSheet";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.table = useRef("table");
        this.state = useState({ sheet: null, typed: {}, instrument: false, sure: false, busy: false });
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps((next) => this.load(next.record));
    }

    async load(record) {
        this.id = record.resId;
        const sheet = this.id ? await this.orm.call("qc.inspection", "paper_reading_sheet", [[this.id]]) : null;
        this.take(sheet);
    }

    take(sheet) {
        this.state.sheet = sheet;
        this.state.typed = {};
        this.state.sure = false;
        if (sheet) {
            for (const test of sheet.tests) {
                this.state.typed[test.id] = this.rows(sheet).map((row) => test.values[row] || "");
            }
            const known = sheet.tests.find((test) => test.instrument);
            this.state.instrument = this.state.instrument || (known ? known.instrument : false);
        }
    }

    rows(sheet = this.state.sheet) {
        return [...Array(sheet.rows).keys()];
    }

    isFar(test, text) {
        const value = Number(String(text).replace(",", "."));
        return Boolean(test.target && test.band && text && Math.abs(value - test.target) > (Math.abs(test.target) * test.band) / 100);
    }

    isOutside(test, text) {
        const value = Number(String(text).replace(",", "."));
        return Boolean(text) && ((test.low !== false && value < test.low) || (test.high !== false && value > test.high));
    }

    get hasFar() {
        return this.state.sheet.tests.some((test) => this.state.typed[test.id].some((text) => this.isFar(test, text)));
    }

    onInput(test, row, ev) {
        this.state.typed[test.id][row] = ev.target.value;
    }

    onKeydown(column, row, ev) {
        const last = this.state.sheet.rows - 1;
        const move = {
            Enter: () => (row < last ? [column, row + 1] : [column + 1, 0]),
            ArrowDown: () => [column, row + 1],
            ArrowUp: () => [column, row - 1],
        }[ev.key];
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.save();
        } else if (move) {
            ev.preventDefault();
            ev.stopPropagation();
            this.focus(...move());
        }
    }

    focus(column, row) {
        const cell = this.table.el.querySelector(`input[data-column="${column}"][data-row="${row}"]`);
        if (cell) {
            cell.focus();
            cell.select();
        } else if (column >= this.state.sheet.tests.length) {
            this.save();
        }
    }

    async read(column) {
        const test = this.state.sheet.tests[column];
        const value = await this.orm.call("paper.instrument", "action_paper_read", [[this.state.instrument]]);
        const row = this.state.typed[test.id].findIndex((text) => !text);
        if (row >= 0) {
            this.state.typed[test.id][row] = value;
            this.focus(column, row + 1);
        }
    }

    onInstrument(ev) {
        this.state.instrument = Number(ev.target.value) || false;
    }

    async save() {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const columns = this.state.sheet.tests
                .map((test) => ({
                    id: test.id,
                    seen: test.seen,
                    values: this.state.typed[test.id],
                    instrument: this.state.instrument,
                    sure: this.state.sure,
                }))
                .filter((column, index) => this.isChanged(this.state.sheet.tests[index], column));
            const sheet = await this.orm.call("qc.inspection", "paper_record_sheet", [[this.id], columns]);
            this.take(sheet);
            this.notification.add(_t("The readings are kept."), { type: "success" });
            await this.props.record.load();
        } finally {
            this.state.busy = false;
        }
    }

    isChanged(test, column) {
        return column.values.some((text, row) => String(text) !== (test.values[row] || ""));
    }
}

registry.category("view_widgets").add("paper_reading_sheet", { component: PaperReadingSheet });
