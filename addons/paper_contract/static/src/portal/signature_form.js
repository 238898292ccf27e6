import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";
import { redirect } from "@web/core/utils/urls";
import { SignatureForm } from "@portal/signature_form/signature_form";

const DRAWINGS = { auto: "typed", draw: "drawn", load: "loaded" };

/** The signature under a contract: beside name and image it tells the signer's title and how the image was made. */
export class ContractSignatureForm extends SignatureForm {
    static template = "paper_contract.SignatureForm";

    setup() {
        super.setup();
        this.state.title = "";
        this.drawing = "auto";
        this.nameAndSignatureProps.onSignatureChange = (mode) => (this.drawing = mode);
    }

    async onClickSubmit() {
        if (this.state.sending) {
            return;
        }
        this.state.sending = true;
        const data = await rpc(this.props.callUrl, {
            name: this.signature.name,
            title: this.state.title,
            drawing: DRAWINGS[this.drawing],
            signature: this.signature.getSignatureImage().split(",")[1],
        }).finally(() => (this.state.sending = false));
        if (data.redirect_url) {
            redirect(data.redirect_url);
            return;
        }
        this.state.error = data.error || false;
    }
}

registry.category("public_components").add("paper_contract.signature_form", ContractSignatureForm);
