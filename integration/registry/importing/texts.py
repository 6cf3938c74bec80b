"""The texts of a workbook that its cells point to, kept as bytes end to end: a quarter of the memory of strings."""

from array import array

from integration.registry.importing.refusing import megabytes, refused

# Of a file with 300,000 people they take about 30 MB.
_MOST = 200_000_000


class Texts:
    """A list of texts that only grows. Refuses a file that has more of them than fit."""

    def __init__(self, most: int = _MOST) -> None:
        self._bytes = bytearray()
        self._ends = array("I", [0])
        self._most = most

    def append(self, text: str) -> None:
        """One more."""
        self._bytes += text.encode()
        if len(self._bytes) + 4 * len(self._ends) > self._most:
            raise refused(
                f"Teks di buku kerja melebihi {megabytes(self._most)}. Simpan sebagai CSV atau pecah berkasnya.",
                f"The texts of the workbook are more than {megabytes(self._most)}. Save it as CSV, or split it.",
            )
        self._ends.append(len(self._bytes))

    def __getitem__(self, index: int) -> str:
        if index < 0:
            raise IndexError(index)
        return self._bytes[self._ends[index] : self._ends[index + 1]].decode()

    def __len__(self) -> int:
        return len(self._ends) - 1
