import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { redirect } from "@web/core/utils/urls";
import { Interaction } from "@web/public/interaction";

/** The customer describes a paper; the server says what it weighs and costs while he types. */
export class PaperConfigurator extends Interaction {
    static selector = ".o_paper_configurator";
    dynamicContent = {
        "input, select, textarea": { "t-on-input": this.debounced(this.quote, 300) },
        "[name='format']": { "t-on-change": this.showFormat },
        ".o_paper_product": { "t-on-change": this.openProduct },
        ".o_paper_add": { "t-on-click.prevent": this.locked(this.add, true) },
        _root: { "t-on-keydown": this.onKeydown },
    };

    setup() {
        this.touched = new Set();
        this.turn = 0;
    }

    start() {
        this.showFormat();
        if (this.el.querySelector("[name='quantity']").value) {
            this.quote();
        }
    }

    get inputs() {
        return [...this.el.querySelectorAll("[name]")].filter((el) => !el.closest(".d-none"));
    }

    get told() {
        const radio = this.el.querySelector("[name='format']:checked");
        const texts = this.inputs.filter((el) => el.type !== "radio").map((el) => [el.name, el.value]);
        return { ...Object.fromEntries(texts), format: radio.value };
    }

    get params() {
        return { product_id: parseInt(this.el.dataset.productId), told: this.told };
    }

    /** Another grade is another product: what was told so far goes along to its page. */
    openProduct(ev) {
        const told = Object.entries(this.told).filter(([, value]) => value);
        redirect(`${ev.target.value}?${new URLSearchParams(told)}`);
    }

    showFormat() {
        const format = this.el.querySelector("[name='format']:checked").value;
        for (const el of this.el.querySelectorAll("[data-format]")) {
            el.classList.toggle("d-none", el.dataset.format !== format);
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.target.matches("input")) {
            ev.preventDefault();
            this.el.querySelector(".o_paper_add").click();
        }
    }

    async quote(ev) {
        if (ev?.target?.name) {
            this.touched.add(ev.target.name);
        }
        // The last question asked is the one whose answer is shown.
        const turn = ++this.turn;
        const quote = await this.waitFor(rpc("/shop/paper/quote", this.params, { silent: true }));
        if (turn === this.turn) {
            this.show(quote, (name) => this.touched.has(name));
        }
    }

    async add() {
        // A paper of the cart that is changed is another one in the place of the first.
        const line = this.el.dataset.lineId ? { line_id: parseInt(this.el.dataset.lineId) } : {};
        const quote = await this.waitFor(rpc("/shop/paper/add", { ...this.params, ...line }));
        if (quote.redirect) {
            return redirect(quote.redirect);
        }
        this.turn++;
        this.show(quote, () => true);
    }

    show(quote, isShown) {
        for (const el of this.inputs) {
            const error = isShown(el.name) ? quote.errors[el.name] || "" : "";
            el.classList.toggle("is-invalid", Boolean(error));
            const feedback = this.el.querySelector(`[data-error-of="${el.name}"]`);
            if (feedback) {
                feedback.textContent = error;
            }
        }
        const put = (name, text) => {
            this.el.querySelector(`[data-shown="${name}"]`).textContent = text || "";
        };
        for (const name of ["text", "weight", "equivalents", "price", "amount", "problem"]) {
            put(name, quote[name]);
        }
        this.el.querySelector("[data-shown='problem']").classList.toggle("d-none", !quote.problem);
        this.el.querySelector(".o_paper_quote").classList.toggle("d-none", !quote.weight);
    }
}

registry.category("public.interactions").add("paper_order_intake_website.configurator", PaperConfigurator);
