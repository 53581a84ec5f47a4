"""Small talk, help, what administrators hear, and the labels of buttons."""

from tickets.rich import bold
from tickets.texts.pieces import Pieces


class Talk(Pieces):
    """Short answers and labels."""

    def thanks(self) -> str:
        """An answer to thanks."""
        return self._("Vâng ạ. Có việc gì anh/chị cứ nhắn.")

    def hello(self) -> str:
        """An answer to a greeting."""
        return self._("Chào anh/chị. Có khó khăn gì, anh/chị nhắn một tin, phiếu có số ngay.")

    def go_on(self) -> str:
        """An answer to words that only announce what will be told."""
        return self._("Vâng, anh/chị cứ nói: việc gì, ở đâu. Nhắn một tin là có phiếu.")

    def not_a_report(self) -> str:
        """An answer to something that is no report."""
        return self._("Tin này chưa lập phiếu. Nếu là khó khăn của xã, anh/chị gõ “lập phiếu”.")

    def help_reporter(self) -> str:
        """How to use the line, for a reporter."""
        return self._(
            "Gửi một tin là có phiếu. Ảnh, vị trí gửi vào đây.\n"
            "/phieu: các phiếu · “vụ mới …”: việc khác · /huy: hủy · /ngonngu: English\n"
            "KHẨN CẤP: gõ “khẩn cấp”. Có người bị nạn: gọi {number}."
        ).format(number=bold("112"))

    def help_desk(self) -> str:
        """How to use the line, for a department's staff."""
        return self._(
            "Phiếu của đơn vị đến đây. Bấm nút trên phiếu, hoặc gõ số kèm việc: "
            "“123 tiếp nhận”, “123 đã xử lý”.\n/phieu: các phiếu đang mở · /ngonngu: English\n"
            "/viec: việc phối hợp · /truc: lịch trực · /vang: báo vắng · /bangiao: bàn giao"
        )

    def help_coordinator(self) -> str:
        """How to use the line, for coordinators and administrators."""
        return self._(
            "/canxem: phiếu cần quyết · /thongbao: nhắn nhiều xã, sở · /imlang: xã im lặng\n"
            "/toancanh: toàn tỉnh lúc này · /baolu: chế độ bão lũ · /tinhhinh: các xã trong bão\n"
            "/moi: mời, xem mã mời · /khoa, /mokhoa: khóa, mở khóa một người\n"
            "/hong: tin hỏng · /visao 123: vì sao · /phieu: phiếu đang mở"
        )

    def help_leader(self) -> str:
        """What the provincial leadership may ask for besides."""
        return self._("/tinhhinh: tình hình các xã trong bão · /baolu: bật, sửa, tắt chế độ bão lũ")

    def language_set(self) -> str:
        """After the language was changed."""
        return self._("Từ nay trả lời bằng tiếng Việt.")

    def apology(self) -> str:
        """After an update failed and was set aside."""
        return self._(
            "Tin vừa rồi gặp trục trặc, đã giữ lại và báo quản trị viên. "
            "Việc gấp: gọi {number} hoặc nhắn lại ngắn hơn."
        ).format(number=bold("112"))

    def set_aside_told(self, channel: str, n: int) -> str:
        """Administrators hear that an update failed."""
        return self._(
            "⚠ Một tin từ {channel} không xử lý được, đã giữ lại (số {n}). Xem: /hong."
        ).format(channel=channel, n=n)

    def step_failed_told(self, code: str) -> str:
        """Administrators hear that what was due on a ticket failed."""
        return self._(
            "⚠ Bước đến hạn của {code} không thực hiện được; thử lại sau 30 phút."
        ).format(code=code)

    def dead_letter_told(self, kind: str, reason: str) -> str:
        """Administrators hear that a message could not be delivered."""
        return self._("⚠ Một tin ({kind}) không gửi được: {reason}. Xem: /hong.").format(
            kind=kind, reason=reason
        )

    def label(self, name: str) -> str:
        """A button's label: a verb of at most three words."""
        _ = self._
        return {
            "right": _("Đúng"),
            "wrong": _("Sai đơn vị"),
            "urgent": _("KHẨN CẤP"),
            "photos": _("Thêm ảnh"),
            "cancel": _("Hủy"),
            "other": _("Khác"),
            "yes": _("Có"),
            "no": _("Không"),
            "unclear": _("Chưa rõ"),
            "skip": _("Bỏ qua"),
            "no_ticket": _("Không cần phiếu"),
            "both": _("Đúng cả hai"),
            "one": _("Một việc"),
            "undo": _("Gộp lại"),
            "add": _("Thêm vào"),
            "new": _("Vụ mới"),
            "ack": _("Tiếp nhận"),
            "resolve": _("Đã xử lý"),
            "reroute": _("Chuyển"),
            "ask": _("Hỏi thêm"),
            "promise": _("Hẹn ngày"),
            "update": _("Cập nhật"),
            "assign": _("Phân công"),
            "plan": _("Chưa có nguồn"),
            "outside": _("Ngoài thẩm quyền"),
            "ended": _("Có trả lời"),
            "lower": _("Hạ mức"),
            "more": _("Việc khác"),
            "draft": _("Soạn văn bản"),
            "approve": _("Duyệt"),
            "send_back": _("Sửa lại"),
            "agree": _("Đồng ý"),
            "disagree": _("Chưa đồng ý"),
            "tell": _("Gửi cho xã"),
            "done": _("Đã xong"),
            "not_done": _("Chưa xong"),
            "reopen": _("Mở lại"),
            "view": _("Xem phiếu"),
            "snooze": _("Nhắc lại sau"),
            "seen": _("Đã xem"),
            "nothing": _("Không có"),
            "unbind": _("Gỡ nhóm"),
            "why": _("Vì sao"),
            "look": _("Xem"),
            "choose": _("Chọn"),
            "category": _("Sửa lĩnh vực"),
            "keep": _("Giữ nguyên"),
            "send_out": _("Gửi"),
            "edit_text": _("Sửa"),
            "drop_it": _("Thôi"),
            "hasten": _("Rút hạn"),
            "withdraw": _("Rút"),
            "freeze": _("Khóa"),
            "thaw": _("Mở khóa"),
            "send_again": _("Gửi lại"),
            "drop_notice": _("Bỏ"),
            "handle_again": _("Xử lý lại"),
            "drop_update": _("Bỏ tin"),
            "open": _("Lập phiếu"),
            "progress": _("Hỏi tiến độ"),
            "merge": _("Gộp phiếu"),
            "join": _("Gộp vào"),
            "split": _("Tách ra"),
            "apart": _("Việc khác"),
            "publish": _("Công bố"),
            "extend": _("Gia hạn"),
            "useful": _("Có ích"),
            "share": _("Lập việc chung"),
            "no_share": _("Không chung"),
            "make_cluster": _("Lập đề xuất chung"),
            "drop_cluster": _("Không phải"),
            "undo_cluster": _("Bỏ đề xuất"),
            "neighbours": _("Mời xã bên"),
            "second_ticket": _("Lập phiếu riêng"),
            "leave_joint": _("Rút xã"),
            "next_page": _("Trang sau"),
            "previous_page": _("Trang trước"),
            "invite": _("Mời phối hợp"),
            "hand_over": _("Bàn giao"),
            "let_go": _("Cho nghỉ"),
            "no_handover": _("Không bàn giao"),
            "task_ack": _("Nhận việc"),
            "task_answer": _("Trả lời"),
        }[name]
