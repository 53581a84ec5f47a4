"""Words of the editor of the province's pack."""

WORDS: dict[str, tuple[str, str]] = {
    "chain_departments": ("Sở, ngành của tỉnh", "Provincial departments"),
    "chain_party": ("Cơ quan của Đảng", "Party offices"),
    "chain_external": ("Cơ quan ngoài tỉnh, doanh nghiệp", "Outside offices and firms"),
    "post_vice_chair": ("Phó Chủ tịch UBND tỉnh", "Vice chair of the province"),
    "post_chair": ("Chủ tịch UBND tỉnh", "Chair of the province"),
    "nav_pack": ("Gói dữ liệu", "Pack"),
    "pack_hint": (
        "Sửa thời hạn, khoảng cách đôn đốc, số trực, ngày nghỉ. Bấm Xem thay đổi để kiểm tra; chưa có gì được lưu cho tới khi "
        "bấm Áp dụng. Lĩnh vực và đơn vị sửa trong gói trên máy chủ (thaogo apply).",
        "Deadlines, delays of the ladders, duty numbers, days off. Press to see what changes; nothing is kept until you "
        "apply it. Categories and units are edited in the pack on the server (thaogo apply).",
    ),
    "pack_version": ("Đang có hiệu lực: bản", "In force: version"),
    "pack_deadlines": ("Thời hạn", "Deadlines"),
    "pack_acknowledge": ("Tiếp nhận", "Acknowledge"),
    "pack_answer": ("Trả lời bước đầu", "First answer"),
    "pack_result": ("Kết quả", "Result"),
    "pack_span_hint": (
        "Viết số và đơn vị: 30 phút, 2 giờ, 5 ngày.",
        "A number and a unit: 30 minutes, 2 hours, 5 days.",
    ),
    "pack_ladders": ("Quy trình đôn đốc", "Ladders"),
    "pack_after": ("sau", "after"),
    "pack_repeat": ("nhắc lại mỗi", "again every"),
    "pack_duty": ("Số trực", "Duty numbers"),
    "pack_phone": ("Điện thoại", "Phone"),
    "pack_hours": ("Giờ", "Hours"),
    "pack_days": ("Ngày nghỉ, ngày làm bù, ngày nghỉ bão", "Days off, swapped days, storm days"),
    "pack_days_hint": (
        "Mỗi dòng một ngày: 31/12/2026 nghỉ: lý do, hoặc 10/01/2027 làm: làm bù.",
        "One day a line: 31/12/2026 nghỉ: the reason, or 10/01/2027 làm: the reason.",
    ),
    "pack_look": ("Xem thay đổi", "See what changes"),
    "pack_changes": ("Sẽ thay đổi", "What changes"),
    "pack_from": ("Hiệu lực từ ngày (để trống: ngay bây giờ)", "In force from (empty: now)"),
    "pack_apply": ("Áp dụng", "Apply"),
    "pack_nothing": ("Không có gì thay đổi.", "Nothing changes."),
    "pack_wrong": ("Chưa áp dụng được:", "It cannot be applied:"),
    "pack_day_wrong": (
        "Chưa áp dụng: ngày hiệu lực phải sau hôm nay.",
        "Not applied: the day must lie after today.",
    ),
    "pack_too_many": (
        "Chưa áp dụng: đã có 20 thay đổi đang chờ ngày.",
        "Not applied: 20 changes wait already.",
    ),
    "pack_stale": (
        "Chưa áp dụng: người khác vừa đổi gói. Xem lại bản đang có hiệu lực rồi sửa.",
        "Not applied: somebody has just changed the pack. Look at it as it is now.",
    ),
    "pack_done": ("Đã áp dụng, có hiệu lực ngay.", "Applied, in force now."),
    "pack_planned": ("Đã lưu, tới ngày sẽ tự có hiệu lực.", "Kept; it comes in force on its day."),
    "pack_waiting": ("Đang chờ ngày", "Waiting for their day"),
    "pack_withdraw": ("Rút lại", "Withdraw"),
    "pack_withdrawn": ("Đã rút lại.", "Withdrawn."),
    "pack_failed": ("Không áp dụng được", "Could not be applied"),
    "pack_versions": ("Các bản đã có hiệu lực", "Earlier versions"),
    "pack_back": ("Trở lại bản", "Back to version"),
    "pack_same": ("Bản này giống bản đang có hiệu lực.", "It is the same as what is in force."),
}
