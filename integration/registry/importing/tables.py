"""Files of the registry on their way in: the batch, its rows while they wait, what was found in them.

A staged row holds what will be written, already checked: numbers sealed, nothing of the raw line. Raw lines are kept
(sealed) only of rows that somebody has to mend, and staged rows only until their batch is applied or discarded.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index
from sqlmodel import Field, SQLModel

from integration.codes import ImportState, RecordValidity, RegistryScheme, RegistryStatus, Severity, Sex
from integration.db.base import ORDERED_TEXT, SEALED, coded, uuid7


class ImportBatchRow(SQLModel, table=True):
    """One file on its way into the registry.

    `rows` counts the lines staged so far, which is also where an interrupted staging goes on. Whoever works on the
    batch holds it by `lease` until `lease_until`. `counts` says how many findings there are by rule; `resolved_after`
    is the release that was the newest when the rows were matched to people. `attempts` counts how often a worker has
    taken up what was last asked for; `applied_by` is also who asked for it to be applied.
    """

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_state", "state"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    kind: str
    scheme: RegistryScheme = Field(sa_type=coded(RegistryScheme))
    period: str = Field(sa_type=ORDERED_TEXT)
    supplement: bool = False
    file_name: str
    file_hash: bytes = Field(index=True, sa_type=SEALED)
    file_size: int = Field(sa_type=BigInteger)
    # No key: the file is removed as soon as it is read.
    upload_id: UUID | None = None
    columns: list[str] = Field(default_factory=list, sa_type=JSON)
    left_out: list[str] = Field(default_factory=list, sa_type=JSON)
    state: ImportState = Field(sa_type=coded(ImportState))
    problem: str | None = None
    rows: int = 0
    faulty_rows: int = 0
    refused_rows: int = 0
    created_at: datetime
    staged_at: datetime | None = None
    applied_at: datetime | None = None
    created_by: str
    applied_by: str | None = None
    release_id: UUID | None = Field(default=None, foreign_key="registry_release.id")
    resolved_after: UUID | None = None
    lease: UUID | None = None
    lease_until: datetime | None = None
    attempts: int = 0


class ImportUploadRow(SQLModel, table=True):
    """A file brought over HTTP. Without a `digest` it is still on its way; after `expires_at` it is removed, unless a
    batch is yet to be read from it. `workbook` and `encoding` say how it is written.
    """

    __tablename__ = "import_upload"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    file_name: str
    size: int = Field(default=0, sa_type=BigInteger)
    digest: bytes | None = Field(default=None, sa_type=SEALED)
    workbook: bool = False
    encoding: str = ""
    uploaded_by: str = Field(index=True)
    created_at: datetime
    expires_at: datetime = Field(index=True)


class ImportPartRow(SQLModel, table=True):
    """A piece of an uploaded file, packed and sealed. All but the last hold equally many of its bytes."""

    __tablename__ = "import_part"
    upload_id: UUID = Field(foreign_key="import_upload.id", primary_key=True)
    number: int = Field(primary_key=True)
    bytes_sealed: bytes = Field(sa_type=SEALED)


class ImportRuleCountRow(SQLModel, table=True):
    """How many findings a batch has by rule."""

    __tablename__ = "import_rule_count"
    batch_id: UUID = Field(foreign_key="import_batch.id", primary_key=True)
    rule: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    severity: Severity = Field(sa_type=coded(Severity))
    count: int


class ImportFindingRow(SQLModel, table=True):
    """Something noticed in a cell. `row` counts the lines below the header from 1; `value_class` says what the value
    looks like ("15 digits"), never what it is; `detail` is what a suggestion needs beside its rule, such as the name of
    a village. `person_id` is the person the row is about, who exists once the batch is applied.
    """

    __tablename__ = "import_finding"
    __table_args__ = (Index("ix_import_finding_batch_id_row", "batch_id", "row"),)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    batch_id: UUID = Field(foreign_key="import_batch.id")
    row: int
    column: str
    rule: str
    severity: Severity = Field(sa_type=coded(Severity))
    value_class: str | None = None
    detail: str | None = None
    # No key: the person is named before it is written.
    person_id: UUID | None = Field(default=None, index=True)


class ImportLinesRow(SQLModel, table=True):
    """A few thousand lines as they came, packed and sealed, until it is known which of them somebody has to mend."""

    __tablename__ = "import_lines"
    batch_id: UUID = Field(foreign_key="import_batch.id", primary_key=True)
    row: int = Field(primary_key=True)
    lines_sealed: bytes = Field(sa_type=SEALED)


class ImportFaultyRow(SQLModel, table=True):
    """A line that somebody has to mend, as it came (sealed), to be given back in a file."""

    __tablename__ = "import_faulty"
    batch_id: UUID = Field(foreign_key="import_batch.id", primary_key=True)
    row: int = Field(primary_key=True)
    line_sealed: bytes = Field(sa_type=SEALED)


class ImportStagedRow(SQLModel, table=True):
    """A checked line that waits to be applied; `refused` ones are not.

    `person_key` and `household_key` are the blind indexes of the registry's own numbers. `enrolled` and `not_enrolled`
    are sets of programmes, a bit each, in the order of `integration.registry.importing.columns.PROGRAMMES`.
    `merged_id` is the person whose number the row has, where they were merged into `person_id`. Rows are only ever read
    in their order or all together, so no index but the key is kept.
    """

    __tablename__ = "import_staged"
    batch_id: UUID = Field(foreign_key="import_batch.id", primary_key=True)
    row: int = Field(primary_key=True)
    refused: bool = False
    person_key: bytes | None = Field(default=None, sa_type=SEALED)
    household_key: bytes | None = Field(default=None, sa_type=SEALED)
    family_index: bytes | None = Field(default=None, sa_type=SEALED)
    kk_index: bytes | None = Field(default=None, sa_type=SEALED)
    kk_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    nik_index: bytes | None = Field(default=None, sa_type=SEALED)
    nik_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    nik_agrees: bool | None = None
    name: str
    name_key: str = Field(sa_type=ORDERED_TEXT)
    sex: Sex | None = Field(default=None, sa_type=coded(Sex))
    birth_date: date | None = None
    region_code: str | None = Field(default=None, sa_type=ORDERED_TEXT)
    deceased: bool | None = None
    relation: int = 0
    desil: int | None = None
    status: RegistryStatus = Field(sa_type=coded(RegistryStatus))
    as_of: date | None = None
    validity: RecordValidity = Field(sa_type=coded(RecordValidity))
    enrolled: int = 0
    not_enrolled: int = 0
    person_id: UUID | None = None
    merged_id: UUID | None = None
    is_new: bool = False
    family_id: UUID | None = None
