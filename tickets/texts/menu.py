"""The commands that a channel's own menu offers to everybody; each role's own are in its help."""

from tickets.translations import translator


def menu(language: str, *, in_groups: bool = False) -> list[tuple[str, str]]:
    """Return each command without its slash and what it does, in `language` (vi or en).

    A department's group is offered its queue; a role's further commands stand in its /giup.
    """
    _ = translator(language)
    if in_groups:
        return [
            ("hangdoi", _("Phiếu đang chờ đơn vị")),
            ("viec", _("Việc phối hợp")),
            ("truc", _("Lịch trực")),
            ("giup", _("Cách dùng")),
        ]
    return [
        ("phieu", _("Các phiếu của tôi")),
        ("tim", _("Tìm phiếu theo chữ, số hoặc nơi")),
        ("hoi", _("Hỏi hướng dẫn đã công bố")),
        ("vao", _("Liên kết vào trang web")),
        ("kenh", _("Nối thêm Zalo, Telegram, trang chat")),
        ("dulieu", _("Dữ liệu lưu về tôi")),
        ("ngonngu", _("English / Tiếng Việt")),
        ("giup", _("Cách dùng")),
    ]
