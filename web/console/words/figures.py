"""Words of the leadership's page."""

WORDS: dict[str, tuple[str, str]] = {
    "nav_overview": ("Toàn cảnh", "Overview"),
    "n_open": ("đang mở", "open"),
    "n_emergencies": ("khẩn cấp", "emergencies"),
    "n_new": ("chưa tiếp nhận", "not acknowledged"),
    "n_late": ("quá hạn", "overdue"),
    "n_shared": ("sự cố chung", "shared outages"),
    "n_alike": ("nhu cầu giống nhau chờ quyết", "needs alike to decide"),
    "n_unanswered": ("chưa có trả lời bước đầu", "without a first answer"),
    "wait_title": ("Cần đồng chí cho ý kiến", "Waiting for your decision"),
    "wait_none": ("Không có việc nào chờ.", "Nothing waits."),
    "climbed": ("đã báo lãnh đạo tỉnh", "escalated to the leadership"),
    "late_title": ("Quá hạn theo đơn vị và bước đôn đốc", "Overdue by department and step"),
    "late_caption": (
        "Mỗi phiếu đếm một lần, ở bước cao nhất đã báo.",
        "Each ticket counts once, at the highest step that was told.",
    ),
    "late_none": ("Không có phiếu quá hạn.", "Nothing is overdue."),
    "all_of_them": ("Tất cả", "All"),
    "step_none": ("chưa báo", "not told"),
    "step_assignee": ("người xử lý", "assignee"),
    "step_head": ("lãnh đạo đơn vị", "head"),
    "step_office": ("văn phòng", "office"),
    "step_leaders": ("lãnh đạo tỉnh", "leadership"),
    "trend_title": ("12 tuần gần đây", "The last 12 weeks"),
    "opened_n": ("Phản ánh", "Reported"),
    "solved_n": ("Xử lý xong", "Solved"),
    "as_table": ("Xem dạng bảng", "As a table"),
    "as_map": ("Xem bản đồ", "As a map"),
    "week_from": ("Tuần từ", "Week from"),
    "map_title": ("Phiếu đang mở theo xã, phường", "Open tickets by commune"),
    "map_note": (
        "Chấm to là nhiều phiếu, đỏ là có phiếu quá hạn. Báo nhiều không phải là yếu: không xếp "
        "hạng xã theo số phản ánh.",
        "A large dot is many tickets, a red one has overdue ones. To report much is no weakness: "
        "communes are not ranked by it.",
    ),
    "score_title": ("Bảng điểm các đơn vị", "Scoreboard of departments"),
    "period": ("Phiếu mở trong", "Tickets opened within"),
    "days": ("ngày", "days"),
    "score_note": (
        "Phiếu chuyển nhầm chỉ tính cho đơn vị cuối, từ lúc đến nơi. Dưới 5 phiếu (hoặc 5 lượt "
        "chấm) không tính tỷ lệ. Thời gian trả lời tính cả ngày đêm.",
        "A ticket that was wrongly routed counts only for where it ended, from when it came there. "
        "Below 5 tickets (or ratings) no share is told. Time to answer runs day and night.",
    ),
    "counted_at": ("Tính lúc", "Counted at"),
    "volume": ("Số phiếu", "Tickets"),
    "answered_in_time": ("Trả lời đúng hạn", "Answered in time"),
    "median": ("Trả lời bước đầu (trung vị)", "First answer (median)"),
    "hours": ("giờ", "h"),
    "solved_in_time": ("Xử lý đúng hạn", "Solved in time"),
    "reopened_share": ("Phải mở lại", "Reopened"),
    "broken": ("Lỡ hẹn", "Broken promises"),
    "stars": ("Xã chấm", "Rated"),
}
