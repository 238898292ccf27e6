"""What of a delivery is billed, in kg: by the weight that the contract names, what was accepted alone, to the gram."""

BASES = ("net", "gross", "nominal", "air_dry")


def accepted_kg(shipped, received, refused=0.0, allowance=0.0):
    """Return the weight that the customer accepted, in kg.

    :param shipped: kg that left
    :param received: kg that the customer weighed or counted
    :param refused: kg of them that were not accepted
    :param allowance: percent by which two scales may differ; within it the weight that left counts

    >>> accepted_kg(4000, 3900.5)
    3900.5
    >>> accepted_kg(4000, 3990, allowance=0.3)
    4000.0
    >>> accepted_kg(4000, 3990, refused=800, allowance=0.3)
    3200
    >>> accepted_kg(4000, 4000, refused=5000)
    0.0
    """
    within = abs(received - shipped) <= shipped * allowance / 100 + 1e-9
    return max((shipped if within else received) - refused, 0.0)


def billed_kg(basis, shipped, accepted, gross=0.0, nominal=0.0, moisture=0.0, agreed_moisture=0.0):
    """Return the weight that is billed for what was accepted, in kg to the gram.

    :param basis: ``net``: as weighed without core and wrapping; ``gross``: as weighed with them (gross for net);
        ``nominal``: basis weight × area; ``air_dry``: what the fibre would weigh at the agreed moisture
    :param shipped: net kg that left; ``gross`` and ``nominal`` are the kg of the same goods
    :param moisture: percent of water that was measured; 0 where it was not
    :param agreed_moisture: percent of water that the contract counts with
    :return: kg; by the net weight where the figure that the basis needs is unknown

    >>> billed_kg("net", 1000, 987.6544)
    987.654
    >>> billed_kg("gross", 1000, 500, gross=1020)
    510.0
    >>> billed_kg("nominal", 1000, 1000, nominal=996.5)
    996.5
    >>> billed_kg("air_dry", 1000, 1000, moisture=5.5, agreed_moisture=10)
    1050.0
    >>> billed_kg("gross", 1000, 500)
    500.0
    """
    factor = 1.0
    if basis == "gross" and gross and shipped:
        factor = gross / shipped
    elif basis == "nominal" and nominal and shipped:
        factor = nominal / shipped
    elif basis == "air_dry" and moisture and agreed_moisture < 100:
        factor = (100 - moisture) / (100 - agreed_moisture)
    return round(accepted * factor + 1e-9, 3)


def is_known(basis, gross=0.0, nominal=0.0, moisture=0.0):
    """Say whether the figure that the basis needs is there.

    >>> is_known("net"), is_known("gross"), is_known("air_dry", moisture=5.5)
    (True, False, True)
    """
    return bool({"gross": gross, "nominal": nominal, "air_dry": moisture}.get(basis, True))
