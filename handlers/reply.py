"""How a handler answers: through the outbox, to the chat it was spoken to in."""

from dataclasses import dataclass, field

from storage.conversations import Conversation
from storage.outbox import Kind
from storage.people import Speaker
from storage.tickets import Ticket
from tickets import notices
from tickets.moment import Moment
from tickets.notices import Buttons
from tickets.texts import Texts


@dataclass(slots=True)
class Reply:
    """Posts answers for one update; a toast is shown where the finger is, after the commit."""

    moment: Moment
    who: Speaker
    chat: Conversation
    say: Texts
    is_group: bool = False
    toasts: list[str] = field(default_factory=list)
    has_spoken: bool = False

    def __call__(
        self,
        text: str,
        buttons: Buttons = (),
        *,
        ticket: Ticket | None = None,
        numbered: bool = True,
        key: str | None = None,
    ) -> None:
        """Answer in this chat; `key` lets a later notice change the answer."""
        self.has_spoken = True
        urgent = ticket is not None and ticket.urgency == "emergency"
        notices.post(
            self.moment,
            Kind.EMERGENCY if urgent else Kind.ANSWER,
            text,
            contact=self.chat.contact_id,
            ticket=ticket,
            buttons=buttons,
            numbered=numbered,
            replace_key=key,
        )

    def toast(self, text: str) -> None:
        """Say a few words at the pressed button, at most once and never again."""
        self.toasts.append(text)

    def toasts_in_words(self) -> None:
        """Say the toasts where none can be shown, unless the answer has said it all."""
        if not self.has_spoken and not self.is_group:
            for text in self.toasts:
                self(text)

    def about(self, ticket: Ticket) -> None:
        """Remember which ticket this chat is about."""
        self.chat.ticket_id, self.chat.spoke_at = ticket.id, self.moment.now

    def state(self, name: str, **draft: object) -> None:
        """Remember what this chat is in the middle of; an empty name ends it."""
        self.chat.state, self.chat.draft = name, dict(draft)
