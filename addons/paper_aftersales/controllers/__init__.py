from . import settlement, ticket, ticket_list, visit
