"""Which figure of a paper a quality limit speaks of, and whether a measured value keeps to it.

>>> property_of("Moisture"), property_of("定量"), property_of("Whiteness")
('moisture', 'basis_weight', None)
>>> within(5.2, 4.0, 6.0), within(6.1, None, 6.0), within(6.1, None, None)
(True, False, True)
"""

DIGITS = 5

# The names under which limits are written, in English and in the words of the Chinese standards.
NAMES = {
    "appearance": ("appearance", "外观", "外观质量"),
    "width": ("width", "宽度", "幅宽", "卷筒宽度"),
    "length": ("length", "sheet length", "长度", "纸页长度"),
    "reel_diameter": ("reel diameter", "diameter", "直径", "卷筒直径", "卷径"),
    "basis_weight": ("basis weight", "grammage", "substance", "定量", "克重"),
    "caliper": ("caliper", "thickness", "厚度"),
    "moisture": ("moisture", "moisture content", "水分", "交货水分", "含水量"),
}
PROPERTIES = {name: code for code, names in NAMES.items() for name in names}


def property_of(*names):
    """Return the code of the property that one of ``names`` stands for, None if it is another one."""
    for name in names:
        code = PROPERTIES.get((name or "").strip().casefold())
        if code:
            return code
    return None


def within(value, minimum=None, maximum=None):
    """Say whether ``value`` lies between the limits, both inclusive; None is no limit."""
    value = round(value, DIGITS)
    above = minimum is None or value >= round(minimum, DIGITS)
    return above and (maximum is None or value <= round(maximum, DIGITS))
