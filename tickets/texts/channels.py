"""What is said about the channels themselves: several of one person, and what they cannot carry."""

from collections.abc import Sequence
from datetime import datetime

from storage.tickets import Ticket
from tickets.rich import bold
from tickets.texts.pieces import Pieces


class Channels(Pieces):
    """Sentences about being reached."""

    def channel(self, name: str) -> str:
        """A channel as people call it."""
        names = {
            "telegram": "Telegram",
            "zalo_bot": "Zalo Bot",
            "zalo_oa": "Zalo OA",
            "email": "e-mail",
            "sms": "SMS",
        }
        return names.get(name, self._("trang chat"))

    def quota_told(self, channel: str, sender: str) -> str:
        """Administrators hear that a channel takes nothing more for now."""
        return self._(
            "⚠ {channel} ({sender}) không nhận thêm tin: hết hạn mức. Tin được gửi qua kênh khác "
            "nếu có; người chỉ có kênh này thì chưa nhận được. Xem: thaogo doctor."
        ).format(channel=bold(self.channel(channel)), sender=sender or "–")

    def quota_nears(self, bot: str, used: int, most: int) -> str:
        """Administrators are warned before a Zalo bot is used up."""
        return self._(
            "⚠ Zalo Bot {bot} đã dùng {used}/{most} tin tháng này. Hết thì tin đi kênh khác, "
            "ai chỉ có bot này sẽ không nhận được: thêm bot, hoặc dùng Official Account."
        ).format(bot=bold(bot), used=used, most=most)

    def month_used(self, since: datetime, lines: Sequence[str]) -> str:
        """What the channels with a quota or a price carried in a month."""
        head = self._("📊 Số tin tháng {month}").format(
            month=f"{since.astimezone(self.zone):%m/%Y}"
        )
        return "\n".join([head, *lines])

    def bot_used(self, bot: str, used: int, most: int) -> str:
        """One Zalo bot's month."""
        return self._("Zalo Bot {bot}: {used}/{most} tin cả hai chiều, miễn phí.").format(
            bot=bot, used=used, most=most
        )

    def oa_used(self, sent: int, late: int, price: int) -> str:
        """The Official Account's month."""
        shown = f"{price:,}".replace(",", ".")
        return self._(
            "Zalo OA: {sent} tin, {late} tin sau 48 giờ, "
            "ước khoảng {price} đ (chưa trừ tin trong gói)."
        ).format(sent=sent, late=late, price=shown)

    def one_way_used(self, name: str, count: int) -> str:
        """The month of e-mail or SMS."""
        return self._("{channel}: {n} tin.").format(channel=self.channel(name), n=count)

    def channels(self, names: list[str]) -> str:
        """A person's channels."""
        return self._("Anh/chị đang nhận tin qua: {names}.").format(names=", ".join(names))

    def preferred(self, name: str) -> str:
        """The channel that a person prefers, among the others."""
        return self._("{channel} (ưu tiên)").format(channel=self.channel(name))

    def link_code(self, code: str) -> str:
        """How to join a further channel."""
        return self._(
            "Thêm kênh khác: từ kênh đó nhắn mã {code} (một lần, trong 15 phút, đừng đưa ai). "
            "Trang chat thì gõ “vào web”."
        ).format(code=bold(code))

    def by_channel(self, name: str) -> str:
        """The label that prefers a channel."""
        return self._("Qua {channel}").format(channel=self.channel(name))

    def drop_channel(self, name: str) -> str:
        """The label that drops a channel."""
        return self._("Bỏ {channel}").format(channel=self.channel(name))

    def linked(self, name: str) -> str:
        """Said on a channel that has just been joined."""
        hello = self._("Chào {name}.").format(name=name) if name else self._("Chào anh/chị.")
        return f"{hello} " + self._("Đã nối kênh này; các phiếu của anh/chị xem được ở đây.")

    def linked_told(self, name: str) -> str:
        """The same, told on the channels that a person had."""
        return self._(
            "{channel} vừa được nối vào tài khoản này. Không phải anh/chị thì bỏ kênh đó ngay."
        ).format(channel=bold(self.channel(name)))

    def wrong_link_code(self) -> str:
        """Six digits that join nothing."""
        return self._(
            "Mã nối kênh chưa đúng, đã dùng hoặc quá 15 phút. "
            "Lấy mã mới: gõ “kênh” ở kênh đang dùng."
        )

    def code_known_here(self) -> str:
        """Six digits in a chat that is somebody's already, where they are no report either."""
        return self._(
            "Nếu đây là mã nối kênh: mã chỉ dùng ở kênh chưa tham gia, mà chat này đã có tài khoản"
            ". Muốn gộp hai tài khoản của mình, anh/chị nhờ quản trị viên bỏ một kênh rồi nhắn mã."
        )

    def heard_by(self, name: str) -> str:
        """After a channel was preferred."""
        return self._(
            "Từ nay tin đến qua {channel}; khi kênh đó không gửi được thì qua kênh khác."
        ).format(channel=bold(self.channel(name)))

    def dropped(self, name: str) -> str:
        """After a channel was dropped."""
        return self._("Đã bỏ {channel}. Nối lại: gõ “kênh” để lấy mã.").format(
            channel=bold(self.channel(name))
        )

    def number_changed_told(self, name: str) -> str:
        """Administrators hear that text messages to somebody's old number have ended."""
        return self._(
            "{name} đã đổi số máy: SMS việc khẩn tới số cũ đã dừng. Số mới cũng cần SMS thì trên "
            "máy chủ gõ thaogo reach, thêm tên người và chữ sms."
        ).format(name=bold(name or "–"))

    def dropped_told(self, name: str) -> str:
        """Said in the chat that was dropped from another one."""
        return self._(
            "Chat này không còn nhận tin của Tháo Gỡ: vừa bị bỏ từ {channel}. Không phải anh/chị "
            "làm thì báo ngay quản trị viên."
        ).format(channel=bold(self.channel(name)))

    def too_new_to_drop(self) -> str:
        """A chat that was just linked drops no older one."""
        return self._(
            "Kênh này mới nối, trong 24 giờ chưa bỏ được kênh có trước. "
            "Bỏ từ kênh cũ, hoặc nhờ quản trị viên."
        )

    def channel_not_yours(self) -> str:
        """A choice of a channel that is none of the person's, or the last one."""
        return self._("Không có gì thay đổi: kênh đó không còn, hoặc là kênh duy nhất.")

    def unsupported_here(self, link: str) -> str:
        """A kind of message that Zalo does not pass on, with a way that can carry it."""
        return self._(
            "Zalo không chuyển loại tin này (tệp, video, vị trí…). Gõ chữ hoặc gửi ảnh ở đây; "
            "hoặc mở trang chat (một lần, trong 10 phút): {link}"
        ).format(link=link)

    def goes_on_here(self, ticket: Ticket, channel: str) -> str:
        """On a page that somebody opened while they spoke of a ticket on another channel."""
        return self._(
            "Phiếu {code} đang nói ở {channel}: gửi tệp, ảnh, vị trí hoặc viết tiếp ở đây là vào "
            "phiếu đó. Việc khác thì gõ “vụ mới: …”."
        ).format(code=bold(ticket.code), channel=self.channel(channel))

    def page_not_open(self) -> str:
        """Below what was said in the web chat, where no page was open to show it."""
        return self._("(Trang chat chưa mở nên gửi thêm ở đây.)")

    def oa_paused_told(self) -> str:
        """Administrators hear that Zalo may call no more."""
        return self._(
            "⚠ Máy chủ vừa chạy lại sau gần hai giờ không có tin nào vào, ra. Nếu đã ngừng lâu như "
            "vậy thì Zalo tắt webhook của OA: vào trang quản lý ứng dụng, mục webhook, xem và bật "
            "lại. Tin cán bộ gửi lúc ấy có thể không đến, nhắc gửi lại."
        )

    def channel_silent(self, channel: str, people: int, last: datetime) -> str:
        """Administrators hear that a channel's servers may call no more; `last` is UTC."""
        return self._(
            "⚠ {channel}: {people} người dùng kênh này, mà từ {since} không ai nhắn gì. Có thể "
            "Zalo đã ngừng gọi máy chủ: nhắn thử một tin; không thấy trả lời thì gõ thaogo doctor "
            "và xem mục webhook ở trang quản lý."
        ).format(
            channel=self.channel(channel),
            people=people,
            since=last.astimezone(self.zone).strftime("%H:%M %d/%m"),
        )

    def bot_moved_told(self) -> str:
        """Administrators hear that a bot's webhook was not ours for a while."""
        return self._(
            "⚠ Zalo Bot: webhook bị gỡ hoặc trỏ sang máy chủ khác, vừa được đặt lại. Tin cán bộ "
            "nhắn lúc ấy có thể đã mất, nhắc gửi lại. Hai máy chủ không dùng chung một token."
        )

    def oa_refused_told(self) -> str:
        """Administrators hear that the Official Account must consent anew."""
        return self._(
            "⚠ Zalo OA từ chối cấp lại khóa truy cập: trên máy chủ gõ thaogo zalo-oa-consent, quản "
            "trị OA mở liên kết và đồng ý lại. Không phải khởi động lại."
        )
