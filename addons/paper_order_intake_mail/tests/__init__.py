from . import (
    test_given_mails,
    test_mail,
    test_mail_files,
    test_mail_reopened,
    test_mail_steps,
    test_morning_tour,
    test_purchase_order_by_mail,
    test_two_mails_at_a_time,
)
from .follow import test_later_mail
