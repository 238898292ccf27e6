/** What the operator's page is built of: elements, buttons, small forms. */
window.PaperParts = (() => {
    function element(tag, className, text, ...children) {
        const made = document.createElement(tag);
        made.className = className || "";
        made.textContent = text || "";
        made.append(...children);
        return made;
    }

    function button(text, act, className) {
        const made = element("button", className, text);
        made.type = "button";
        made.addEventListener("click", act);
        return made;
    }

    function field(placeholder, options = {}) {
        const made = element("input", options.number ? "number" : "");
        made.placeholder = placeholder;
        made.setAttribute("aria-label", placeholder);
        made.autocomplete = "off";
        made.inputMode = options.number ? "decimal" : "text";
        made.type = options.secret ? "password" : "text";
        made.name = options.name || "";
        made.value = options.value ?? "";
        made.maxLength = options.most || 200;
        return made;
    }

    function choice(options, name) {
        const made = element("select");
        made.name = name || "";
        made.append(...options.map(({ key, name: text }) => Object.assign(element("option", "", text), { value: key })));
        return made;
    }

    /** A form that a scanner or the enter key sends; what is typed in it is not drawn over. */
    function form(children, act, className) {
        const made = element("form", className || "row", "", ...children);
        made.addEventListener("input", () => (made.dataset.touched = "1"));
        made.addEventListener("submit", (ev) => {
            ev.preventDefault();
            if (act() !== false) {
                delete made.dataset.touched;
            }
        });
        return made;
    }

    function submit(text, className) {
        const made = element("button", className || "primary", text);
        made.type = "submit";
        return made;
    }

    /** What somebody typed as a number; NaN where it is none. */
    function figure(text) {
        const clean = String(text).trim().replace(/[,，]/g, ".");
        return clean === "" ? NaN : Number(clean);
    }

    return { element, button, field, choice, form, submit, figure };
})();
