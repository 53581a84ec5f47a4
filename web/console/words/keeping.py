"""Words of backups, of how long things are kept, and of what channels carried."""

WORDS: dict[str, tuple[str, str]] = {
    "nav_keeping": ("Sao lưu, lưu giữ", "Backups, retention"),
    "backups": ("Sao lưu", "Backups"),
    "backup_none": (
        "Chưa ghi nhận bản sao lưu nào. Bật thaogo-backup.timer trên máy chủ, hoặc chạy: thaogo backup.",
        "No backup has been noted. Switch thaogo-backup.timer on, on the server, or run: thaogo backup.",
    ),
    "backup_late": (
        "Số ngày chưa có bản sao lưu mới, kiểm tra máy chủ:",
        "Days without a new backup, look at the server:",
    ),
    "backup_name": ("Tệp", "File"),
    "backup_size": ("Dung lượng (MB)", "Size (MB)"),
    "backup_rows": ("Số dòng", "Rows"),
    "backup_files": ("Ảnh, tệp", "Photos, files"),
    "backup_missing": ("Thiếu", "Missing"),
    "backup_note": (
        "Bản sao lưu có mọi dữ liệu của tỉnh nên chỉ làm và lấy trên máy chủ, không tải qua trang này. Chép bản mới nhất sang "
        "máy khác, và thử khôi phục định kỳ (thaogo restore).",
        "A backup holds everything of the province: it is made and fetched on the server, never through this page. Copy the "
        "newest to another machine, and try to restore it now and then (thaogo restore).",
    ),
    "retention": ("Thời gian giữ", "Retention"),
    "retention_note": (
        "Phiếu, lịch sử xử lý và người dùng không tự xóa. Đêm 02:30 dọn những gì quá hạn.",
        "Tickets, their histories and people never go by themselves. What is over goes at 02:30.",
    ),
    "retention_hint": (
        "Số ngày (từ 92), ví dụ 180 ngày; để trống là giữ mãi.",
        "A number of days (92 at least), as 180 days; empty is for good.",
    ),
    "retention_edit": ("Sửa thời gian giữ", "Edit the retention"),
    "retention_last": ("Lần dọn gần nhất", "Last look"),
    "kept_what": ("Loại", "Kind"),
    "kept_for": ("Giữ", "Kept"),
    "kept_gone": ("Đã xóa", "Gone"),
    "for_good": ("giữ mãi", "for good"),
    "days": ("ngày", "days"),
    "keep_payloads": ("Nội dung tin đến không xử lý được", "Updates that nobody could handle"),
    "keep_messages": ("Tin đã gửi của phiếu đã kết thúc", "Messages sent about ended tickets"),
    "keep_lines": ("Lời trong trang chat", "Lines of web chats"),
    "keep_files": ("Ảnh, tệp của phiếu đã kết thúc", "Photos and files of ended tickets"),
    "keep_looks": ("Nhật ký ai đã xem phiếu", "Who looked at which ticket"),
    "month_use": ("Đã dùng tháng này", "Used this month"),
    "month_at": ("Đếm lúc", "Counted"),
    "month_none": (
        "Chưa đếm, hoặc chưa dùng kênh nào có hạn mức hay mất tiền.",
        "Not counted yet, or no channel with a quota or a price was used.",
    ),
    "month_nearly": ("sắp hết", "nearly used up"),
}
