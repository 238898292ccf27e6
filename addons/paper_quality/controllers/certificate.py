from odoo import http
from odoo.http import request


class CertificateController(http.Controller):
    """The public page of a certificate of analysis: whether it is valid, and no more."""

    @http.route("/paper/certificate/<string:token>", type="http", auth="public", website=True, sitemap=False)
    def paper_certificate(self, token, **_ignored):
        """Say whether the certificate of a token is valid, revoked, or unknown."""
        certificate, alive = request.env["paper.certificate"]._link_find("verify", token)
        known = bool(certificate and alive)
        state = certificate.state if known and certificate._is_intact() else "unknown"
        values = {"state": state, "number": certificate.name if state != "unknown" else ""}
        response = request.render("paper_quality.certificate_page", values)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
