# A transfer that is a delivery of paper comes first: the other rooms say what happens to it.
from . import dispatch
from . import notice, ahead, load, proof, correction, settlement, printing, progress
from . import trip, phone
from . import otif, archive, board
from . import desk, search
