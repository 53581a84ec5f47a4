"""What a text tells of a question that is answered in words: which kind, which step, which paper."""

import re
from functools import cache
from typing import Final

from province.text import fold
from triage.text import pattern

_WORD: Final = r"[^\s.,;:!?()]+"
_VAGUE: Final = (
    r"(?!(?:gấp|ngay|sớm|hỗ trợ|giúp|giúp đỡ|quá|nhiều|trầm trọng|nghiêm trọng|rồi|hướng dẫn$|lắm|"
    r"người$|ạ|với|thêm$|được|gì|mà|và|nên|để)(?!\w))"
)
_SOME: Final = rf"(?:\d+ )?{_VAGUE}{_WORD}(?: {_WORD}){{0,4}}"
_ENOUGH: Final = 8
"""Words from which a text is taken to tell the matter that 'Việc cụ thể là gì?' asks about."""

_STAGE: Final = (
    r"(?<!\w)(?:(?:đang |bị |còn |vẫn )*(?:vướng|kẹt|mắc|ách|tắc|dừng)(?: lại)? (?:ở |tại |"
    rf"vì |do |khâu |bước )(?:khâu |bước )?{_SOME}|đang (?:chờ|đợi|nằm|ở|xin ý kiến|thẩm định)(?: ở| tại)?"
    rf" {_SOME}|chồng lấn (?:với )?{_SOME}|(?:nộp|gửi)(?: hồ sơ)? (?:từ )?(?:ngày |hôm |đầu |cuối |tháng )"
    r"\S+|(?:chưa|không) (?:được )?(?:ký|duyệt|phê duyệt|thẩm định|xác nhận|công nhận|giải ngân|"
    r"đồng thuận|có nghị quyết|có quyết định)|(?:bị )?trả (?:lại|về)(?: hồ sơ)?)(?!\w)"
)
_PAPER: Final = (
    r"(?<!\w)(?:(?:đã |chưa |không )(?:có |gửi |nhận |ký )*(?:văn bản|biên bản|quyết định|tờ trình|"
    r"công văn|đề án|trả lời|phương án)(?: \S+){0,2}|đề án (?:số|gửi)(?: \S+){1,3})(?!\w)"
)
_CITED: Final = (
    r"(?<!\w)(?:(?:nghị định|thông tư|luật|nghị quyết|quyết định)(?: \S+)? \d+\S*|"
    r"điều \d+|giấy phép xây dựng|quy hoạch (?:chung|chi tiết|phân khu|sử dụng đất)|"
    r"báo cáo (?!trùng|chồng|nhiều)\S+ \S+|tiêu chí (?!nào)\S+(?: \S+)?|luật \S+ \S+)(?!\w)"
)
_PROGRAMME: Final = (
    r"(?<!\w)(?:(?:tiểu )?dự án (?!nào|gì|chậm|này)\S+(?: \S+){0,4}|tiêu chí (?!nào)\S+(?: \S+)?|1719|"
    r"nông thôn mới|ntm|giảm nghèo(?: bền vững)?|chương trình (?!nào|này|vay)\S+(?: \S+)?|"
    r"(?:vay|vốn) (?:vốn )?(?:hộ nghèo|hộ cận nghèo|cận nghèo|thoát nghèo|giải quyết việc làm|"
    r"học sinh sinh viên|hssv|nước sạch|nhà ở|xuất khẩu lao động|sản xuất kinh doanh)|"
    r"mtqg|135)(?!\w)"
)
_PROJECT: Final = r"(?<!\w)(?:(?:tiểu )?dự án (?!nào|gì|chậm|này)\S+(?: \S+){0,4}|tiêu chí (?!nào)\S+(?: \S+)?)(?!\w)"
_ORGANISATION: Final = (
    r"(?<!\w)(?:(?:công ty|cty|doanh nghiệp|hợp tác xã|htx|nhà máy) (?!nào|nợ|chậm)\S+(?: \S+){0,2}|"
    r"(?:đi|sang|thị trường) (?:hàn quốc|nhật(?: bản)?|đài loan|đức|lào|malaysia|rumani)|"
    r"(?:=sở|văn phòng|chi cục|=cục) \S+(?: \S+){0,4}|sở (?:nội vụ|tư pháp|tài chính|y tế|"
    r"xây dựng|công thương|nông nghiệp|khoa học|giáo dục|văn hóa|dân tộc))(?!\w)"
)
_SYSTEM: Final = (
    r"(?<!\w)(?:(?:facebook|fanpage|fb|zalo|email|gmail|trang|website|cổng thông tin|máy chủ|"
    r"máy tính|tài khoản|phần mềm)(?: \S+){0,3})(?!\w)"
)
_ERROR: Final = (
    r"(?<!\w)(?:báo lỗi \S+(?: \S+){0,3}|lỗi (?:số )?\d+|bị (?:treo|đơ|văng|trắng màn|quay)\S*|"
    r"không (?:đăng nhập|gửi|kí|lưu|mở|in|tải|tra cứu|nhận) được(?: \S+){0,2})(?!\w)"
)
_DONE: Final = (
    r"(?<!\w)(?:đã (?:chôn|tiêu hủy|báo|khoanh|xảy ra|có \d+ vụ|lập|phun)(?: \S+){0,4}|"
    r"chưa (?:chôn|báo|tiêu hủy|ai thu gom|có (?:vụ )?tai nạn)(?: \S+){0,2}|(?:hiện )?do (?:\S+ ){1,5}?thu gom|"
    r"(?:được )?giao \d+|hiện có \d+|không ai (?:lấy|thu gom)|\d+ vụ tai nạn)(?!\w)"
)
_ASSET: Final = (
    r"(?<!\w)(?:bàn ghế|tivi|máy chiếu|máy tính|máy vi tính|đồ dùng dạy học|bảng|xe máy|xe ô tô|ô tô|"
    r"bộ đàm|bình chữa cháy|camera|điện|trụ sở|trạm y tế cũ|trường cũ|nhà văn hóa cũ|nhà công vụ|"
    r"hồ sơ (?!gì|của|lưu)\S+(?: \S+)?|sổ \S+|mái(?: ngói)?|tường|cột|sân|cổng|bàn thờ|tượng|"
    r"giường|nhà tạm giữ|phòng (?:trực|ở|làm việc))(?!\w)"
)
_LACK: Final = (
    r"(?<!\w)(?:thiếu|hết|cần(?: hỗ trợ)?|xin(?: hỗ trợ| cấp)?|chưa có|không có|hỗ trợ|còn thiếu) "
    rf"{_SOME}"
)

_ANY_OF_SLOT: Final = {
    "stage": _STAGE,
    "document": _CITED,
    "programme": _PROGRAMME,
    "organisation": _ORGANISATION,
    "system": _SYSTEM,
    "error": _ERROR,
    "done_so_far": _DONE,
    "asset": _ASSET,
    "needs": _LACK,
    "water_level": r"(?<!\w)(?:cách|dưới|còn)(?: \S+){0,4} \d+(?:[.,]\d+)? ?(?:m|mét|cm|phân)(?!\w)",
}
_SUBJECTS: Final = (
    (
        "thieu",
        (
            r"(?<!\w)(?:thiếu|xin|cần) (?:\d+ )?(?:(?:công chức|cán bộ|viên chức|giáo viên|gv|người)\s)"
            rf"(?:dạy |môn |làm )*{_VAGUE}(?!biên chế){_WORD}(?: {_WORD})?"
        ),
    ),
    (
        "vi tri",
        (
            r"(?<!\w)(?:công chức|cán bộ|chức danh|vị trí) (?:\d+ )?(?:kế toán|địa chính|tư pháp|văn phòng|"
            r"hộ tịch|văn hóa|tài chính|quân sự|công nghệ thông tin|cntt|nông nghiệp)(?!\w)"
        ),
    ),
    (
        "chuc danh",
        (
            r"(?<!\w)(?:bí thư(?: chi bộ)?|trưởng (?:thôn|bản|xóm|khối)|phó \S+|công chức \S+ ?\S*|"
            r"công an viên|thôn đội trưởng|kế toán|văn thư|phụ cấp(?: \S+){1,3}|nâng lương|nâng ngạch|"
            r"chuyển ngạch|chủ tịch|hội phụ nữ|đoàn thanh niên|y tế thôn)(?!\w)"
        ),
    ),
    (
        "che do nao",
        (
            r"(?<!\w)(?:phụ cấp(?: \S+){1,3}|thăng hạng|nâng lương|thâm niên|đứng lớp|thu hút|dạy thêm giờ|"
            r"tăng giờ|nghỉ hưu|bảo hiểm)(?!\w)"
        ),
    ),
    (
        "khen thuong",
        (
            r"(?<!\w)(?:bằng khen|giấy khen|huân chương(?: \S+){0,2}|huy chương|kỷ niệm chương|cờ thi đua|"
            r"danh hiệu(?: \S+){1,3}|chiến sĩ thi đua)(?!\w)"
        ),
    ),
    (
        "tap huan",
        (
            r"(?<!\w)(?:tập huấn|bồi dưỡng|đào tạo)(?: cho \S+)? (?:về |nghiệp vụ |lĩnh vực )*"
            rf"{_VAGUE}(?!cho|thêm|lại){_WORD}(?: {_WORD}){{0,3}}"
        ),
    ),
    ("sang dat", rf"(?<!\w)đất (?:{_WORD} ){{1,4}}(?:sang|thành|lên) đất (?:{_WORD})(?!\w)"),
    ("nghe, lop", r"(?<!\w)(?:nghề|lớp) (?!nào|cho|nghề)\S+(?: \S+){0,2}"),
    (
        "thu tuc",
        r"(?<!\w)(?:thủ tục (?!nào|này|hành chính)\S+(?: \S+){0,3}|mã (?:hồ sơ|hs) \S+|\d{3}\.\d+[.\d-]*)",
    ),
    (
        "cay, con",
        (
            r"(?<!\w)(?:giống |trồng |nuôi |cây |con )(?:chè|lúa|ngô|keo|cam|mía|gừng|sắn|lạc|dứa|quế|bơ|"
            r"chanh leo|trâu|bò|dê|lợn|gà|vịt|cá|tôm|ong|dược liệu|sâm|rau|nấm|=dong|chuối)(?!\w)"
        ),
    ),
    (
        "mat hang",
        (
            r"(?<!\w)(?:xăng|dầu|gas|phân bón|gạo|thuốc (?:trừ sâu|lá)|vàng|cát|xi măng|mỹ phẩm|hàng giả \S+|"
            r"sữa|thức ăn chăn nuôi|giống)(?!\w)"
        ),
    ),
    (
        "san pham",
        (
            r"(?<!\w)(?:thịt(?: \S+)?|cá|rượu|sữa|bánh(?: \S+)?|giò|nem|nước (?:đá|ngọt|mắm)|rau|nấm|đồ ăn|"
            r"thức ăn|cơm|tiết canh|bún|xúc xích)(?!\w)"
        ),
    ),
    (
        "xe loai",
        (
            r"(?<!\w)xe (?:tải|ben|ba gác|khách|máy|công nông|container|đầu kéo|chở \S+|ba bánh|"
            r"tự chế)(?: \S+){0,2}"
        ),
    ),
    (
        "loai thue",
        r"(?<!\w)(?:thuế (?!cơ sở|nào|gì)\S+(?: \S+){0,3}|lệ phí (?!nào)\S+(?: \S+){0,2}|phí \S+(?: \S+)?)",
    ),
    (
        "khong ghi ten",
        (
            r"(?<!\w)(?:tảo hôn|sinh con thứ \S+|hôn nhân cận huyết|kế hoạch hóa|mất cân bằng|thái độ \S+|"
            r"chờ (?:cả ngày|lâu)|chẩn đoán|chuyển viện|tử vong|tiêu cực|thu (?:thêm )?tiền|phong bì)(?!\w)"
        ),
    ),
    (
        "chi viec gi",
        (
            r"(?<!\w)(?:chi (?:cho )?|mua |tổ chức |trả |sửa |để )(?!thường xuyên$|hoạt động$|cho$)"
            rf"{_WORD}(?: {_WORD}){{1,3}}"
        ),
    ),
    (
        "ke hoach",
        r"(?<!\w)(?:tổ công nghệ số|số hóa(?: \S+){1,3}|chữ ký số|đề án 06|sáng kiến|đào tạo \S+)",
    ),
    ("noi dung", rf"(?<!\w)tuyên truyền (?:về |cho )?{_VAGUE}(?!cho){_WORD}(?: {_WORD}){{1,3}}"),
    (
        "truoc day",
        (
            r"(?<!\w)(?:việc |thẩm quyền |cấp )(?!này|gì)(?:\S+ ){0,5}(?:trước|trước đây|cũ)"
            r"(?: (?:do )?(?:huyện|tỉnh)(?: làm| cấp)?)?(?!\w)"
        ),
    ),
    ("lam ro", rf"(?<!\w)(?:làm rõ|hỏi|hướng dẫn|giải thích|về) {_VAGUE}(?:{_WORD} ?){{2,6}}"),
)

_CUED: Final = {
    "subject": _SUBJECTS,
    "document": (("da co", _PAPER),),
    "programme": (("tieu", _PROJECT),),
}
"""For a slot, the words of a question that call for answers of their own."""


def find(slot: str, ask: str, plain: str) -> str:
    """Return the words of `plain` that answer the question `ask`; '' when none do."""
    asked = fold(ask)
    if slot == "subject" and "cu the" in asked and "ghi ten" not in asked:
        return plain if len(plain.split()) >= _ENOUGH else ""
    source = _source(slot, asked)
    found = _compiled(source).search(plain) if source else None
    return found[0].strip() if found else ""


@cache
def _source(slot: str, asked: str) -> str | None:
    cued = _CUED.get(slot, ())
    return next((source for cue, source in cued if cue in asked), _ANY_OF_SLOT.get(slot))


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return pattern(source)
