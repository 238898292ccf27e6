from . import ticket, ticket_list
