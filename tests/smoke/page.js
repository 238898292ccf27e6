// Runs inside the web client: opens menus, records, tabs and stat buttons as a person does, and tells what is on the screen.
// It waits for the client itself: no call on its way to the server, nothing left to render.
(() => {
    if (window.millSmoke) {
        return;
    }
    const modules = odoo.loader.modules;
    const { rpcBus } = modules.get("@web/core/network/rpc");
    const { browser } = modules.get("@web/core/browser/browser");
    const { App } = modules.get("@odoo/owl");
    const { services } = odoo.__WOWL_DEBUG__.root.env;
    const PATIENCE = 45000;
    const underway = new Map();
    let faults = [];
    let addresses = [];

    const url = (detail) => `${detail.data.params?.model || detail.url || ""}.${detail.data.params?.method || ""}`;
    rpcBus.addEventListener("RPC:REQUEST", ({ detail }) => underway.set(detail.data.id, detail.url));
    rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => {
        underway.delete(detail.data.id);
        const error = detail.error;
        // A rule that refuses is told as a sentence, see tests/demo/test_refusals.py: nothing crashed.
        if (error && error.exceptionName && error.data?.context?.exception_class !== "paper_base.refusal") {
            const right = /Access(Error|Denied)$/.test(error.exceptionName);
            const frames = (error.data?.debug || "").split("\n").filter((line) => line.includes('File "'));
            const said = `${error.exceptionName}: ${error.data?.message || error.message}`;
            faults.push([right ? "right" : "crash", said, `${url(detail)} ${frames.slice(-6).map((f) => f.trim()).join(" < ")}`]);
        }
    });
    // What would leave the client is noted and not done.
    browser.open = (url) => (addresses.push(String(url)), { closed: false, focus() {} });
    const leave = (url) => addresses.push(String(url));
    // A stand-in, since the real one allows no other functions in their places.
    const place = new Proxy(
        {},
        {
            get(_target, name) {
                if (["assign", "replace", "reload"].includes(name)) {
                    return leave;
                }
                const value = window.location[name];
                return typeof value === "function" ? value.bind(window.location) : value;
            },
            set: (_target, _name, address) => (leave(address), true),
        }
    );
    Object.defineProperty(browser, "location", {
        configurable: true,
        set: leave,
        get: () => place,
    });

    const rendering = () => [...App.apps].some((app) => app.scheduler.tasks.size);
    const breath = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

    async function quiet() {
        const end = performance.now() + PATIENCE;
        for (let calm = 0; calm < 2; ) {
            if (performance.now() > end) {
                faults.push(["stuck", `still busy after ${PATIENCE / 1000} s: ${[...underway.values()].join(", ") || "rendering"}`]);
                underway.clear();
                return;
            }
            await breath();
            calm = underway.size || rendering() ? 0 : calm + 1;
        }
    }

    // A promise that may never end: what it waits for may have crashed.
    async function tried(promise) {
        const never = new Promise((resolve) => setTimeout(resolve, PATIENCE));
        try {
            await Promise.race([promise, never]);
        } catch (error) {
            if (!error?.exceptionName) {
                faults.push(["crash", `${error?.name || "Error"}: ${error?.cause?.message || error?.message || error}`]);
            }
        }
        await quiet();
    }

    const seen = (element) => element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true });
    const all = (selector, within = document) => [...within.querySelectorAll(selector)].filter(seen);

    // Words of the interface: [selector, what it is]. Cells, names and everything that a person typed are left out.
    const WORDS = [
        [".o_main_navbar .o_menu_brand, .o_main_navbar .o_menu_sections > *, .o_menu_sections .dropdown-item", "menu"],
        [".o_form_label, .o_form_view label:not(:has(input))", "label"],
        [".o_list_table thead th .o_column_title, .o_list_table thead th > div > span", "column"],
        [".o_control_panel button, .o_statusbar_buttons button, .o_list_buttons button, .modal-footer button", "button"],
        [".o_form_view button:not(.oe_stat_button):not(.o_field_widget *):not(.o_tag *)", "button"],
        [".o_stat_text", "stat button"],
        [".o_notebook_headers .nav-link", "tab"],
        [".o_statusbar_status .o_arrow_button", "status"],
        [".o_horizontal_separator, .o_group .o_td_label", "heading"],
        [".o_view_nocontent", "empty screen"],
        [".modal-title", "dialog"],
        [".modal .o_error_dialog, .modal .o_dialog_error", "error"],
        [".o_notification .o_notification_content, .o_notification_title", "toast"],
        [".o_searchview_facet .o_facet_values", "filter"],
        [".o_radio_item label", "choice"],
        [".o_form_view .alert", "alert"],
        [".o-mail-Chatter-topbar button", "chatter"],
        [".o_field_x2many_list_row_add a", "link"],
        [".o_group_config_menu, .o_kanban_quick_create", "kanban"],
    ];
    const own = (element) => {
        const copy = element.cloneNode(true);
        copy.querySelectorAll("input, textarea, .o_field_widget, .o_stat_value, .o_facet_value, kbd, sup, i.fa, script, style").forEach((n) => n.remove());
        return copy.textContent.replace(/\s+/g, " ").trim();
    };

    // Names of taxes in the totals of an order are data, and so are the examples behind the help of an empty screen.
    const DATA = ".o_view_sample_data, .oe_subtotal_footer, .o_field_account-tax-totals-field";

    function words() {
        const found = new Map();
        const add = (kind, text) => text && /[A-Za-z]{2}/.test(text) && found.set(`${kind}\0${text}`, [kind, text]);
        for (const [selector, kind] of WORDS) {
            for (const element of all(selector).filter((found) => !found.closest(DATA))) {
                add(kind, own(element));
            }
        }
        for (const element of all("[placeholder]")) {
            add("placeholder", element.getAttribute("placeholder"));
        }
        for (const element of all("button[title], button[data-tooltip], .o_cp_switch_buttons [data-tooltip], th[data-tooltip]")) {
            element.closest(DATA) || add("tooltip", element.getAttribute("title") || element.getAttribute("data-tooltip"));
        }
        return [...found.values()];
    }

    function look() {
        for (const dialog of all(".modal")) {
            const crashed = dialog.querySelector(".o_error_dialog:not(.o_paper_refusal), .o_error_detail");
            if (crashed || /哎呀|Oops/.test(dialog.textContent)) {
                faults.push(["crash", dialog.textContent.replace(/\s+/g, " ").trim().slice(0, 300)]);
            }
        }
        for (const toast of all(".o_notification:not([hidden]):has(.bg-danger)")) {
            faults.push(["crash", toast.textContent.trim().slice(0, 300)]);
        }
        const told = { faults, words: words(), addresses, view: services.action.currentController?.view?.type || "" };
        told.dialog = all(".modal").length;
        told.title = all(".o_breadcrumb .active, .o_last_breadcrumb_item")[0]?.textContent.trim() || "";
        faults = [];
        addresses = [];
        return told;
    }

    async function tidy() {
        services.dialog.closeAll();
        all(".o_notification_close").forEach((button) => button.click());
        document.querySelectorAll(".o_notification").forEach((toast) => (toast.hidden = true));
        await quiet();
    }

    async function openMenu(id) {
        await tidy();
        faults = [];
        addresses = [];
        await tried(services.menu.selectMenu(id));
        return look();
    }

    async function switchView(type) {
        await tidy();
        await tried(services.action.switchView(type));
        return look();
    }

    // The views that the action has beside the one that is shown, and the form.
    const otherViews = () => (services.action.currentController?.views || []).map((view) => view.type);

    async function openFirst() {
        // Examples that an empty screen shows behind its help cannot be clicked.
        if (all(".o_view_sample_data").length) {
            return null;
        }
        const before = services.action.currentController?.jsId;
        for (let depth = 0; depth < 4 && !all(".o_data_row").length; depth++) {
            const closed = all(".o_group_header:not(.o_group_open)")[0];
            if (!closed) {
                break;
            }
            closed.querySelector(".o_group_name, th").click();
            await quiet();
        }
        const target =
            all(".o_data_row .o_data_cell:not(.o_list_button):not(.o_handle_cell):not(.o_boolean_toggle_cell)")[0] ||
            all(".o_kanban_record:not(.o_kanban_ghost)")[0];
        if (!target) {
            return null;
        }
        target.click();
        await quiet();
        const told = look();
        told.opened = services.action.currentController?.jsId !== before || told.dialog > 0;
        return told;
    }

    async function openTabs(most = 30) {
        const tabs = [];
        const done = new Set();
        for (let n = 0; n < most; n++) {
            const next = all(".o_notebook_headers .nav-link").find((tab) => !done.has(tab.getAttribute("name") + tab.textContent));
            if (!next) {
                break;
            }
            done.add(next.getAttribute("name") + next.textContent);
            const label = next.textContent.trim();
            next.click();
            await quiet();
            tabs.push({ label, ...look() });
        }
        return tabs;
    }

    async function statButtons() {
        all(".o-form-buttonbox .o_button_more").forEach((more) => more.click());
        await quiet();
        return all(".oe_stat_button").filter((button) => !button.disabled && button.matches("button, a"));
    }

    async function countStats() {
        return (await statButtons()).map((button) => button.getAttribute("name") || "");
    }

    // The way back to the form is left out where nothing more is pressed on it.
    async function openStat(index, last) {
        const home = services.action.currentController.jsId;
        const button = (await statButtons())[index];
        if (!button) {
            return null;
        }
        const label = own(button) || button.textContent.trim();
        button.click();
        await quiet();
        const told = { label, ...look() };
        await tidy();
        if (!last && services.action.currentController?.jsId !== home) {
            await tried(services.action.restore(home));
            told.faults.push(...look().faults);
        }
        return told;
    }

    window.millSmoke = { openMenu, switchView, otherViews, openFirst, openTabs, countStats, openStat, quiet, look, tidy };
})();
