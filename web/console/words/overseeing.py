"""Words of what the coordinator decides, of broadcasts, and of what failed."""

WORDS: dict[str, tuple[str, str]] = {
    "list_changed": (
        "Danh sách vừa có thay đổi: tải lại trang để xem.",
        "The list has just changed: reload the page to see it.",
    ),
    "list_renewed": ("Danh sách vừa được cập nhật.", "The list has just been renewed."),
    "needs_empty": ("Không có phiếu nào cần quyết.", "Nothing waits for a decision."),
    # Several at once.
    "bulk_pick": ("Chọn", "Choose"),
    "bulk_title": ("Giao nhiều phiếu một lần", "Give several tickets at once"),
    "bulk_hint": (
        "Chọn các phiếu ở trên, chọn một đơn vị; trang sau cho xem lại rồi mới giao.",
        "Choose tickets above and one department; the next page shows them before anything is done.",
    ),
    "bulk_check": ("Xem lại", "Look it over"),
    "bulk_confirm": ("Giao các phiếu này", "Give these tickets"),
    "bulk_will": ("sẽ giao", "will be given"),
    "bulk_done": ("đã giao", "given"),
    "bulk_before": ("đã giao từ lần bấm trước", "given by an earlier press"),
    "bulk_gone": ("không có phiếu này", "no such ticket"),
    "bulk_none": (
        "Chưa giao gì: chọn ít nhất một phiếu và một đơn vị.",
        "Nothing was done: choose at least one ticket and a department.",
    ),
    "bulk_result": ("Kết quả từng phiếu", "What became of each"),
    "bulk_back": ("Về danh sách cần quyết", "Back to what waits"),
    # Broadcasts.
    "nav_broadcasts": ("Thông báo", "Broadcasts"),
    "cast_to": ("Nơi nhận", "To"),
    "cast_to_hint": (
        "Ví dụ: tất cả xã; xã miền núi; huyện cũ Kỳ Sơn; tất cả sở; hoặc tên các xã, cách nhau bằng dấu phẩy.",
        "For instance: tất cả xã; xã miền núi; huyện cũ Kỳ Sơn; tất cả sở; or names of communes with commas.",
    ),
    "cast_groups": (
        "tất cả xã|xã miền núi|khu vực III|tất cả sở",
        "tất cả xã|xã miền núi|khu vực III|tất cả sở",
    ),
    "cast_urgent": ("Gấp: gửi trước các tin khác", "Urgent: goes before other messages"),
    "cast_preview": ("Xem trước", "Preview"),
    "cast_newest": ("Mới nhất", "Newest"),
    "cast_when": ("Gửi lúc", "Sent"),
    "cast_open": ("chưa gửi", "not sent yet"),
    "cast_dropped": ("đã bỏ", "dropped"),
    "cast_reached": ("Đã đến", "Reached"),
    "cast_failed": ("Không đến", "Failed"),
    # A storm.
    "nav_storm": ("Bão lũ", "Storm"),
    "storm_how": (
        "Bật, thêm xã, tắt: gõ /baolu ở kênh chat. Số điện thoại: bấm để gọi.",
        "To switch on, add communes or switch off: /baolu in chat. Phone numbers: touch to call.",
    ),
    "storm_silent": ("im lặng", "silent"),
    "storm_hurt": ("có người bị nạn", "somebody hurt"),
    "storm_trouble": ("có khó khăn", "in trouble"),
    "storm_waiting": ("chờ trả lời", "not answered yet"),
    "storm_nobody": ("chưa có ai để hỏi", "nobody to ask"),
    "storm_safe": ("an toàn", "safe"),
    "storm_needs": ("Các xã báo:", "The communes say:"),
    "storm_table": ("Các xã trong vùng bão lũ", "The communes in the storm"),
    "storm_state": ("Tình hình", "State"),
    "storm_call": ("Gọi cho", "Call"),
    "storm_tickets": ("Phiếu mở/đã báo", "Tickets open/reported"),
    # What failed.
    "nav_failures": ("Tin hỏng", "Failures"),
    "dead": ("Tin không gửi được", "Messages nobody got"),
    "dead_none": ("Không có tin nào.", "None."),
    "aside": ("Tin đến không xử lý được", "Updates nobody could handle"),
    "aside_none": ("Không có tin nào.", "None."),
    "failure_done": ("Đã làm.", "Done."),
    "failure_stale": (
        "Chưa làm gì: tin này không còn ở trạng thái cũ.",
        "Nothing was done: it is not as it was any more.",
    ),
}
