from . import mail_activity, paper_delegation, res_company, res_users
