"""Write the published schema: `python -m scripts.print_schema`."""

from pathlib import Path

from schema.build import schema

TARGET = Path(__file__).parent.parent / "schema" / "schema.graphql"


def published() -> str:
    return schema.as_str().rstrip() + "\n"


if __name__ == "__main__":
    TARGET.write_text(published(), encoding="utf-8")
