"""Certificates and signed PDFs as a certification authority would make them, for tests."""

import datetime
from io import BytesIO

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas


def make_pdf(text="contract"):
    """Return a PDF of one page."""
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(100, 700, text)
    canvas.save()
    return buffer.getvalue()


class Holder:
    """A key with its certificate, issued by another holder or by itself."""

    def __init__(self, name, issuer=None, authority=False, days=300):
        self.issuer = issuer
        self.key = rsa.generate_private_key(65537, 2048)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = datetime.datetime.now(datetime.UTC)
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.certificate.subject if issuer else subject)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=400))
            .not_valid_after(now + datetime.timedelta(days=days))
            .add_extension(x509.BasicConstraints(authority, None), True)
            .add_extension(
                x509.KeyUsage(True, True, False, False, False, authority, authority, False, False), True
            )
            .sign((issuer or self).key, hashes.SHA256())
        )

    @property
    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def asn1(self):
        return asn1_x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))

    def sign(self, pdf, name="Signature1"):
        """Return ``pdf`` with this holder's digital signature."""
        store = SimpleCertificateStore()
        if self.issuer:
            store.register(self.issuer.asn1)
        private = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        signer = signers.SimpleSigner(
            signing_cert=self.asn1, signing_key=keys.PrivateKeyInfo.load(private), cert_registry=store
        )
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        return signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=name), signer=signer).getvalue()


def append_text(pdf, text="another price"):
    """Return ``pdf`` with other content on its first page, as a later revision of the file."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    page = writer.root["/Pages"]["/Kids"][0]
    content = generic.StreamObject(stream_data=f"BT /F1 12 Tf 10 10 Td ({text}) Tj ET".encode())
    page["/Contents"] = writer.add_object(content)
    writer.update_container(page)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
