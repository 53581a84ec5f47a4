"""Words of what the coordinator decides, of broadcasts, and of what failed."""

WORDS: dict[str, tuple[str, str]] = {
    "list_changed": (
        "Danh sách vừa có thay đổi: tải lại trang để xem.",
        "The list has just changed: reload the page to see it.",
    ),
    "needs_empty": ("Không có phiếu nào cần quyết.", "Nothing waits for a decision."),
    # Broadcasts.
    "nav_broadcasts": ("Thông báo", "Broadcasts"),
    "cast_to": ("Nơi nhận", "To"),
    "cast_to_hint": (
        "tất cả xã, xã miền núi, huyện cũ Kỳ Sơn, tên các xã cách nhau bằng dấu phẩy, tất cả sở",
        "tất cả xã, xã miền núi, huyện cũ Kỳ Sơn, names of communes with commas, tất cả sở",
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
