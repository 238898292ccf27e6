from . import portal, portal_mails, portal_repeat, rpc
