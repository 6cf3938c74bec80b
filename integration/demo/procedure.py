"""What the demo reports' steps left behind: dispositions, actions and replies, as the acts themselves write them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from integration.access.sealing import Sealer
from integration.assignments.tables import AssignmentRow
from integration.codes import FollowUpActionKind, ProtectionDimension
from integration.reports.procedure import DispositionRow, FollowUpActionRow, ReplyRow
from integration.reports.tables import MessageRow


@dataclass(slots=True)
class Traces:
    """The rows, in the order they were made."""

    sealer: Sealer
    dispositions: list[DispositionRow] = field(default_factory=list)
    actions: list[FollowUpActionRow] = field(default_factory=list)
    replies: list[ReplyRow] = field(default_factory=list)

    def passed_on(self, assignment: AssignmentRow, by: UUID, instruction: str) -> None:
        """The sheet by which somebody was given the report."""
        earlier = [row for row in self.dispositions if row.report_id == assignment.report_id]
        self.dispositions.append(
            DispositionRow(
                report_id=assignment.report_id,
                number=len(earlier) + 1,
                parent_id=earlier[-1].id if earlier else None,
                from_staff_id=by,
                assignment_id=assignment.id,
                instruction_sealed=self.sealer.seal("disposition.instruction", instruction),
                due_at=assignment.due_at,
                at=assignment.assigned_at,
            )
        )

    def done(self, report_id: UUID, by: UUID, at: datetime, result: str, data: dict[str, object]) -> None:
        """Something that was done."""
        dimension = data.get("dimension")
        self.actions.append(
            FollowUpActionRow(
                report_id=report_id,
                kind=FollowUpActionKind(str(data["kind"])),
                result_sealed=self.sealer.seal("action.result", result),
                dimension=None if dimension is None else ProtectionDimension(str(dimension)),
                staff_id=by,
                at=at,
            )
        )

    def drafted(self, report_id: UUID, by: UUID, at: datetime, text: str) -> None:
        """A reply that waits to be sent."""
        sealed = self.sealer.seal("reply.text", text)
        self.replies.append(ReplyRow(report_id=report_id, text_sealed=sealed, drafter_id=by, drafted_at=at))

    def sent(self, by: UUID, message: MessageRow) -> None:
        """The last reply went out with this message."""
        reply = next(row for row in reversed(self.replies) if row.report_id == message.report_id)
        reply.sender_id, reply.sent_at, reply.message_id = by, message.at, message.id
