import { onMounted, onWillUnmount } from "@odoo/owl";

/**
 * Calls `reload` again and again while the view is shown and the window is looked at.
 *
 * @param {number} every milliseconds
 * @param {() => Promise<void>} reload
 */
export function useReload(every, reload) {
    let timer;
    onMounted(() => {
        timer = setInterval(() => document.visibilityState === "visible" && reload(), every);
    });
    onWillUnmount(() => clearInterval(timer));
}
