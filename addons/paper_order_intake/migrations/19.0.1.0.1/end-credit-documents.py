"""The evidence of a credit review was three lists of files; each file is a document with a validity now."""

import logging

_logger = logging.getLogger(__name__)
KINDS = ("licence", "statement", "history")


def migrate(cr, version):
    for kind in KINDS:
        table = f"paper_credit_review_{kind}_rel"
        cr.execute("SELECT 1 FROM pg_tables WHERE tablename = %s", [table])
        if not cr.fetchone():
            continue
        cr.execute(
            f"""SELECT review.id, review.partner_id, review.company_id, file.id, file.name, file.create_uid, file.create_date
                  FROM {table} link
                  JOIN paper_credit_review review ON review.id = link.paper_credit_review_id
                  JOIN ir_attachment file ON file.id = link.ir_attachment_id"""
        )
        for review, partner, company, file, name, uid, day in cr.fetchall():
            cr.execute(
                """INSERT INTO paper_credit_document
                       (kind, name, file_name, review_id, partner_id, company_id, create_uid, create_date, write_uid, write_date)
                   VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id""",
                [kind, name, name, review, partner, company, uid, day, uid, day],
            )
            document = cr.fetchone()[0]
            # The stored file is the document's own from now on, byte by byte.
            cr.execute(
                """INSERT INTO ir_attachment (name, type, res_model, res_field, res_id, company_id, store_fname, db_datas,
                                              checksum, mimetype, file_size, index_content, create_uid, create_date)
                   SELECT name, type, 'paper.credit.document', 'file', %s, company_id, store_fname, db_datas,
                          checksum, mimetype, file_size, index_content, create_uid, create_date
                     FROM ir_attachment WHERE id = %s""",
                [document, file],
            )
        _logger.info("Credit reviews: the files of %s are documents now", table)
