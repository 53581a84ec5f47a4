"""Which of a question's choices a text means, in the words that people use for it."""

from functools import cache
from re import Pattern
from typing import Final

from province.text import fold
from triage.text import Message, pattern

_ALSO_SAID: Final = {
    "đang lên": r"nước (?:đang |vẫn |còn )*(?:lên|dâng)|đang dâng|lên nhanh",
    "đang rút": r"nước (?:đang |đã |bắt đầu )*rút|rút dần",
    "đứng": r"nước đứng|không lên không rút",
    "gạo, đồ ăn": r"(?:hết|thiếu|cần|xin|hỗ trợ) (?:\S+ )?(?:gạo|mì tôm|lương thực|thức ăn)",
    "nước uống": r"(?:hết|thiếu|cần|xin) (?:\S+ )?nước (?:uống|sạch|đóng chai)",
    "thuốc": r"(?:hết|thiếu|cần|xin) (?:\S+ )?thuốc",
    "bạt, chăn màn": r"bạt|chăn|màn",
    "nhà ở": r"tốc mái|sập nhà|nhà (?:bị )?(?:sập|hư hỏng|tốc mái)",
    "lúa, hoa màu": r"lúa|ngô|hoa màu|rau màu",
    "hết rồi": r"hết (?:sạch )?gạo|gạo (?:đã |bị )?hết|không còn (?:hạt )?gạo",
    "1-2 ngày": r"(?:còn|được|đủ)(?: \S+){0,3} (?:1|2|một|hai|1-2) (?:ngày|bữa|hôm)",
    "3-7 ngày": r"(?:còn|được|đủ)(?: \S+){0,3} (?:[3-7]|ba|bốn|năm|sáu|bảy|một tuần|1 tuần)(?: ngày)?",
    "ổ gà, nứt": r"ổ gà|ổ voi|nứt mặt|mặt đường nứt",
    "sụt lún": r"sụt|lún",
    "ngập nước": r"ngập",
    "kinh phí": r"xin (?:cấp )?(?:tiền|vốn|kinh phí)|(?:chưa có|thiếu) (?:tiền|vốn)",
    "kỹ thuật": r"kỹ thuật|hướng dẫn",
    "đèn, vạch kẻ": r"đèn (?:tín hiệu|cảnh báo)|vạch",
    "tiền bồi thường": r"tiền (?:đền bù|bồi thường)",
    "cống, thoát nước": r"cống|thoát nước",
    "đèn đường": r"đèn (?:đường|chiếu sáng)|chiếu sáng",
    "bùn rác": r"bùn|rác",
    "nhà xuống cấp": r"xuống cấp|dột|mối mọt",
    "thiếu chỗ ở": r"thiếu (?:chỗ ở|nhà ở|phòng ở)",
    "cửa xả": r"cửa (?:xả|van)",
    "mất hẳn": r"mất nước|không có nước|không (?:có |còn )(?:một )?giọt",
    "bẩn": r"nước (?:\S+ ){0,3}?(?:bẩn|đục|đen|hôi|tanh|vàng)",
    "đầu ra": r"tiêu thụ|bán không được|không bán được|ế",
    "giống": r"(?:xin|cần|thiếu|hỗ trợ) (?:\S+ )?giống",
    "vốn": r"(?:thiếu|chưa có|cần|xin|vay) (?:tiền|vốn|kinh phí)",
    "thủ tục": r"thủ tục",
    "giấy tờ, thiết bị": r"giám sát hành trình|vms|giấy phép khai thác",
    "sổ, hồ sơ": r"sổ (?:mục kê|địa chính)|hồ sơ địa chính",
    "dữ liệu": r"dữ liệu đất|csdl",
    "hộ với hộ": r"(?:giữa )?(?:hai|2) (?:hộ|nhà|gia đình)",
    "xã với xã": r"(?:hai|2) xã|giáp ranh (?:giữa )?xã",
    "hộ với tổ chức": r"với (?:công ty|lâm trường|nông trường|ban quản lí|doanh nghiệp)",
    "giá đất": r"giá (?:đất|đền bù|bồi thường)",
    "chưa có tiền": r"(?:chưa|không) (?:có|nhận|được nhận|chi trả) ?(?:tiền)?(?= tiền)",
    "cả xã": r"cả xã|toàn xã|cả trung tâm|tất cả (?:các )?máy|cả cơ quan|cả ủy ban|máy nào cũng|cả phòng",
    "một máy": r"một máy|1 máy|máy (?:của )?(?:em|tôi|tui|mình)|mỗi máy",
    "vài máy": r"(?:vài|mấy|2|3|hai|ba) máy",
    "ioffice, văn bản": r"i-?office",
    "hộ tịch": r"(?:phần mềm|pm) hộ tịch",
    "đất đai": r"vbdlis|vilis|elis",
    "cấp mới": r"xin cấp|cấp (?:mới|thêm)|chưa (?:có|được cấp) (?:chữ|tài|chứng|token)",
    "gia hạn": r"hết hạn|gia hạn",
    "token hỏng, mất": r"(?:token|usb)(?: \S+){0,3} (?:hỏng|mất|gãy)|(?:mất|hỏng) (?:\S+ )?(?:token|usb)",
    "mở khóa, mật khẩu": r"mật khẩu|mở khóa|bị khóa|mk",
    "thêm quyền": r"phân quyền|cấp quyền|thêm quyền",
    "điện lực": r"điện lực|dây điện",
    "cả ba": r"không (?:mạng|nhà mạng) nào|cả ba mạng|cả 3 mạng",
    "người": r"thiếu (?:người|cán bộ|nhân lực)",
    "tiền": r"(?:thiếu|chưa có|không có|hết) (?:tiền|kinh phí|vốn)",
    "hướng dẫn": r"hướng dẫn",
    "sửa chữa": r"sửa(?: chữa)?|tu sửa|nâng cấp|cải tạo",
    "xây mới": r"xây (?:dựng )?mới|làm mới",
    "xây thêm": r"xây thêm|mở rộng|thêm phòng",
    "nhà vệ sinh": r"nhà vệ sinh|wc|công trình vệ sinh",
    "1 tháng": r"(?<!\d)(?:1|một) tháng",
    "2 tháng": r"(?:2|hai) tháng",
    "từ 3 tháng": r"(?:[3-9]|1\d|ba|bốn|năm|sáu|bảy|nửa) (?:tháng|năm)",
    "giao vốn": r"giao vốn|phân bổ vốn",
    "doanh nghiệp": r"doanh nghiệp|công ty",
    "hợp tác xã": r"htx",
    "trong xã": r"trong (?:nội bộ )?xã",
    "giữa các xã": r"(?:sang|từ|giữa) (?:các )?xã (?:khác|bạn)|biệt phái",
    "chuyển sinh hoạt": r"chuyển (?:sinh hoạt )?đảng|chuyển sh",
    "thẻ đảng": r"thẻ đảng",
    "kết hôn": r"kết hôn|hôn nhân",
    "khai tử": r"khai tử|chứng tử",
    "sai dữ liệu": r"sai (?:\S+ ){0,2}?(?:dữ liệu|năm sinh|tên|ngày sinh|số|quê quán|giới tính|thông tin)",
    "lỗi phần mềm": r"lỗi (?:phần mềm|pm|hệ thống|mạng)|phần mềm(?: \S+){0,2} lỗi",
    "lỗi hệ thống": r"lỗi(?: hệ thống)?|hệ thống (?:treo|lỗi)|không đăng nhập được",
    "hết phôi": r"(?:hết|thiếu) phôi",
    "thiếu kho": r"(?:thiếu|không có|chưa có) (?:kho|chỗ (?:để|chứa))",
    "chưa bàn giao": r"chưa (?:được )?(?:bàn giao|nhận)",
    "hỏng": r"hỏng|mục|mối|ướt",
    "chức năng": r"chức năng|nhiệm vụ",
    "biên chế": r"biên chế|thiếu người",
    "di dời": r"di dời|chuyển đi|dời",
    "tháo dỡ": r"tháo|dỡ|hạ xuống",
    "trang thiết bị": r"bàn ghế|trang thiết bị|âm thanh|loa",
    "quốc gia": r"(?:cấp )?quốc gia",
    "gạo, bán trú": r"gạo|bán trú",
    "học phí": r"học phí",
    "bác sĩ, y sĩ": r"(?:thiếu|không có|xin) (?:\S+ )?(?:bác sĩ|bs|y sĩ|điều dưỡng|nữ hộ sinh)",
    "máy, thiết bị": r"máy (?:siêu âm|xét nghiệm|thở|x-?quang|điện tim)|(?:thiếu|hỏng) (?:máy|thiết bị)",
    "thẻ bhyt": r"bhyt|bảo hiểm y tế",
    "bhxh": r"bảo hiểm xã hội",
    "lương hưu": r"lương hưu",
    "sai thông tin": r"sai (?:\S+ ){0,2}?(?:thông tin|tên|năm sinh|ngày sinh|mã)",
    "chậm cấp": r"chậm|chưa (?:được )?cấp|chưa có thẻ",
    "không khám được": r"không (?:được )?khám|không (?:dùng|sử dụng) được",
    "người cao tuổi": r"người (?:cao tuổi|già)|80 tuổi|75 tuổi",
    "người khuyết tật": r"khuyết tật|tàn tật|tâm thần",
    "trẻ em": r"trẻ mồ côi|mồ côi|trẻ em",
    "thương binh, liệt sĩ": r"thương binh|liệt sĩ|bệnh binh",
    "tnxp": r"tnxp|thanh niên xung phong",
    "dân công hỏa tuyến": r"dân công|dcht",
    "ma túy": r"ma túy|nghiện|hút chích",
    "lừa đảo mạng": r"lừa (?:đảo )?(?:qua )?(?:mạng|zalo|facebook)|lừa đảo",
    "căn cước": r"căn cước|cccd|cmnd",
    "vneid": r"vneid|định danh",
    "cư trú": r"cư trú|hộ khẩu|thường trú|tạm trú",
    "lý lịch, gplx": r"lý lịch tư pháp|gplx|bằng lái|giấy phép lái xe",
    "chưa cấp": r"chưa (?:được )?(?:cấp|nhận|trả)",
    "chưa có điện": r"chưa có điện|không có điện",
    "điện yếu": r"điện (?:quá )?yếu|điện chập chờn",
    "cột, dây cũ": r"cột (?:gỗ|tre|cũ|mục)|dây (?:cũ|trần)",
    "đất": r"(?:thiếu|chưa có) đất|nguồn gốc đất",
    "ban quản lý": r"ban quản lí|bql",
    "xuống cấp": r"xuống cấp|dột|hư hỏng",
    "chế độ": r"chế độ|phụ cấp|trợ cấp",
    "bình xét": r"bình xét|bầu chọn|xét chọn",
    "đối tượng": r"đối tượng",
    "tàu cá": r"tàu cá|tàu thuyền|đăng kiểm",
}


def choose(message: Message, choices: tuple[str, ...]) -> str:
    """Return the one choice that the text means; '' when it means none or several."""
    text = f" {' '.join(message.folded)} "
    hit = [c for c in choices if any(f" {part} " in text for part in _parts(c))]
    hit = hit or [c for c in choices if (also := _also(c)) and also.search(message.plain)]
    longest = [c for c in hit if not any(c != o and fold(c) in fold(o) for o in hit)]
    return longest[0] if len(longest) == 1 else ""


@cache
def _parts(choice: str) -> tuple[str, ...]:
    parts = (part.strip() for part in fold(choice).split(","))
    return tuple(part for part in parts if part not in ("khac", "nguoi", "thieu", "dung", "dat"))


@cache
def _also(choice: str) -> Pattern[str] | None:
    source = _ALSO_SAID.get(choice.lower())
    return pattern(rf"(?<!\w)(?:{source})(?!\w)") if source else None
