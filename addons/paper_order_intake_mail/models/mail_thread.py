import hashlib
import logging
import xmlrpc.client

from odoo import api, models
from odoo.addons.paper_order_intake.lib.room import make_room
from odoo.exceptions import ConcurrencyError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..lib.charset import readable
from ..lib.order_mail import source_reference

_logger = logging.getLogger(__name__)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(
        self, model, message, custom_values=None, save_original=False, strip_attachments=False, thread_id=None
    ):
        """Hand the source of each mail on, as it came, to where orders are read from it."""
        source = message.data if isinstance(message, xmlrpc.client.Binary) else message
        if not isinstance(source, (str, bytes)):
            raise TypeError("a mail is a text or bytes")  # bytes() of a number takes as much memory
        source = source.encode() if isinstance(source, str) else source
        make_room(len(source))
        self._hold_mail(source)
        channels = self.env["paper.intake.channel"]
        kept = channels._keep_large_mail(source) or channels._keep_used_id(source)
        if kept:
            return kept[:1].id
        gateway = self.with_context(paper_mail_source=source)
        try:
            with self.env.cr.savepoint():
                return super(MailThread, gateway).message_process(
                    model,
                    readable(source),
                    custom_values=custom_values,
                    save_original=save_original,
                    strip_attachments=strip_attachments,
                    thread_id=thread_id,
                )
        except (ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
            raise
        except Exception:
            # Odoo cannot take in a mail whose character set does not exist, to name one. What came to a channel's
            # address is kept all the same (R3.1.2): the sender would hear nothing, and the gateway ask for ever.
            if not self.env["paper.intake.channel"]._keep_damaged_mail(source):
                raise
            _logger.info("A damaged mail was kept as it came", exc_info=True)
            return False

    def _hold_mail(self, source):
        """Keep a second delivery of the same mail away while the first one is being taken in (R3.1.2).

        The gateway recognises a mail that it has by its Message-Id, not one that another worker takes in at this
        moment; to find that out while it is stored would send the customer a bounce.

        :raises ConcurrencyError: another worker has it; the request is to be run again
        """
        number = int.from_bytes(hashlib.sha256(source).digest()[:8], "big", signed=True)
        [(held,)] = self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s)", number))
        if not held:
            raise ConcurrencyError(self.env._("The same mail is being taken in at this moment."))
        if not self.env["paper.intake.message"]._commits():
            return
        # What was committed after this transaction began is seen by a new one only.
        reference = source_reference(source)
        known = SQL("SELECT 1 FROM paper_intake_message WHERE mail_hash = %s LIMIT 1", reference)
        if self.env.execute_query(known):
            return
        with self.env.registry.cursor() as cursor:
            cursor.execute(known)
            if cursor.fetchone():
                raise ConcurrencyError(self.env._("The same mail is being taken in at this moment."))
