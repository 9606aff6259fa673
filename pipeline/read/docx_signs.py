"""Signs that a Word file takes from a font of signs (`w:sym`), as the Unicode characters they look like.

Source: the encodings of Symbol and Wingdings, as far as resolutions may have them.
"""

from __future__ import annotations

SYMBOL = dict(
    zip(
        "ABCDEFGHIKLMNOPQRSTUWXYZabcdefghiklmnopqrstuwxyz",
        "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηικλμνοπθρστυωξψζ",
        strict=True,
    )
) | dict(
    zip(
        "\"$'-@JVjv£¥°±²³´µ·¸¹º»¼Ç\u00c8ÎÏÐÑÔÖ×Û\u00dcÝÞåò®¬",
        "∀∃∋−≅ϑςϕϖ≤∞°±″≥×∝•÷≠≡≈…∩∪∈∉∠∇™√⋅⇔⇐⇑⇒∑∫→←",
        strict=True,
    )
)
WINGDINGS = dict(zip("lnoqr§¨ûüýþàáâßØ", "●■□❑❒▪◻✗✓☒☑→↑↓←➢", strict=True))
FONTS = {"symbol": SYMBOL, "wingdings": WINGDINGS}
PRIVATE = 0xF000
"""Word writes the character at 0xB7 of such a font as U+F0B7."""


def sign(font: str, code: str) -> str:
    """Return the character of a font of signs; its private code, which is a finding later on, where it is not known.

    Raises ValueError where `code` is no hexadecimal number.

    >>> sign("Symbol", "F0B3"), sign("Wingdings", "F0FC"), sign("Times New Roman", "00E9")
    ('≥', '✓', 'é')
    """
    number = int(code, 16)
    character = chr(number)
    known = FONTS.get(font.lower())
    if known is None:
        return character
    plain = chr(number - PRIVATE) if PRIVATE <= number < PRIVATE + 0x100 else character
    return known.get(plain, plain if plain.isascii() and known is SYMBOL else character)
