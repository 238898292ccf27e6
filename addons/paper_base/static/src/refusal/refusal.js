import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { standardErrorDialogProps } from "@web/core/errors/error_dialogs";
import { UncaughtPromiseError } from "@web/core/errors/error_service";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** The name under which the server sends every refusal, see exceptions.py. */
export const REFUSAL = "paper_base.refusal";

/**
 * Says what the mill's rules refuse, and leads to what puts it right.
 *
 * The server hands over a title and, for each thing that stands in the way, a sentence and the action that leads to
 * its way out. A refusal without them is its sentence alone.
 */
export class PaperRefusalDialog extends Component {
    static template = "paper_base.RefusalDialog";
    static components = { Dialog };
    static props = { ...standardErrorDialogProps };

    setup() {
        const { data, message } = this.props;
        const { title, items } = data?.context?.refusal || {};
        this.message = data?.arguments?.[0] || data?.message || message;
        this.title = title ? title.replace(/[:：]$/, "") : _t("This is not possible");
        // The sentence of a single way out is the message itself: it is said once, with the button below.
        this.single = !title && items?.length === 1 ? items[0] : null;
        this.groups = title ? this.group(items) : [];
    }

    /** The sentences, under the record that they are about where there are several. */
    group(items) {
        const groups = new Map();
        for (const item of items) {
            groups.set(item.heading, [...(groups.get(item.heading) || []), item]);
        }
        return [...groups.entries()].map(([heading, found]) => ({ heading: groups.size > 1 ? heading : "", items: found }));
    }

    /** The button of a single way out says where it leads; several stand beside their sentences, which say it. */
    label(item) {
        return item.label || item.action.name || this.resolveLabel;
    }

    get resolveLabel() {
        return _t("Resolve");
    }

    async resolve(item) {
        this.props.close();
        // Unsaved changes that cannot be saved are asked about by the form itself.
        await this.env.services.action.doAction(item.action);
    }
}

registry.category("error_dialogs").add(REFUSAL, PaperRefusalDialog);

// Odoo's own refusal of two people at once is a sentence nobody can act on, and no dialog knows its class.
registry.category("error_notifications").add("odoo.exceptions.LockError", {
    title: _t("Somebody else is working on this"),
    message: _t("Please wait a few seconds and try again. Nothing was lost."),
    type: "warning",
});

/**
 * A visitor or a customer is told a refusal, too: Odoo keeps every error from people who are no employees.
 */
export function refusalHandler(env, error, originalError) {
    const refused = originalError instanceof RPCError && originalError.data?.context?.exception_class === REFUSAL;
    if (!refused || !(error instanceof UncaughtPromiseError)) {
        return false;
    }
    error.unhandledRejectionEvent.preventDefault();
    env.services.dialog.add(PaperRefusalDialog, { message: originalError.message, data: originalError.data });
    return true;
}

registry.category("error_handlers").add("paperRefusalHandler", refusalHandler, { sequence: -1 });
