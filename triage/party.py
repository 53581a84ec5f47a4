"""Whether a text speaks of the staff of Party bodies, whom other units look after."""

from typing import Final

from triage.text import pattern

_PARTY_STAFF: Final = pattern(
    r"(?<!\w)(?:khối (?:cơ quan )?đảng|cơ quan đảng|(?:văn phòng|vp) đảng (?:ủy|uỷ)|"
    r"ban (?:tổ chức|xây dựng|tuyên giáo)(?: và dân vận)? đảng(?: (?:ủy|uỷ))?|ban xây dựng đảng|"
    r"(?:ủy|uỷ) ban kiểm tra(?: đảng)?|ubkt|(?:phó )?bí thư (?:đảng (?:ủy|uỷ)|chi bộ)|"
    r"cán bộ (?:làm )?(?:chuyên trách )?(?:công tác )?đảng|đảng vụ)(?!\w)"
)
"""Bare "Đảng ủy" is not among them: it is the one that decides on everybody."""


def of_party(plain: str) -> bool:
    """Tell whether a text in small letters means a Party body's own people."""
    return _PARTY_STAFF.search(plain) is not None
