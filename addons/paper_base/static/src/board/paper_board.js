import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const { DateTime } = luxon;

/**
 * A board that the server fills: days across, something the mill has below each other. It can be turned to other days and is
 * read again from time to time, for what colleagues move meanwhile, but never under a hand that drags.
 *
 * A board names what else it shows in `asked`, and reads what it draws in `read`.
 */
export class PaperBoard extends Component {
    static components = { Layout };
    static props = { ...standardActionServiceProps };
    /** Milliseconds between two looks; 0: read once. */
    static every = 0;

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.params = this.props.action.params || {};
        this.dragged = null;
        this.state = useState({ board: null, dateFrom: this.params.date_from || false, ...this.asked() });
        onWillStart(() => this.load());
        if (this.constructor.every) {
            const timer = setInterval(() => this.isIdle && this.load(true), this.constructor.every);
            onWillUnmount(() => clearInterval(timer));
        }
    }

    /** What the board asks for beside the first day, as it opens. */
    asked() {
        return {};
    }

    /** Return what the server says; `orm` asks with or without the sign that something loads. */
    read() {
        throw new Error("A board says what it reads.");
    }

    get isIdle() {
        return !this.dragged;
    }

    get board() {
        return this.state.board;
    }

    async load(silently = false) {
        this.state.board = await this.read(silently ? this.orm.silent : this.orm);
    }

    /** Turn to other days; 0: to the first ones again. */
    async turn(days) {
        this.state.dateFrom = days ? DateTime.fromISO(this.board.date_from).plus({ days }).toISODate() : false;
        await this.load();
    }

    /** Show something else of the same days. */
    async ask(asked) {
        Object.assign(this.state, asked);
        await this.load();
    }

    openRecord(model, id) {
        return this.action.doAction({ type: "ir.actions.act_window", res_model: model, res_id: id, views: [[false, "form"]] });
    }
}
