"""Words of danger: what happens to whom, what only sounds like it, what is over or planned."""

from dataclasses import dataclass
from typing import Final

from triage.text import Message, pattern

_WHO: Final = (
    r"(?:người|bé|cháu|trẻ|đứa|bà|ông|cụ|chị|anh|mẹ|bố|vợ|chồng|em|học sinh|học trò|giáo viên|"
    r"cô giáo|"
    r"thầy|công nhân|thợ|bệnh nhân|sản phụ|thai phụ|bà bầu|nạn nhân|tài xế|lái xe|hành khách|khách|"
    r"dân|hộ|phụ nữ|thanh niên|cán bộ|dân quân|gia đình|nhà|xe khách|thuyền|đò|ca|mẹ con|bà con)"
)
_NEAR: Final = r"(?: [^\s.;!?]+){0,6}? "

_HARM: Final = (
    r"(?:bị vùi|vùi lấp|vùi|chôn vùi|mắc kẹt|kẹt|cuốn trôi|cuốn|nước cuốn|mất tích|mất liên lạc|"
    r"chết|"
    r"tử vong|thiệt mạng|đuối nước|chết đuối|bị thương|trọng thương|thương nặng|gãy (?:chân|tay|"
    r"cổ|xương)|"
    r"hôn mê|bất tỉnh|ngất|co giật|ngộ độc|điện giật|giật điện|rắn cắn|ong đốt|chó cắn|băng huyết|"
    r"chuyển dạ|sắp sinh|sắp đẻ|đẻ rơi|khó thở|nguy kịch|nguy cấp|cấp cứu|"
    r"rơi (?:xuống|vào|từ)|ngã (?:xuống|từ)|lật|lao xuống|tông|đâm vào|đè|đổ vào|đổ trúng|trôi|"
    r"chìm|"
    r"bị chém|bị đâm|bị đánh|hành hung|bạo hành|bắt cóc|xâm hại|hiếp|tự tử|tự tử|treo cổ|nhảy cầu|"
    r"uống thuốc (?:trừ sâu|sâu|cỏ|diệt cỏ|độc)|lá ngón|đau quằn|chảy máu|mất máu|đột quỵ|liệt|sốc)"
)
_VICTIM = pattern(rf"(?<!\w){_WHO}{_NEAR}{_HARM}(?!\w)|(?<!\w){_HARM}{_NEAR}{_WHO}(?!\w)")
_SCENE = pattern(
    r"(?<!\w)(?:cháy (?:nhà|chợ|rừng|lớn|to|quán|kho|xưởng|trường|trụ sở)|(?:nhà|chợ|rừng|kho|"
    r"xưởng) (?:\S+ )?"
    r"(?:đang |bốc |bị )?cháy|đang cháy|cháy lan|bốc cháy|lửa (?:đang )?(?:lan|cháy|bùng)|"
    r"(?:đất|đồi|núi|ta ?luy|sạt|lở)(?: \S+){0,6} (?:vào|xuống|trùm|lấp|đè|uy hiếp|"
    r"đe dọa)(?: \S+){0,3} "
    r"(?:nhà|hộ|lớp|trường|trạm)|nứt (?:đất|đồi|núi|toác)?(?: \S+){0,3} (?:sau|gần|trên|cạnh|"
    r"quanh) (?:nhà|trường|lớp)|"
    r"(?:vết|khe) nứt(?: \S+){0,5} (?:nhà|trường|đồi|núi)|nước (?:đang |suối |sông |lũ )?(?:lên|"
    r"dâng) (?:nhanh|cao|ào)|"
    r"lũ (?:quét|ống|đang về|về nhanh|lên)|ngập (?:lút|tới|đến|quá|ngang) ?(?:nóc|mái|cửa sổ|"
    r"ngực|đầu|cổ|nửa nhà)|"
    r"(?:vỡ|tràn|sạt|thấm|rò)(?: \S+){0,3} (?:đập|mặt đập|thân đập|đê|hồ)|(?:đập|đê|"
    r"hồ)(?: \S+){0,4} (?:sắp vỡ|vỡ|tràn qua)|"
    r"dây (?:điện|cao thế|trung thế)(?: \S+){0,3} (?:đứt|rơi|sà|chạm|xuống)|(?:đứt|rơi|"
    r"sà) dây (?:điện|cao thế|trung thế)|"
    r"(?:quả )?(?:bom|mìn|lựu đạn|đạn pháo|đạn cối|đầu đạn|vật nổ|bom bi|thuốc nổ)|"
    r"rò rỉ (?:khí|ga|gas|hóa chất|amoniac)|nổ (?:bình ga|khí ga|bình gas|lớn|mìn)|"
    r"sập (?:nhà|hầm|mỏ|lò|giếng|cầu|mái|tường|lớp|trường|giàn giáo)|"
    r"bị cô lập|cô lập (?:hoàn toàn|hẳn)|(?:lật|chìm) (?:thuyền|đò|xuồng|bè|xe|ghe|ca nô)|"
    r"cầm (?:dao|súng|rựa|hung khí)|nổ súng|xả súng|cứu (?:với|gấp|hộ khẩn)|kêu cứu|xin cứu|"
    r"cầu cứu|khẩn cấp|nguy hiểm tính mạng|tai nạn (?:nghiêm trọng|thảm khốc|nặng))(?!\w)"
)
_ALONE = pattern(
    r"(?<!\w)(?:cháy|chết|trôi|kẹt|vùi|mất tích|sập|nổ|lũ|nứt|cuốn|chìm|lật|đuối|ngộ độc|cấp cứu|"
    r"tai nạn|thương vong|sạt lở|sơ tán|cô lập|ngập|nguy hiểm|nguy cấp|kêu cứu|tử vong|"
    r"bị thương|co giật|hôn mê)(?!\w)"
)
_FIGURE = pattern(
    r"(?<!\w)(?:cháy (?:nguồn|túi|hàng|máy|phòng|vé|bóng|main|ổ cứng|ổ|bo mạch|mô ?tơ|cầu chì|"
    r"loa|ampli|màn|tivi|"
    r"kinh phí|giáo án|tiền|chip|đèn|thiết bị|biến áp|công tơ)|(?:máy|main|ổ cứng|nguồn|bóng|bo|"
    r"loa|ampli|mô ?tơ|"
    r"tivi|máy chiếu|máy in|máy tính|máy bơm|máy scan|màn hình|công tơ|thiết bị|usb|đèn|modem|"
    r"router|wifi)"
    r"(?: \S+){0,3}? cháy|chết (?:máy|cứng|dở|tiệt|mệt|thôi|cười|đứng|lặng|yểu|mòn|đuối vì|mất|"
    r"được|chưa|tươi|dí|khiếp)|"
    r"(?:máy|phần mềm|hệ thống|mạng|trang|web|cổng|app|tổng đài|đường truyền|sóng|pin|acquy|"
    r"ắc quy|đầu thu|ti vi)"
    r"(?: \S+){0,3}? (?:chết|sập|treo|đơ|kẹt|nghẽn)|sập (?:mạng|hệ thống|nguồn|web|server|"
    r"phần mềm|sóng)|"
    r"trôi (?:hồ sơ|tin|việc|mất tin|mất hồ sơ|mất văn bản|văn bản|chảy|nổi|công văn|khỏi|tuột)|"
    r"(?:hồ sơ|tin nhắn|văn bản|công văn|giấy tờ|đơn|phiếu)(?: \S+){0,3}? (?:trôi|kẹt|chết|chìm|"
    r"ngập)|kẹt (?:hồ sơ|giấy|tiền|"
    r"lịch|vốn|nguồn|số|mạng|lệnh|máy in|ở khâu|ở bước|tại khâu|tài khoản|phím)|"
    r"chìm xuồng|lũ lượt|ngập (?:đầu|mặt|trong (?:việc|giấy|hồ sơ|nợ))|sống dở chết dở|"
    r"lo sốt vó|nổ máy|bùng nổ|"
    r"nổ (?:đơn|ra|lực|bô|to)|nóng như|nước sôi lửa bỏng|như (?:chết|cháy|lũ|bom)|dầu sôi|"
    r"mệt muốn chết|"
    r"(?:tức|cười|mệt|đói|chán|khổ|nóng|rét|lạnh|sợ|lo|thèm|bận|nhục|ngượng|khát|"
    r"buồn) (?:\S+ )?(?:chết|ngất)|dở sống dở chết|"
    r"vùi đầu|bị cuốn vào|cuốn (?:sổ|sách|hút|chiếu|lịch)|lật (?:sổ|trang|lọng|kèo|ngược|hồ sơ)|"
    r"nứt (?:vỏ|mắt)|đâm ra|đâm đơn|đè nặng|đuối (?:lí|sức)|cấp cứu (?:máy|hồ sơ|dữ liệu)|"
    r"lửa (?:thử|trại|rơm)|tai nạn nghề)(?!\w)"
)
_PAST = pattern(
    r"(?<!\w)(?:năm ngoái|năm trước|năm kia|hồi (?:năm|trước|xưa|đó|\d)|ngày trước|ngày xưa|"
    r"trước đây|dạo trước|đợt trước|lần trước|"
    r"(?:từ|hồi|trong|năm) (?:năm )?(?:19|20)\d\d|mấy năm|nhiều năm|hàng năm|mùa (?:mưa|lũ|"
    r"bão) (?:năm )?(?:trước|ngoái)|"
    r"(?:tháng|tuần) trước|đã (?:khắc phục|xử lí|ổn|dập|tắt|khỏi|an toàn|an táng|chôn cất|"
    r"mai táng)|"
    r"(?:bão|lũ|trận lũ|đợt lũ)(?: \S+){0,4} (?:vừa rồi|vừa qua|năm|\d{4}|số \d+)|sau (?:bão|lũ|"
    r"đợt|trận|vụ)|"
    r"thiệt hại do|hậu quả|rút kinh nghiệm|tổng kết|thống kê)(?!\w)"
)
_PLANNED = pattern(
    r"(?<!\w)(?:diễn tập|tập huấn|phương án|kịch bản|kế hoạch|tuyên truyền|giả định|giả sử|"
    r"phòng khi|"
    r"phòng (?:chống|ngừa)|dự toán|dự phòng|trang bị|mua sắm|kinh phí|nâng cao nhận thức|"
    r"hội thi|hội thao|"
    r"quy hoạch|ký cam kết|nếu(?! không))(?!\w)"
)
_BEASTS = pattern(
    r"(?<!\w)(?:lợn|heo|gà|vịt|trâu|bò|dê|cá|tôm|ngan|ngỗng|chó|mèo|cây|lúa|ngô|keo|cam|chè|mía|"
    r"ong|gia súc|gia cầm|vật nuôi)"
    r"(?: [^\s.;!?,]+){0,4}? (?:chết|trôi|cuốn trôi|ngạt|bị cuốn|cháy)(?!\w)"
)
_NOW = pattern(
    r"(?<!\w)(?:đang|vừa|mới|lúc này|bây giờ|hiện|ngay|gấp|khẩn|cứu|sáng nay|trưa nay|chiều nay|"
    r"tối nay|đêm nay|đêm qua|"
    r"nãy|tức thì|còn sống|chưa (?:ra|tìm|thấy|liên lạc|đưa|cứu))(?!\w)"
)
_NOBODY = pattern(
    r"(?<!\w)(?:không có (?:ai|người)(?: \S+){0,2} (?:bị|thương|sao|mắc|chết)|không ai (?:bị|"
    r"sao|việc|chết|hề)|không (?:thiệt hại|ảnh hưởng) về người|"
    r"may không|người không sao|may mắn không|chưa có (?:thiệt hại|ai|thương vong)|"
    r"không có thương vong)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Danger:
    """What the words say of danger."""

    victim: bool
    """Somebody beside a word of harm."""
    scene: bool
    """A scene that is a danger by itself: a house on fire, a dam about to break."""
    alone: bool
    """A word of danger, with nobody and no place in danger beside it."""
    over: bool
    planned: bool
    now: bool
    nobody: bool
    """The text says that no one is hurt."""

    @property
    def signs(self) -> tuple[str, ...]:
        """The same as signs for the classifier."""
        return tuple("danger " + name for name in self.__slots__ if getattr(self, name))

    @property
    def plain(self) -> bool:
        """Told in so many words, as happening now."""
        return (self.victim or self.scene) and not self.unreal

    @property
    def unreal(self) -> bool:
        """Over, only planned, or without anybody hurt."""
        return self.over or self.planned or self.nobody


def read_danger(message: Message) -> Danger:
    """Look for danger in the words of a message, figures of speech and animals put aside."""
    said = _FIGURE.sub(" … ", message.plain)
    people = _BEASTS.sub(" … ", said)
    return Danger(
        victim=_VICTIM.search(people) is not None,
        scene=_SCENE.search(people) is not None,
        alone=_ALONE.search(people) is not None,
        over=_PAST.search(said) is not None,
        planned=_PLANNED.search(said) is not None,
        now=_NOW.search(said) is not None,
        nobody=_NOBODY.search(said) is not None,
    )
