import { onWillUnmount, status, useComponent, useEffect } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/**
 * Keeps the status of an open order live: when another department moves the order on, the form reads it again by
 * itself. What the user has not saved yet is not touched; he is told instead.
 *
 * @param {() => object} getRecord returns the record of the form
 */
export function usePaperStatus(getRecord) {
    const bus = useService("bus_service");
    const notification = useService("notification");
    const component = useComponent();
    const isGone = () => status(component) === "destroyed";
    let closeNotice = () => {};

    async function onStatus({ id }) {
        const record = getRecord();
        if (record.resId !== id) {
            return;
        }
        closeNotice();
        if (await record.isDirty()) {
            closeNotice = notification.add(_t("The status of this order has changed. Save or discard to see it."), {
                type: "warning",
                sticky: true,
            });
            return;
        }
        if (isGone()) {
            return;
        }
        try {
            await record.load();
        } catch (error) {
            // The user went on to another page while the form waited for its turn to read.
            if (!isGone()) {
                throw error;
            }
        }
    }

    bus.subscribe("paper_order_status", onStatus);
    onWillUnmount(() => bus.unsubscribe("paper_order_status", onStatus));
    useEffect(
        (resId) => {
            if (!resId) {
                return;
            }
            const channel = `paper_order_${resId}`;
            bus.addChannel(channel);
            return () => bus.deleteChannel(channel);
        },
        () => [getRecord().resId]
    );
}
