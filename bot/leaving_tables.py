"""What each table is, told to whoever takes a province's data elsewhere; and what stays behind."""

TOLD = {
    "absences": "Người vắng mặt, và ai thay, từ lúc nào đến lúc nào.",
    "broadcasts": "Thông báo gửi nhiều nơi: ai gửi, lời, đến được mấy nơi.",
    "carriers": "Các xã cùng đứng tên một phiếu.",
    "clusters": "Đề xuất nhu cầu giống nhau của nhiều xã, và người quyết thế nào.",
    "contacts": "Nơi nhắn được cho một người hay một nhóm: kênh và địa chỉ trên kênh.",
    "conversations": "Cuộc trò chuyện đang dừng ở đâu.",
    "counters": "Số phiếu đã cấp đến đâu, theo năm.",
    "data_requests": "Yêu cầu về dữ liệu cá nhân, hạn, trả lời.",
    "deeds": "Việc quản trị người dùng: ai mời, rút mã, khóa, mở khóa ai.",
    "deliveries": "Từng lần gửi tin: kênh, kết quả, giờ.",
    "duties": "Ai giữ vai trò gì ở đơn vị nào, từ lúc nào.",
    "guidances": "Câu hỏi đáp đã công bố.",
    "imports": "Danh sách việc đã nhập: nguồn, ai nhập.",
    "inbox": "Khóa của tin đã nhận (để không xử lý hai lần), tin bị giữ lại.",
    "invitations": "Mã mời đã tạo: cho ai, đơn vị nào, đã dùng chưa (không có mã).",
    "media": "Tệp đính kèm của phiếu; `hash` là tên tệp trong thư mục `media`, `mime` là loại.",
    "notices": "Tin đã quyết định gửi: gửi ai, lời, nút bấm.",
    "outages": "Đề xuất sự cố chung nhiều xã cùng báo.",
    "pack_changes": "Thay đổi dữ liệu tỉnh đã hẹn ngày: ai sửa, từ ngày nào.",
    "pack_versions": "Dữ liệu tỉnh (đơn vị, quy tắc chuyển, quy trình, lịch) từng bản, từ lúc nào.",
    "paper_templates": "Mẫu văn bản .docx các đơn vị đã nộp (`content` là tệp, mã base64).",
    "people": "Người dùng: tên, số máy, ngôn ngữ.",
    "roll_calls": "Điểm danh trong bão: hỏi, trả lời.",
    "rounds": "Việc lặp lại theo lịch, lần tới.",
    "shifts": "Lịch trực.",
    "storm_events": "Nhật ký của từng đợt bão.",
    "storms": "Các đợt bão: ai bật, xã nào, từ lúc nào đến lúc nào.",
    "tasks": "Việc phối hợp: đơn vị nào được hỏi, hỏi gì, trả lời gì.",
    "ticket_events": "Lịch sử xử lý: mỗi dòng một việc đã xảy ra với phiếu, ai làm, theo quy tắc nào.",
    "tickets": "Phiếu ở trạng thái hiện nay.",
    "viewings": "Nhật ký ai đã xem, tải gì.",
    "web_lines": "Lời trong trang chat.",
    "wordings": "Mẫu trả lời của các đơn vị.",
}
"""By table."""
LEFT_OUT = {
    "api_tokens": "khóa của phần mềm khác, cấp lại ở nơi mới",
    "api_writes": "khóa chống ghi trùng của phần mềm khác",
    "channel_marks": "mã truy cập của kênh, chỉ dùng được ở đây",
    "hosted_files": "liên kết tạm cho kênh lấy tệp",
    "link_codes": "mã nối kênh, vài phút là hết",
    "one_time_links": "liên kết dùng một lần",
    "sign_in_subjects": "tài khoản ở dịch vụ đăng nhập của tỉnh, tự gắn lại khi vào",
    "web_sessions": "phiên đăng nhập",
    "webhooks": "địa chỉ báo tin của phần mềm khác",
}
"""Tables of what opens something, and why nobody needs them elsewhere."""
SECRET = {"invitations": {"code_hash"}}
"""Columns that are left out, by table."""

README = """# Dữ liệu của {province}

Xuất từ Tháo Gỡ lúc {at} (giờ UTC), lược đồ {schema}. Mỗi bảng có hai tệp trong `bang/`:

- `.jsonl` (JSON Lines): mỗi dòng một bản ghi, đúng từng chữ; dùng để nạp vào hệ thống khác.
- `.csv` (UTF-8, dấu phẩy, tên cột ở dòng đầu): mở được bằng bảng tính. Ô bắt đầu bằng dấu = + - @ có thêm dấu ' ở đầu để không thành công thức.

Giờ là UTC theo ISO 8601. Cột `ticket_id`, `person_id`, `contact_id`… trỏ tới `id` của bảng cùng tên. Tệp đính kèm nằm trong
`media/xx/`, tên là SHA-256 của nội dung; loại tệp, tên gốc và phiếu ở bảng `media`. Mở `manifest.json` để đối chiếu số dòng, số tệp.

Đây là dữ liệu cá nhân và tài liệu công vụ: giữ như giữ cơ sở dữ liệu.

*Exported from Tháo Gỡ. JSON Lines are exact, CSV is for spreadsheets; instants are UTC; files are named by their SHA-256.*

| Bảng | Là gì | Số dòng | Cột |
| --- | --- | --- | --- |
{tables}

Không xuất: {left_out}.
"""
