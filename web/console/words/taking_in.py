"""Words of lists that are taken in as tickets."""

WORDS: dict[str, tuple[str, str]] = {
    "nav_take": ("Nhập việc", "Take in"),
    "take_kind": ("Loại danh sách", "Kind of list"),
    "take_handed_over": ("Việc tồn đọng của cấp huyện", "Work left by the districts"),
    "take_notice": ("Thông báo kết luận của lãnh đạo", "A leader's notice"),
    "take_petition": ("Kiến nghị cử tri", "Voters' petitions"),
    "take_title": ("Văn bản, danh sách", "Document, list"),
    "take_due": ("Hạn", "Due"),
    "take_hint": (
        "Tệp .xlsx hoặc .csv (UTF-8), dòng đầu là tên cột: Nội dung, Xã, Chủ trì (hoặc Lĩnh vực), Phối "
        "hợp, Hạn, Nguồn. Thông báo kết luận thì Xã được để trống. Tối đa 500 dòng. Mỗi dòng thành một phiếu, giữ "
        "nguồn; sai một dòng thì không nhập dòng nào.",
        "An .xlsx or .csv (UTF-8), the first row naming the columns: Nội dung, Xã, Chủ trì (or Lĩnh "
        "vực), Phối hợp, Hạn, Nguồn. For a notice Xã may be empty. At most 500 rows. Each row becomes a "
        "ticket with its origin; one wrong row, and nothing is taken in.",
    ),
    "take_do": ("Nhập thành phiếu", "Make tickets"),
    "take_right": (
        "Danh sách đúng, chưa nhập gì. Các sở và xã được báo khi bấm Nhập thành phiếu.",
        "The list is right; nothing is taken in yet. Departments and communes hear when you press Make "
        "tickets.",
    ),
    "take_done": ("Đã nhập, các đơn vị được báo.", "Taken in; the units are told."),
    "take_large": (
        "Chưa nhập: danh sách dài quá, chia thành vài tệp.",
        "Nothing was done: the list is too long; split it.",
    ),
    "take_no_title": ("Chưa nhập: cần tên văn bản.", "Nothing was done: name the document."),
    "take_unreadable": (
        "Chưa đọc được: cần .xlsx hoặc .csv có cột Nội dung và Chủ trì (hoặc Lĩnh vực), tối đa 500 dòng.",
        "It could not be read: an .xlsx or .csv with columns Nội dung and Chủ trì (or Lĩnh vực), at most "
        "500 rows.",
    ),
    "take_lists": ("Danh sách đã nhập", "Lists taken in"),
    "take_no_text": ("thiếu nội dung", "no words"),
    "take_too_long": ("nội dung dài quá 4.000 ký tự", "longer than 4,000 characters"),
    "take_no_commune": ("chưa rõ xã", "no such commune"),
    "take_no_lead": ("chưa rõ đơn vị chủ trì", "no such department"),
    "take_no_helper": ("chưa rõ đơn vị phối hợp", "no such coordinating unit"),
    "take_no_matter": ("không có lĩnh vực này", "no such category"),
    "take_no_day": ("chưa rõ hạn", "no such day"),
    "take_past_day": (
        "hạn đã qua: sửa hoặc để trống",
        "the day has passed: correct or leave empty",
    ),
    "take_known": ("đã nhập từ danh sách trước", "taken in from an earlier list"),
    "origin": ("Nguồn", "Origin"),
}
