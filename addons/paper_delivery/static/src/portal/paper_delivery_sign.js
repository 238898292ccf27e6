import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** The field in which a customer writes a signature with finger, pen or mouse. */
export class PaperDeliverySign extends Interaction {
    static selector = ".o_paper_sign_form";
    dynamicContent = {
        ".o_paper_sign_pad": {
            "t-on-pointerdown": this.onDown,
            "t-on-pointermove": this.onMove,
            "t-on-pointerup": this.onUp,
            "t-on-pointercancel": this.onUp,
        },
        ".o_paper_sign_clear": { "t-on-click": this.onClear },
        _root: { "t-on-submit": this.onSubmit },
    };

    setup() {
        this.pad = this.el.querySelector(".o_paper_sign_pad");
        this.input = this.el.querySelector("input[name=signature]");
        this.pad.width = this.pad.clientWidth || this.pad.width;
        this.pad.height = this.pad.clientHeight || this.pad.height;
        this.drawing = false;
        this.drawn = false;
    }

    get pen() {
        const pen = this.pad.getContext("2d");
        pen.lineWidth = 2;
        pen.lineCap = "round";
        pen.strokeStyle = "#112";
        return pen;
    }

    onDown(ev) {
        this.pad.setPointerCapture(ev.pointerId);
        this.drawing = true;
        this.pen.beginPath();
        this.pen.moveTo(ev.offsetX, ev.offsetY);
    }

    onMove(ev) {
        if (this.drawing) {
            this.pen.lineTo(ev.offsetX, ev.offsetY);
            this.pen.stroke();
            this.drawn = true;
        }
    }

    onUp() {
        this.drawing = false;
    }

    onClear() {
        this.pen.clearRect(0, 0, this.pad.width, this.pad.height);
        this.drawn = false;
    }

    onSubmit(ev) {
        if (!this.drawn) {
            ev.preventDefault();
            this.pad.classList.add("border-danger");
            return;
        }
        this.input.value = this.pad.toDataURL("image/png");
    }
}

registry.category("public.interactions").add("paper_delivery.sign", PaperDeliverySign);
