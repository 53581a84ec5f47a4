"""Which texts hold what must not be sent by chat: state secrets, identity papers."""

from typing import Literal

from triage.text import Message, pattern

_SECRET = pattern(
    r"(?<!\w)(?:(?:văn bản|công văn|tài liệu|hồ sơ|đóng dấu|dấu|độ|tệp|file|ảnh|chế độ|bản) =mật"
    r"(?! khẩu| độ| thiết)|tuyệt mật|tối mật|bí mật nhà nước|(?:van ban|cong van|tai lieu|"
    r"dong dau|do) mat(?! khau| do| dien| mang))(?!\w)"
)
_STAMP = pattern(r"(?:^|\n|[\"“(])\s*(?:=mật|=tối =mật|=tuyệt =mật)\s*(?:$|\n|[\"”)])")
_NUMBER = pattern(
    r"(?<!\w)(?:cccd|cmnd|cmt|căn cước(?: công dân)?|chứng minh (?:nhân dân|thư)|hộ chiếu)"
    r"(?: số| của| mã)?\s*:?\s*(?:\d[ .]?){9,12}(?!\d)"
)
_PICTURE = pattern(
    r"(?<!\w)(?:ảnh|hình|chụp|gửi|kèm|bản chụp|scan) (?:\S+ ){0,3}?"
    r"(?:cccd|cmnd|căn cước|chứng minh (?:nhân dân|thư)|hộ chiếu|sổ hộ khẩu|giấy khai sinh)(?!\w)"
)


def warned(message: Message) -> Literal["", "secret", "identity"]:
    """Return what the writer should be told not to send here, '' when nothing."""
    if _STAMP.search(message.raw.lower()) or _SECRET.search(message.plain):
        return "secret"
    if _NUMBER.search(message.plain) or _PICTURE.search(message.plain):
        return "identity"
    return ""
