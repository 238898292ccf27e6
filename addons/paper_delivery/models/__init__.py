# A transfer that is a delivery of paper comes first: the other rooms say what happens to it.
from . import dispatch
from . import notice, load, proof, printing, progress
from . import desk, search
