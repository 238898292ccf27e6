"""Who is told what, who stands in for whom, and what a department that only reads orders may do."""

from . import mail_activity, paper_delegation, res_company, res_users
