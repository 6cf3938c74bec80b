"""The schema that partners download is the one that answers them."""

from scripts.print_schema import TARGET, published


def test_the_committed_schema_is_the_one_that_runs() -> None:
    assert TARGET.read_text(encoding="utf-8") == published(), "run python -m scripts.print_schema and commit the file"
