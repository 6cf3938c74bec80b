"""Write the published schema: `python -m scripts.print_schema`."""
from pathlib import Path

from schema.build import schema

TARGET = Path(__file__).parent.parent / "schema" / "schema.graphql"


def main() -> None:
    TARGET.write_text(schema.as_str() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
