"""Whether a text answers a question of safety: yes, no, or not at all, and doubt is no answer."""

import re
from dataclasses import replace
from typing import Final, Literal

from province.text import fold
from triage.danger import read_danger
from triage.text import Message, pattern

Answer = Literal["yes", "no", ""]

_UNKNOWN = pattern(
    r"(?<!\w)(?:(?:chưa|không) (?:rõ|biết|nắm|nắm được|xác định|xác minh|thống kê|kiểm tra)"
    r"(?: được)?|xem (?:có|còn)|nếu|phòng khi|giả sử)(?!\w)[^.;,]*|"
    r"(?<!\w)có (?:[^\s.;,]+ ){1,6}(?:không|hay không|chưa)(?= *[?,.]| *$)"
)
_LOOKALIKE = pattern(
    r"(?<!\w)(?:thương mại|thương lượng|thương thảo|thương hiệu|thương binh|đánh (?:giá|máy|số|cá|bạc|bài|"
    r"bắt|thuế|dấu|đàn|mất)|trả lời|ngộ nhận|bị trừ|bị phạt|(?:mạng|web|hệ thống|phần mềm|đường truyền)[^.;,]*? sập|(?:lật|chìm) (?:đò|thuyền|xuồng|xe|bè))(?!\w)"
)
_DEATHS_DENIED = pattern(
    r"(?<!\w)(?:không|ko|k|chưa) (?:có |còn )?(?:ai|người|ca)(?: nào)? ?(?:bị )?(?:chết|tử vong|thiệt mạng)(?!\w)"
)
_PAST = pattern(
    r"(?<!\w)(?:năm ngoái|năm trước|tháng trước|tuần trước|trước đây|trước kia|đợt trước|hồi trước|"
    r"hồi tết|đầu tháng|hòa giải|tổng hợp quý)(?!\w)"
)
_HURT: Final = (
    r"(?:thương(?! mại)|thương vong|vùi|kẹt|mắc kẹt|mất tích|mất liên lạc|cuốn|nạn|"
    r"bị nạn|sao|làm sao|việc gì|ngộ độc|nguy|nguy hiểm|nguy kịch|cấp cứu|bắt giữ|bắt|"
    r"gặp nguy hiểm)"
)
_UNHURT = pattern(
    r"(?<!\w)(?:(?:không|ko|k|kg|khg|hông|chẳng|chưa) (?:có |còn )?(?:ai|người nào|người|bệnh nhân nào|bệnh nhân) (?:bị |gặp |"
    rf"đang |nào )?{_HURT}|"
    r"người không sao|(?:không|ko|k|kg|khg|hông|chẳng|chưa) (?:có )?(?:thiệt hại|ảnh hưởng) về người|"
    r"(?:không|ko|k|kg|khg|hông|chẳng|chưa) (?:có )?(?:thương vong|ca nặng|ca nào nặng)|"
    r"(?:mọi người|tất cả|bà con|dân) (?:đều |vẫn )?an toàn)(?!\w)"
)
_HOUSES_SAFE = pattern(
    r"(?<!\w)(?:(?:cách )?xa (?:nhà dân|khu dân cư|dân)|không (?:có )?(?:nhà|hộ)(?: dân| nào)* (?:nào |"
    r"bị |ở )?(?:sập|gần|nguy|sạt|nứt|quanh)|nhà dân(?: phía dưới| quanh đó)? (?:đều |vẫn )?an toàn|"
    r"(?:đã )?(?:di dời|sơ tán|chuyển) hết|không (?:còn )?ai (?:ở|ngồi|học)(?: trong| dưới| gần)?|"
    r"không có (?:nhà dân|người ở|ai ở)(?: gần)?|(?:không|ko|k|kg|khg|hông|chẳng|chưa) (?:đe dọa|ảnh hưởng)(?: đến)? nhà dân|"
    r"(?:học sinh|các cháu) đã chuyển)(?!\w)"
)
_HOUSES_AT_RISK = pattern(
    r"(?<!\w)(?:(?:vẫn|còn(?= người| hộ| dân| có)|vẫn còn) (?:đang )?(?:có )?(?:người |dân |hộ )?(?:ở|ngồi|học)"
    r"(?: [^\s.,;]+){0,3}? (?:trong|dưới|đó)|đang ở(?: [^\s.,;]+){0,4} (?:sắp|sạt|nứt)|"
    r"nhà(?: [^\s.,;]+){0,3} (?:sắp|đang|có nguy cơ) (?:sạt|sập|đổ|trôi)|"
    r"(?:vẫn )?cho người qua sông|đò gặp nạn)(?!\w)"
)
_NEARBY = pattern(
    r"(?<!\w)(?:sát|gần|ngay sau|cạnh|ngay cạnh) (?:[^\s.,;]+ ){0,1}?(?:nhà dân|nhà|khu dân cư|trường)(?!\w)"
)
_SEIZED = pattern(
    r"(?<!\w)(?:dân|người|ai)(?: [^\s.,;]+){0,5} bị (?:[^\s.,;]+ ){0,4}?(?:bắt giữ|bắt|đe dọa)(?!\w)"
)
_SICK = pattern(r"(?<!\w)(?:sắp sinh|sắp đẻ|chuyển dạ|ốm nặng|nguy kịch|ca nặng|tử vong)(?!\w)")

_FALLS: Final = r"(?:sắp đổ|bị đổ|=đổ|gãy|đứt|có điện|rò điện)"
_PARTS: Final = {
    "dap": (r"(?:đập|thân đập|mặt đập|mái đập|thân hồ)", r"(?:nứt|nứt toác|vỡ|sắp vỡ|bị vỡ)"),
    "day": (r"(?:=dây|dây (?:điện|cáp)|cột)", _FALLS),
    "cot": (r"(?:cột|tháp)", rf"(?:nghiêng|{_FALLS})"),
    "sap": (r"(?:trần|mái|tường|trụ sở|cầu thang|sàn)", r"(?:(?:sắp|nguy cơ|chực) (?:sập|=đổ))"),
}
_FAILING: Final = {
    cue: pattern(
        rf"(?<!\w){part}(?: [^\s.,;]+){{0,9}}? {breaks}(?!\w)|"
        rf"(?<!\w){breaks} (?:[^\s.,;]+ )?{part}(?!\w)|(?<!\w)tràn (?:qua )?mặt đập(?!\w)"
    )
    for cue, (part, breaks) in _PARTS.items()
}
_SOUND = pattern(
    r"(?<!\w)(?:(?:không|ko|k|kg|khg|hông|chẳng|chưa) (?:thấy |có |bị |phát hiện )*(?:hiện tượng |vết |dấu hiệu )?"
    r"(?:nứt|thấm|rò|nghiêng|dây đứt|dây (?:nào )?(?:bị )?đứt|cột đổ|cột (?:nào )?(?:bị )?đổ|"
    r"chỗ nào sắp sập|chỗ sắp sập)(?: cột đổ| vỡ)?)(?!\w)"
)
_FIGHT: Final = (
    r"(?:xô xát|ẩu đả|hỗn chiến|đánh nhau|đánh (?:vợ|con|chồng|mẹ|bố|cháu|người|trẻ|em|dân)|"
    r"đánh đập|hành hung|dọa (?:giết|chém|đánh|đâm)|cầm (?:dao|rựa|súng|gậy|hung khí)|"
    r"(?:đang|bị) (?:\S+ )?bạo hành|dùng vũ lực)"
)
_VIOLENT = pattern(rf"(?<!\w){_FIGHT}(?!\w)")
_PEACEFUL = pattern(
    rf"(?<!\w)(?:(?:không|ko|k|kg|khg|hông|chẳng|chưa) (?:có |xảy ra |hề |thấy |còn )*(?:ai bị đánh|ai (?:xô xát|đánh nhau)|ai bị đe dọa|{_FIGHT})"
    r"(?: nữa| gì)?)(?!\w)"
)
_ABOUT_HOUSES = re.compile(r"\bnha\b|\bo gan\b|\bcon o\b|sap sat|sap sap|nuoc lon")


def at_risk(message: Message, ask: str, *, in_danger: bool) -> Answer:
    """Tell whether people are at risk in the sense of the question `ask`.

    `in_danger` is what the whole text says, before doubt and what only sounds alike are put aside;
    "no" needs every part of the question denied: nobody hurt says nothing of houses near a fire.
    """
    said = _certain(message)
    rest = _UNHURT.sub(" … ", _HOUSES_SAFE.sub(" … ", said))
    asked = fold(ask)
    told = in_danger if rest == message.plain else _victim(replace(message, plain=rest))
    if told or (_asked_for(rest, asked) and _present(message)):
        return "yes"
    nobody, houses = _UNHURT.search(said), _HOUSES_SAFE.search(said)
    if _ABOUT_HOUSES.search(asked):
        return "no" if houses and (nobody or not _asks_of_harm(asked)) else ""
    return "no" if nobody else ""


def _asks_of_harm(asked: str) -> bool:
    return any(word in asked for word in ("bi thuong", "mac ket", "bi cuon"))


def _victim(message: Message) -> bool:
    danger = read_danger(message)
    return danger.victim and danger.plain


def _asked_for(plain: str, asked: str) -> bool:
    """Tell whether what the question asks for by name is told: houses, seizure, illness."""
    if _ABOUT_HOUSES.search(asked) and _HOUSES_AT_RISK.search(plain):
        return True
    if "gan" in asked and _NEARBY.search(plain):
        return True
    if "bat giu" in asked and _SEIZED.search(plain):
        return True
    return ("nang" in asked or "sinh" in asked) and _SICK.search(plain) is not None


def failing(message: Message, ask: str) -> Answer:
    """Tell whether the dam, pole, line or building that `ask` speaks of is breaking."""
    asked = fold(ask)
    part = next((part for cue, part in _FAILING.items() if cue in asked.split()), None)
    return _told(message, part, _SOUND) if part else ""


def violence(message: Message, _: str) -> Answer:
    """Tell whether people are fighting or threatened."""
    return _told(message, _VIOLENT, _PEACEFUL)


def _told(message: Message, yes: re.Pattern[str], no: re.Pattern[str]) -> Answer:
    """A part denied does not hide another that is told; what is over or planned is not told."""
    said = _certain(message)
    rest = no.sub(" … ", said)
    if yes.search(rest):
        return "yes" if _present(message) else ""
    return "no" if rest != said else ""


def _present(message: Message) -> bool:
    danger = read_danger(message)
    return not (danger.over or danger.planned or _PAST.search(message.plain))


def _certain(message: Message) -> str:
    return _DEATHS_DENIED.sub(" … ", _LOOKALIKE.sub(" … ", _UNKNOWN.sub(" … ", message.plain)))
