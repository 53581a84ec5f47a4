"""Words of files that leave: the columns of lists, and the form of the report."""

WORDS: dict[str, tuple[str, str]] = {
    "download": ("Tải về:", "Download:"),
    "making": ("Đang tạo tệp", "The file is being made"),
    "making_hint": (
        "Để trang này mở; xong thì tệp tự tải về, hoặc bấm nút. Đóng trang là dừng.",
        "Keep this page open; the file downloads by itself when it is done. Closing the page ends it.",
    ),
    "made_rows": ("Số phiếu đã ghi:", "Tickets written:"),
    "made_tickets": ("phiếu", "tickets"),
    "made_get": ("Tải tệp đã tạo xong", "Download the file"),
    "made_failed": (
        "Chưa tạo được tệp. Quay lại hàng đợi rồi tải lại giúp.",
        "The file could not be made. Go back to the queue and try again.",
    ),
    "content": ("Nội dung phản ánh", "Report"),
    "by_acknowledge": ("Hạn tiếp nhận", "Acknowledge by"),
    "by_answer": ("Hạn trả lời bước đầu", "First answer by"),
    "by_result": ("Hạn xử lý", "Resolve by"),
    "at_answer": ("Trả lời lúc", "Answered at"),
    "at_result": ("Xử lý lúc", "Resolved at"),
    "nav_report": ("Báo cáo", "Report"),
    "report_title": (
        "Báo cáo tổng hợp khó khăn, vướng mắc",
        "Report of difficulties",
    ),
    "report_hint": (
        "Tệp .docx theo thể thức Nghị định 30/2020/NĐ-CP; số, ký hiệu và chữ ký để trống. "
        "Phiếu hạn chế chỉ có số, xã và lĩnh vực.",
        "A .docx in the layout of decree 30/2020/NĐ-CP; number and signature are left blank. Of "
        "restricted tickets only number, commune and category are told.",
    ),
    "report_from": ("Từ ngày", "From"),
    "report_to": ("Đến hết ngày", "To the end of"),
    "report_by": ("Sắp xếp theo", "Grouped by"),
    "report_by_lead": ("đơn vị chủ trì", "department"),
    "report_by_commune": ("xã, phường", "commune"),
    "report_by_matter": ("lĩnh vực", "category"),
    "report_make": ("Tải .docx", "Download .docx"),
}
