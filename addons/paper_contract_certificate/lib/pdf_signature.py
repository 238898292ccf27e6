"""Check the digital signatures in a PDF: integrity, what they cover, the certificate and its chain.

Nothing is fetched: the chain has to end at a certificate that the company trusts, and revocation is judged by what the
file itself brings along. Certificates of algorithms that the library does not know (SM2, for one) cannot be checked.
"""

from dataclasses import dataclass, field
from io import BytesIO

from asn1crypto import pem, x509
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, Reference
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

# Certificates for signatures carry one of the two.
KEY_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
COVERAGE = {
    SignatureCoverageLevel.ENTIRE_FILE: "file",
    SignatureCoverageLevel.ENTIRE_REVISION: "revision",
}
# What signing may change of a PDF's objects; what they show stays.
MAY_CHANGE = {
    "/Catalog": {"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/MarkInfo", "/Version", "/Perms"},
    "/Page": {"/Annots"},
}


@dataclass
class Signature:
    """One digital signature in a PDF, and the faults found in it, as codes."""

    field_name: str
    signer: str
    issuer: str = ""
    serial: str = ""
    chain: list = field(default_factory=list)
    valid_from: object = None
    valid_to: object = None
    signed_on: object = None
    algorithm: str = ""
    coverage: str = "part"
    faults: list = field(default_factory=list)


@dataclass
class Result:
    """What a PDF says about itself: its signatures in their order, and what is wrong with the file as a whole."""

    signatures: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    @property
    def all_faults(self):
        return [*self.faults, *(fault for signature in self.signatures for fault in signature.faults)]


def read_certificates(raw):
    """Return the certificates in ``raw``, PEM or DER.

    :raises ValueError: if there is none that can be read

    >>> read_certificates(b"no certificate")
    Traceback (most recent call last):
        ...
    ValueError: ...
    """
    parts = [raw]
    if pem.detect(raw):
        parts = [content for name, _headers, content in pem.unarmor(raw, multiple=True) if name == "CERTIFICATE"]
    certificates = [x509.Certificate.load(part, strict=True) for part in parts]
    for certificate in certificates:
        # Parsing is lazy: what is no certificate shows only when it is read.
        _read = certificate.subject.human_friendly, certificate.issuer.human_friendly, certificate.not_valid_after
    if not certificates:
        raise ValueError("no certificate")
    return certificates


def check(raw, original, roots):
    """Check that ``raw`` is ``original``, signed and otherwise unchanged, with certificates of ``roots``.

    :param raw: bytes of the signed PDF
    :param original: bytes of the PDF that had to be signed
    :param roots: trusted ``asn1crypto`` certificates
    :return: :class:`Result`; its ``all_faults`` is empty if every signature can be relied on
    """
    result = Result()
    if not raw.startswith(original):
        result.faults.append("other_document")
    if not roots:
        result.faults.append("no_roots")
    try:
        reader = PdfFileReader(BytesIO(raw), strict=False)
        embedded = list(reader.embedded_regular_signatures)
        before = PdfFileReader(BytesIO(original), strict=False)
    except Exception:  # a file from outside: whatever is wrong with it, it cannot be read
        result.faults.append("unreadable")
        return result
    if not embedded:
        result.faults.append("unsigned")
        return result
    if "other_document" not in result.faults:
        try:
            unchanged = _is_original(before, reader)
        except Exception:  # see above
            unchanged = False
        result.faults += [] if unchanged else ["changed"]
    result.signatures = [_signature(item, roots) for item in embedded]
    if result.signatures[-1].coverage != "file":
        result.signatures[-1].faults.append("not_whole")
    return result


def _is_original(old, new):
    """Say whether ``new`` shows what ``old`` shows: of old's objects, only those that signing touches have changed.

    The catalogue may get a form, a page may get the fields of signatures, and the file's own information may
    change; every other object has to stay. pyHanko's own rules compare signed revisions with each other; here the
    first one is the unsigned contract.
    """
    if old.root_ref.idnum != new.root_ref.idnum or not _only_signatures(new):
        return False
    info = old.trailer_view.raw_get("/Info").reference.idnum if "/Info" in old.trailer_view else None
    lists = {}
    for ref in {ref for number in range(old.xrefs.total_revisions) for ref in old.xrefs.explicit_refs_in_revision(number)}:
        before, after = old.get_object(ref), new.get_object(Reference(ref.idnum, ref.generation, new))
        if _written(before) == _written(after) or ref.idnum == info or getattr(before, "type", "") == "/XRef":
            continue
        if not isinstance(before, DictionaryObject) or not isinstance(after, DictionaryObject):
            lists[ref.idnum] = before, after
            continue
        free = MAY_CHANGE.get(before.get("/Type"), ())
        if any(_raw(before, key) != _raw(after, key) for key in {*before, *after} - {*free}):
            return False
        if any(_kind(note) != "/Sig" for note in _new_notes(before, after)):
            return False
    return all(_is_longer(*both) for both in lists.values())


def _only_signatures(reader):
    """Say whether the form holds nothing but signatures, and no other program of a form."""
    form = reader.root["/AcroForm"]
    return "/XFA" not in form and all(_kind(field) == "/Sig" for field in form["/Fields"])


def _kind(field):
    return field.get_object().get("/FT")


def _new_notes(before, after):
    """Return what stands on the page ``after`` and not on the page ``before``, beside the content."""
    known = {_written(item) for item in (before["/Annots"] if "/Annots" in before else ())}
    return [item for item in (after["/Annots"] if "/Annots" in after else ()) if _written(item) not in known]


def _is_longer(before, after):
    """Say whether a list of a page's notes only got longer, by signatures."""
    if not isinstance(before, ArrayObject) or not isinstance(after, ArrayObject):
        return False
    same = [_written(item) for item in before] == [_written(item) for item in after][: len(before)]
    return same and all(_kind(item) == "/Sig" for item in after[len(before) :])


def _raw(dictionary, key):
    return _written(dictionary.raw_get(key)) if key in dictionary else None


def _written(item):
    buffer = BytesIO()
    item.write_to_stream(buffer, None)
    return buffer.getvalue()


def _signature(embedded, roots):
    certificate = embedded.signer_cert
    found = Signature(embedded.field_name, signer=certificate.subject.human_friendly)
    found.issuer = certificate.issuer.human_friendly
    found.serial = format(certificate.serial_number, "X")
    found.valid_from, found.valid_to = certificate.not_valid_before, certificate.not_valid_after
    found.signed_on = embedded.self_reported_timestamp
    if certificate.self_signed != "no":
        found.faults.append("self_signed")
    context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
    try:
        status = validate_pdf_signature(embedded, context, key_usage_settings=KEY_USAGE)
    except Exception:  # see check
        found.faults.append("unreadable")
        return found
    found.algorithm = f"{status.pkcs7_signature_mechanism} / {status.md_algorithm}"
    found.coverage = COVERAGE.get(status.coverage, "part")
    if status.validation_path:
        found.chain = [item.subject.human_friendly for item in status.validation_path.iter_certs(include_root=True)]
    if not status.intact or not status.valid:
        found.faults.append("broken")
    if not status.trusted:
        found.faults.append("untrusted")
    if found.coverage == "part" or status.docmdp_ok is False:
        found.faults.append("changed_later")
    return found
