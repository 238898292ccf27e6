from . import mail_activity, res_company, res_users
