def migrate(cr, version):
    """What was recorded without a limit until now was recorded so by the quality department: it goes on."""
    cr.execute("UPDATE qc_test_question SET paper_free = TRUE WHERE paper_free IS NOT TRUE")
    cr.execute(
        "UPDATE qc_inspection_line SET paper_free = TRUE"
        " WHERE paper_free IS NOT TRUE AND NOT COALESCE(has_minimum, FALSE) AND NOT COALESCE(has_maximum, FALSE)"
    )
    # The people who inspect again and close nonconformities find the causes where they look for them.
    cr.execute(
        "UPDATE mgmtsystem_nonconformity SET cause_occurrence = analysis"
        " WHERE cause_occurrence IS NULL AND analysis IS NOT NULL AND inspection_id IS NOT NULL"
    )
