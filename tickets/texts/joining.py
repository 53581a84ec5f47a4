"""What is said at the door: strangers, codes, newcomers, groups, one's own data."""

from tickets.rich import bold
from tickets.texts.pieces import Pieces


class Joining(Pieces):
    """Sentences about coming in."""

    def closed_line(self) -> str:
        """What a stranger is told."""
        return self._(
            "Đây là kênh của cán bộ xã, phường, cần mã mời. {not_kept} "
            "Có người gặp nạn: gọi {number}. "
            "Mã mời: hỏi Văn phòng UBND xã hoặc quản trị viên."
        ).format(not_kept=bold(self._("Tin này chưa được ghi nhận.")), number=bold("112"))

    def join_hint(self) -> str:
        """Shown to somebody in a desk's group who presses and is not known."""
        return self._(
            "Anh/chị chưa có tên ở kênh này. Hỏi lãnh đạo đơn vị mã mời, rồi gõ mã vào "
            "tin nhắn riêng cho kênh này."
        )

    def closed_group(self) -> str:
        """What a group is told that is bound to no unit."""
        return self._(
            "Chào các anh/chị. Để nhóm này nhận phiếu của đơn vị, "
            "một cán bộ của đơn vị gõ mã nhóm do quản trị viên cấp."
        )

    def wrong_code(self) -> str:
        """A code that opens nothing."""
        return self._(
            "Mã mời chưa đúng, đã dùng hoặc đã hết hạn. "
            "Anh/chị xem lại từng chữ, hoặc xin mã mới từ quản trị viên."
        )

    def many_wrong_codes(self, count: int) -> str:
        """For administrators: somebody is guessing invitations."""
        return self._(
            "Trong giờ này đã có {count} lần nhập sai mã mời: có thể có người dò mã. "
            "Người đã nhập sai phải chờ lâu hơn giữa các lần; người nhập đúng vẫn vào được. "
            "Anh/chị gõ /moi để xem mã còn hạn và rút mã không cần nữa."
        ).format(count=count)

    def many_wrong_links(self, count: int) -> str:
        """For administrators: somebody is guessing the six digits that join a channel."""
        return self._(
            "Trong giờ này đã có {count} lần nhập sai mã nối kênh: có thể có người dò mã. "
            "Việc nối kênh tạm ngừng tới đầu giờ sau; mã mời và các kênh đang dùng không đổi."
        ).format(count=count)

    def too_many_codes(self) -> str:
        """After five wrong codes within an hour, or too soon after one while many are wrong."""
        return self._("Đang có nhiều lần nhập sai mã. Anh/chị thử lại sau một giờ.")

    def desk_code_outside(self) -> str:
        """A group's code typed in a private chat."""
        return self._("Mã này để gắn nhóm chat của đơn vị: anh/chị gõ mã trong nhóm đó.")

    def person_code_in_group(self) -> str:
        """A person's code typed in a group."""
        return self._("Mã mời cá nhân: anh/chị nhắn riêng cho kênh này, đừng gõ trong nhóm.")

    def welcome(self, name: str, role: str, unit: str) -> str:
        """The first words to somebody who joined."""
        hello = self._("Chào {name}.").format(name=name) if name else self._("Chào anh/chị.")
        return f"{hello} {self.role_of(role).format(unit=bold(self.unit(unit)))}"

    def role_of(self, role: str) -> str:
        """What a newcomer may do, by role."""
        _ = self._
        return {
            "reporter": _(
                "Anh/chị là cán bộ phản ánh của {unit}. "
                "Có khó khăn gì, cứ nhắn một tin: phiếu có số ngay."
            ),
            "staff": _("Anh/chị là cán bộ của {unit}. Phiếu của đơn vị sẽ đến đây."),
            "head": _("Đồng chí là lãnh đạo {unit}. Việc quá hạn và việc cần duyệt sẽ đến đây."),
            "coordinator": _("Anh/chị là điều phối viên ({unit}). Việc chưa rõ đơn vị sẽ đến đây."),
            "leader": _("Đồng chí là lãnh đạo tỉnh ({unit}). Bản tin sáng sẽ đến đây."),
            "admin": _("Anh/chị là quản trị viên ({unit})."),
        }[role]

    def duty(self, role: str, unit: str) -> str:
        """A duty as one's own data tell it."""
        _ = self._
        name = {
            "reporter": _("cán bộ phản ánh"),
            "staff": _("cán bộ"),
            "head": _("lãnh đạo đơn vị"),
            "coordinator": _("điều phối viên"),
            "leader": _("lãnh đạo tỉnh"),
            "admin": _("quản trị viên"),
        }[role]
        return f"{name} {self.unit(unit)}"

    def privacy(self) -> str:
        """What is processed by whom and why, told once."""
        return self._(
            "Văn phòng UBND tỉnh xử lý tên, chức vụ, số điện thoại, nội dung anh/chị gửi để giải "
            "quyết công việc. Đừng gửi tên, ảnh giấy tờ của dân, văn bản Mật. "
            "Xem, sửa, yêu cầu xóa: /dulieu."
        )

    def my_data(
        self, name: str, phone: str, duties: str, channels: str, tickets: int, page: str
    ) -> str:
        """What is kept about a person."""
        return self._(
            "Đang lưu về anh/chị: tên {name}; điện thoại {phone}; nhiệm vụ: {duties}; "
            "kênh: {channels}; {tickets} phiếu.\n"
            "Sửa tên: gõ “tên: …”; sửa số: gõ “điện thoại: …”. "
            "Yêu cầu xóa: gõ “xóa dữ liệu”; ngừng xử lý: gõ “ngừng xử lý dữ liệu”; quản trị viên "
            "trả lời trong 2 ngày làm việc. Xem đủ, tải về: gõ “vào web”, rồi mở {page}"
        ).format(
            name=bold(name or "–"), phone=phone or "–", duties=duties, channels=channels,
            tickets=tickets, page=page,
        )  # fmt: skip

    def data_corrected(self) -> str:
        """After a name or phone was corrected."""
        return self._("Đã sửa. Xem lại: /dulieu.")

    def desk_bound(self, unit: str) -> str:
        """A group that has become a desk."""
        return self._("Nhóm này nhận phiếu của {unit} từ bây giờ.").format(
            unit=bold(self.unit(unit))
        )

    def desk_bound_told(self, unit: str, name: str) -> str:
        """The same, told to the coordinator."""
        return self._("{name} vừa gắn một nhóm chat làm nhóm tiếp nhận của {unit}.").format(
            name=name or self._("Một cán bộ"), unit=bold(self.unit(unit))
        )

    def desk_unbound(self, unit: str) -> str:
        """A desk that is none any more."""
        return self._(
            "{unit} không còn nhóm tiếp nhận; phiếu sẽ đến từng cán bộ của đơn vị."
        ).format(unit=bold(self.unit(unit)))

    def desk_not_there(self, unit: str) -> str:
        """A button to take a desk away where it is none any more."""
        return self._("Nhóm này không còn nhận phiếu của {unit}; không có gì thay đổi.").format(
            unit=bold(self.unit(unit))
        )

    def sign_in_link(self, link: str) -> str:
        """A link that opens the web chat once."""
        return self._("Mở trang chat (một lần, trong 10 phút, đừng chuyển cho ai): {link}").format(
            link=link
        )

    def console_link(self, link: str) -> str:
        """A link that opens the console once."""
        return self._(
            "Mở trang điều hành (một lần, trong 10 phút, đừng chuyển cho ai): {link}"
        ).format(link=link)

    def link_only_private(self) -> str:
        """A sign-in link was asked for in a group."""
        return self._("Anh/chị nhắn riêng “vào web” cho kênh này để lấy liên kết.")
