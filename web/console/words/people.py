"""Words of what administrators do: people, invitations, the history, the channels."""

WORDS: dict[str, tuple[str, str]] = {
    "nav_people": ("Người dùng", "People"),
    "people": ("Người", "People"),
    "person": ("Họ tên", "Name"),
    "unit": ("Đơn vị", "Unit"),
    "role": ("Vai trò", "Role"),
    "post": ("Chức vụ", "Post"),
    "phone": ("Điện thoại", "Phone"),
    "channels_n": ("Kênh", "Channels"),
    "frozen": ("đã khóa", "shut out"),
    "freeze_ask": (
        "Người này ra khỏi mọi máy, mọi kênh ngay và không nhận tin nữa. Mở lại được.",
        "Signed out everywhere at once, and nothing more is sent there. Can be undone.",
    ),
    "invite_one": ("Mời một người", "Invite one"),
    "invite_many": ("Mời theo danh sách", "Invite by a list"),
    "role_can_bo": ("cán bộ", "official"),
    "role_truc": ("cán bộ trực", "on duty"),
    "role_lanh_dao": ("lãnh đạo đơn vị", "head"),
    "role_nhom": ("nhóm chat của đơn vị", "the unit's group chat"),
    "role_dieu_phoi": ("điều phối viên", "coordinator"),
    "role_lanh_dao_tinh": ("lãnh đạo tỉnh", "leader"),
    "role_quan_tri": ("quản trị viên", "administrator"),
    "list_hint": (
        "Tệp .xlsx hoặc .csv (UTF-8), dòng đầu là tên cột: Họ tên, Đơn vị, Vai trò, Chức vụ, Điện "
        "thoại. Vai trò: cán bộ, trực, lãnh đạo, nhóm; để trống là cán bộ. Tối đa 500 dòng.",
        "An .xlsx or .csv (UTF-8), the first row naming the columns: Họ tên, Đơn vị, Vai trò, Chức "
        "vụ, Điện thoại. Vai trò: cán bộ, trực, lãnh đạo, nhóm; empty is cán bộ. At most 500 rows.",
    ),
    "list_file": ("Tệp danh sách", "File"),
    "check_it": ("Kiểm tra", "Check"),
    "list_checked": ("Đã kiểm tra, dòng", "Checked, rows"),
    "list_errors": ("lỗi", "errors"),
    "list_right": (
        "Danh sách đúng, chưa tạo gì. Bấm Tạo mã mời để làm.",
        "The list is right; nothing is done yet. Press Make codes to go on.",
    ),
    "list_wrong": (
        "Chưa tạo gì: sửa các dòng có lỗi rồi gửi lại cả tệp.",
        "Nothing was done: correct the rows with errors and send the whole file again.",
    ),
    "list_empty": ("Danh sách trống.", "The list is empty."),
    "list_unreadable": (
        "Chưa đọc được: cần .xlsx hoặc .csv có cột Họ tên và Đơn vị, tối đa 500 dòng.",
        "It could not be read: an .xlsx or .csv with columns Họ tên and Đơn vị, at most 500 rows.",
    ),
    "row": ("Dòng", "Row"),
    "verdict": ("Kết quả", "Verdict"),
    "row_no_unit": ("không có đơn vị này", "no such unit"),
    "row_several_units": ("vài đơn vị tên đó, ghi đủ tên", "several units, write the full name"),
    "row_no_role": ("chưa rõ vai trò", "unknown role"),
    "row_not_commune": ("chỉ xã, phường mới phản ánh", "only communes report"),
    "row_not_yours": ("anh/chị không mời được vai trò này", "you may not invite to this role"),
    "row_no_name": ("thiếu họ tên", "no name"),
    "row_twice": ("trùng dòng trên", "the same as a row above"),
    "make_codes": ("Tạo mã mời", "Make codes"),
    "codes": ("Mã mời", "Invitation codes"),
    "codes_once": (
        "Mã chỉ hiện ở trang này, một lần: in ra (mỗi đơn vị một trang A4) rồi đưa riêng từng người.",
        "The codes are shown on this page alone, once: print it (an A4 page per unit) and hand each "
        "to its person.",
    ),
    "card_how": (
        "Quét mã bằng điện thoại, hoặc gõ mã này cho kênh. Dùng một lần, trong 7 ngày.",
        "Scan it with a phone, or type the code on the channel. Works once, for 7 days.",
    ),
    "people_none": ("Không có ai ở đây.", "Nobody here."),
    "codes_open": ("Mã chưa dùng", "Unused codes"),
    "until": ("đến", "until"),
    "communes_without": ("Xã, phường chưa có ai", "Communes without anybody"),
    # The history, and channels.
    "nav_audit": ("Nhật ký", "Audit log"),
    "audit_note": (
        "Ai làm gì với phiếu nào, mới nhất trước; không có lời người dùng.",
        "Who did what to which ticket, the newest first; never what people wrote.",
    ),
    "when": ("Lúc", "When"),
    "what_happened": ("Việc", "What"),
    "by_whom": ("Ai", "Who"),
    "in_place_of": ("thay", "in place of"),
    "nav_channels": ("Kênh", "Channels"),
    "channel": ("Kênh", "Channel"),
    "n_waiting": ("tin chờ gửi", "messages waiting"),
    "n_dead": ("tin không gửi được", "messages nobody got"),
    "unreachable": ("Không tới được", "Unreachable"),
    "resting": ("Hết lượt gửi", "Quota used up"),
    "heard_last": ("Nghe lần cuối", "Last heard"),
    "quota_note": (
        "Hết lượt gửi: kênh (Zalo) không nhận thêm tin cho các liên hệ này trong một giờ; tin đi kênh "
        "khác của người đó nếu có.",
        "Quota used up: the channel (Zalo) takes nothing more for these contacts for an hour; messages "
        "go by another channel of the person, where there is one.",
    ),
}
