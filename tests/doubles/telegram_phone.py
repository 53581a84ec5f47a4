"""What a person's Telegram makes of what they do: updates in the shape of the Bot API."""

import itertools
from typing import Any

from tests.doubles.telegram_chats import BOT

_ids = itertools.count(5000)
"""Message ids; a made-up Telegram's own messages count from 1."""


class Phone:
    """One person, in their private chat with the bot, or in `group` (its id, below zero).

    Each act gives an update without `update_id`; `BotApi.push` numbers it. `at` is the time
    in seconds since 1970 that the next messages carry.
    """

    def __init__(self, user: int, name: str = "Lan", *, at: int = 1_795_000_000) -> None:
        self.user, self.name, self.at = user, name, at
        self.last_id = 0

    def text(self, text: str, *, group: int = 0, reply_to: int = 0) -> dict[str, Any]:
        """Write something."""
        return self._message(group, reply_to, text=text)

    def photo(self, file_id: str, caption: str = "", *, group: int = 0, **more: Any) -> dict:
        """Send a photo, which Telegram keeps in three sizes."""
        sizes = [("s", 90), ("m", 320), ("", 1280)]
        photo = [
            {
                "file_id": file_id + small,
                "file_unique_id": f"q{file_id}{small}",
                "width": width,
                "height": width * 2 // 3,
                "file_size": width * 90,
            }
            for small, width in sizes
        ]
        return self._message(group, 0, photo=photo, **_caption(caption), **more)

    def album(self, file_ids: list[str], caption: str = "", *, group: int = 0) -> list[dict]:
        """Send several photos at once: an update each, the caption on the first."""
        name = f"13{next(_ids)}"
        return [
            self.photo(file_id, "" if n else caption, group=group, media_group_id=name)
            for n, file_id in enumerate(file_ids)
        ]

    def voice(self, file_id: str) -> dict[str, Any]:
        """Send a spoken message."""
        voice = {"duration": 4, "mime_type": "audio/ogg", "file_size": 18000}
        return self._message(0, 0, voice=voice | _file(file_id))

    def document(self, file_id: str, name: str, mime: str) -> dict[str, Any]:
        """Send a file."""
        document = {"file_name": name, "mime_type": mime, "file_size": 120_000}
        return self._message(0, 0, document=document | _file(file_id))

    def location(self, lat: float, lon: float) -> dict[str, Any]:
        """Share where they are."""
        return self._message(0, 0, location={"latitude": lat, "longitude": lon})

    def sticker(self) -> dict[str, Any]:
        """Send a sticker."""
        sticker = {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        }
        return self._message(0, 0, sticker=sticker | _file("sticker"))

    def edit(self, message_id: int, text: str, *, group: int = 0) -> dict[str, Any]:
        """Correct an earlier message."""
        message = self._message(group, 0, text=text)["message"]
        changed = {"message_id": message_id, "edit_date": self.at + 60}
        return {"edited_message": message | changed}

    def press(self, data: str, message_id: int, *, group: int = 0) -> dict[str, Any]:
        """Press a button under one of the bot's messages."""
        card = {"message_id": message_id, "chat": self._chat(group), "from": BOT, "date": self.at}
        return {
            "callback_query": {
                "id": f"77{next(_ids)}",
                "from": self._person(),
                "message": card | {"text": "a card"},
                "chat_instance": "-3642",
                "data": data,
            }
        }

    def add_bot(self, group: int) -> dict[str, Any]:
        """Take the bot into a group."""
        return self._membership(group, "left", "member")

    def remove_bot(self, group: int) -> dict[str, Any]:
        """Put the bot out of a group."""
        return self._membership(group, "member", "left")

    def block_bot(self) -> dict[str, Any]:
        """Block the bot in their private chat."""
        return self._membership(0, "member", "kicked")

    def group_grows(self, group: int, supergroup: int) -> dict[str, Any]:
        """Make the group a supergroup, which has another address."""
        return self._message(group, 0, migrate_to_chat_id=supergroup)

    def _message(self, group: int, reply_to: int, **content: Any) -> dict[str, Any]:
        self.last_id = next(_ids)
        chat = self._chat(group)
        message = {"message_id": self.last_id, "from": self._person(), "chat": chat}
        if reply_to:
            answered = {"message_id": reply_to, "chat": chat, "from": BOT, "date": self.at - 60}
            message["reply_to_message"] = answered | {"text": "a card"}
        return {"message": message | {"date": self.at} | content}

    def _membership(self, group: int, was: str, now: str) -> dict[str, Any]:
        banned = {"kicked": {"until_date": 0}}
        return {
            "my_chat_member": {
                "chat": self._chat(group),
                "from": self._person(),
                "date": self.at,
                "old_chat_member": {"user": BOT, "status": was},
                "new_chat_member": {"user": BOT, "status": now} | banned.get(now, {}),
            }
        }

    def _person(self) -> dict[str, Any]:
        return {
            "id": self.user,
            "is_bot": False,
            "first_name": self.name,
            "language_code": "vi",
        }

    def _chat(self, group: int) -> dict[str, Any]:
        if group:
            kind = "supergroup" if group < -1_000_000_000_000 else "group"
            return {"id": group, "title": "Sở Xây dựng", "type": kind}
        return {"id": self.user, "first_name": self.name, "type": "private"}


def _file(file_id: str) -> dict[str, str]:
    return {"file_id": file_id, "file_unique_id": f"q{file_id}"}


def _caption(caption: str) -> dict[str, str]:
    return {"caption": caption} if caption else {}
