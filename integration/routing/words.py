"""The reason of an assignment in words, as the people read it who get it."""

from integration.codes import Role
from integration.routing.rules import Choice


def handler(role: Role, competency: str | None, *, is_trained: bool) -> str:
    """Who of the division it is, and whether trained for what the report needs."""
    who = "kepala bidang" if role is Role.DIVISION_HEAD else "anggota tim"
    if competency is None:
        return who
    if is_trained:
        return f"{who}, berkompetensi {competency}"
    return f"{who}, belum ada yang bisa dengan kompetensi {competency}"


def by_load(choice: Choice) -> str:
    """Why this one and not another."""
    one = choice.candidate
    words = f"bertugas, beban {one.open} dari {one.capacity}"
    if choice.out_of == 1:
        return f"{words}, satu-satunya yang bisa"
    if choice.by_waiting:
        return f"{words}, sama dengan yang lain dari {choice.out_of} calon tetapi paling lama tanpa tugas baru"
    return f"{words}, terendah dari {choice.out_of} calon"


def over_capacity(choice: Choice) -> str:
    """Said where an emergency goes over the capacity."""
    return "; melebihi kapasitas karena darurat" if choice.candidate.open >= choice.candidate.capacity else ""
