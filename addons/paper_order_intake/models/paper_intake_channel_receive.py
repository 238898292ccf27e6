import hashlib

from odoo import models
from odoo.exceptions import ConcurrencyError, ValidationError
from psycopg2.errors import UniqueViolation

from ..lib.arrival_text import as_text, normal_ref, storable
from .paper_intake_message import QUIET

DEFAULT_MIMETYPE = "application/octet-stream"


class PaperIntakeChannel(models.Model):
    _inherit = "paper.intake.channel"

    def _receive(self, arrivals):
        """Take arrivals in by the one door that all channels share (R3.1.1, R3.1.2).

        They are stored as they came and **committed**, together with whatever the caller's transaction holds
        so far; only then they are read, in another transaction. Call it at the beginning of a request or a job,
        never inside a savepoint. A crash at any point leaves them waiting for :meth:`_cron_read`; the same
        reference again stores nothing and returns the arrival that is there.

        :param arrivals: list of dicts with

            - ``external_ref`` (str, required): identifies the arrival within the channel
            - ``payload`` (bytes), ``file_name``, ``mimetype``: the file as it came
            - ``raw`` (str): the words as they came; of a text payload it is its text if it is left out
            - ``form``: ``figures`` (``values`` say all, the default without payload), ``file`` (an order book, the
              default with a payload), or a form that another part reads
            - ``values``: dict of further fields of the arrival, as its figures
        :return: the arrivals (``paper.intake.message``), in the order of ``arrivals``
        :raises ConcurrencyError: somebody stores the same at this moment; the request is to be run again
        """
        self.ensure_one()
        messages = self._store_arrivals(arrivals)
        messages._commit_step()
        messages._read_now()
        return messages

    def _store_arrivals(self, arrivals):
        """Store arrivals as they came, in the caller's transaction, to be read later; see :meth:`_receive`.

        For those whose transaction is not ours to commit, as the mail gateway's; ``_read_soon()`` of the arrivals
        then tells the job that reads them.
        """
        self.ensure_one()
        wanted = {}
        for arrival in arrivals:
            ref = normal_ref(arrival["external_ref"])
            if not ref:
                raise ValidationError(self.env._("An arrival needs a reference."))
            wanted.setdefault(ref, arrival)
        # sudo: what arrives comes from outside, no user may have the right to the channel's arrivals
        messages = self.env["paper.intake.message"].sudo().with_context(**QUIET, active_test=False)
        known = messages._known_refs(self, wanted)
        fresh = {ref: arrival for ref, arrival in wanted.items() if ref not in known}
        try:
            with self.env.cr.savepoint():
                created = messages._by_step().create(self._prepare_arrivals(fresh))
                created._keep_payload_rights()
        except UniqueViolation as error:
            raise ConcurrencyError(self.env._("The same arrival is being stored at this moment.")) from error
        known.update({message.external_ref: message.id for message in created})
        ids = [known[normal_ref(arrival["external_ref"])] for arrival in arrivals]
        return self.env["paper.intake.message"].browse(list(dict.fromkeys(ids)))

    def _prepare_arrivals(self, arrivals):
        """Return the values of new arrivals; equal payloads of one call are kept once.

        :param arrivals: ``{external_ref: arrival}``
        """
        payloads = self._keep_payloads([arrival for arrival in arrivals.values() if arrival.get("payload")])
        handlers = self._next_handlers(len(arrivals))
        return [
            {**self._prepare_arrival(arrival, payloads), "external_ref": ref, "handler_id": handler.id}
            | {name: value for name, value in (arrival.get("values") or {}).items() if name == "handler_id" and value}
            for (ref, arrival), handler in zip(arrivals.items(), handlers, strict=True)
        ]

    def _prepare_arrival(self, arrival, payloads):
        payload, raw = arrival.get("payload") or b"", arrival.get("raw")
        evidence = raw.encode("utf-8", "surrogatepass") if raw is not None else payload
        return {
            "pending": True,
            **(arrival.get("values") or {}),
            "channel_id": self.id,
            "raw": storable(raw) if raw is not None else as_text(payload),
            "payload_id": payloads.get(payload),
            "payload_hash": hashlib.sha256(evidence).hexdigest(),
            "form": arrival.get("form") or ("file" if payload else "figures"),
        }

    def _keep_payloads(self, arrivals):
        """Keep the files as they came.

        :return: ``{payload: id of its attachment}``
        """
        files = {arrival["payload"]: arrival for arrival in arrivals}
        # sudo: the files belong to the arrivals, whoever brings them
        attachments = self.env["ir.attachment"].sudo().create(
            [
                {
                    "name": storable(arrival.get("file_name") or self.env._("arrival"), 200),
                    "raw": payload,
                    "mimetype": self._safe_mimetype(arrival.get("mimetype")),
                    "res_model": "paper.intake.message",
                    "description": f"SHA-256 {hashlib.sha256(payload).hexdigest()}",
                }
                for payload, arrival in files.items()
            ]
        )
        return dict(zip(files, attachments.ids, strict=True))

    def _safe_mimetype(self, mimetype):
        """Return the type that a file from outside is kept as: never one that a browser would run."""
        mimetype = (mimetype or DEFAULT_MIMETYPE).split(";")[0].strip().lower()
        return "text/plain" if any(part in mimetype for part in ("ht", "xml", "svg", "script")) else mimetype[:100]
