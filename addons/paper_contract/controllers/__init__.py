from . import portal, portal_question
