"""Which numbers of a workbook are dates: a spreadsheet keeps the number of a day, and apart from it how to show it."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

# The formats every spreadsheet knows by number: those that show a day, also in East Asian locales.
_BUILT_IN = frozenset({*range(14, 18), 22, *range(27, 32), *range(34, 37), *range(50, 59)})
# Words in quotation marks, signs after a backslash, colours and conditions say nothing about days.
_NO_SIGNS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DAY_OR_YEAR = re.compile(r"[dy]", re.IGNORECASE)
# Excel counts from here; the 29th of February of 1900, which it believes in, lies before the days of March.
_EPOCH, _BEFORE_MARCH, _EPOCH_1904 = date(1899, 12, 30), date(1899, 12, 31), date(1904, 1, 1)
_LEAP_DAY = 60
_LAST = 2_958_465


class Dates:
    """Reads numbers as days. `styles` are the numbers of the cell styles that show a day."""

    def __init__(self, styles: Iterable[int], from_1904: bool) -> None:
        self._shown = frozenset(str(style) for style in styles)
        self._from_1904 = from_1904

    def shows(self, style: str | None) -> bool:
        """Whether a cell of this style shows a day."""
        return style in self._shown

    def day(self, number: float) -> date | float:
        """The day of a number; the number itself where no day has it."""
        whole = int(number)
        if not 0 < whole <= _LAST or whole == _LEAP_DAY:
            return whole if whole == number else number
        if self._from_1904:
            return _EPOCH_1904 + timedelta(days=whole)
        return (_BEFORE_MARCH if whole < _LEAP_DAY else _EPOCH) + timedelta(days=whole)


def shows_day(format_id: int, formats: dict[int, str]) -> bool:
    """Whether a number format shows a day. `formats` are those the workbook brings itself."""
    own = formats.get(format_id)
    if own is None:
        return format_id in _BUILT_IN
    return bool(_DAY_OR_YEAR.search(_NO_SIGNS.sub("", own)))
