"""Words of signing in, of the frame, and of the queue."""

WORDS: dict[str, tuple[str, str]] = {
    # In and out.
    "console_enter": ("Vào trang điều hành", "Enter the console"),
    "console_enter_press": (
        "Bấm nút dưới đây để mở trang điều hành trên máy này. Liên kết chỉ dùng được một lần, "
        "trong 10 phút; không dùng quá 12 giờ thì tự thoát.",
        "Press the button to open the console on this device. The link works once, for 10 minutes; "
        "after 12 hours without use you are signed out.",
    ),
    "console_signed_out": (
        "Máy này chưa đăng nhập trang điều hành hoặc phiên đã hết hạn. Gõ /vao ở kênh đang dùng "
        "để lấy liên kết mới.",
        "This device is not signed in to the console any more. Send /vao on the channel you use "
        "to get a new link.",
    ),
    "mail_hint": (
        "Ghi địa chỉ e-mail mà quản trị viên đã gắn cho anh/chị; liên kết dùng một lần, trong 10 phút.",
        "Enter the e-mail address that the administrator has noted for you; the link works once, for "
        "10 minutes.",
    ),
    "mail_address": ("E-mail", "E-mail"),
    "mail_send": ("Gửi liên kết", "Send the link"),
    "mail_sent": (
        "Nếu địa chỉ này là của người dùng trang điều hành, liên kết đang được gửi tới. Chưa thấy thì xem "
        "mục thư rác, hoặc gõ /vao ở kênh chat.",
        "If the address belongs to somebody with a console, the link is on its way. If it does not come, "
        "look into the spam folder or send /vao in chat.",
    ),
    "mail_off": (
        "Nơi này chưa gửi liên kết qua e-mail. Gõ /vao ở kênh chat.",
        "No links are sent by e-mail here. Send /vao in chat.",
    ),
    "mail_link": ("Nhận liên kết qua e-mail", "Get the link by e-mail"),
    "console_none": (
        "Trang điều hành dành cho sở, ngành, điều phối và lãnh đạo. Anh/chị dùng trang trò chuyện.",
        "The console is for departments, coordination and leadership. Please use the chat page.",
    ),
    "console_link_used": (
        "Liên kết đã dùng hoặc đã hết hạn. Gõ /vao ở kênh đang dùng để lấy liên kết mới.",
        "The link was used or has expired. Send /vao on the channel you use to get a new one.",
    ),
    "console_leave_ask": (
        "Thoát trang điều hành trên máy này, hoặc thoát mọi máy đang đăng nhập của anh/chị, "
        "kể cả trang trò chuyện.",
        "Sign out of the console on this device, or on every device of yours, the chat page "
        "included.",
    ),
    "console_leave_all": ("Đăng xuất mọi máy", "Sign out everywhere"),
    "console_left": ("Đã thoát", "Signed out"),
    "console_left_one": (
        "Muốn vào lại, gõ /vao ở kênh đang dùng.",
        "To come back, send /vao on the channel you use.",
    ),
    "console_left_all": (
        "Mọi máy của anh/chị đã thoát. Muốn vào lại, gõ /vao ở kênh đang dùng.",
        "All your devices are signed out. To come back, send /vao on the channel you use.",
    ),
    # The frame.
    "to_main": ("Đến nội dung chính", "To the main content"),
    "nav": ("Các trang", "Pages"),
    "nav_chat": ("Trò chuyện", "Chat"),
    "nav_console": ("Trang điều hành", "Console"),
    "nav_queue": ("Phiếu", "Tickets"),
    # The queue.
    "search": ("Tìm", "Search"),
    "search_hint": ("số phiếu, nơi, việc: không cần dấu", "number, place, matter: no marks needed"),
    "whose": ("Phiếu", "Tickets"),
    "whose_ours": ("Đơn vị chủ trì", "We lead"),
    "whose_all": ("Toàn tỉnh", "Whole province"),
    "whose_helping": ("Đơn vị phối hợp", "We coordinate"),
    "whose_mine": ("Tôi phụ trách", "Assigned to me"),
    "status_open": ("Đang mở", "Open"),
    "urgency": ("Mức độ", "Urgency"),
    "any": ("Tất cả", "Any"),
    "matter": ("Lĩnh vực", "Category"),
    "only_unanswered": ("Chỉ chưa có trả lời bước đầu", "Without a first answer only"),
    "only_overdue": ("Chỉ quá hạn", "Overdue only"),
    "more_filters": ("Lọc thêm", "More filters"),
    "filter": ("Lọc", "Filter"),
    "tickets_found": ("phiếu", "tickets"),
    "page": ("trang", "page"),
    "page_before": ("Trang trước", "Previous page"),
    "page_after": ("Trang sau", "Next page"),
    "queue_empty": (
        "Không có phiếu nào. Bớt điều kiện lọc để xem thêm.",
        "No tickets. Remove some filters to see more.",
    ),
    "older_left": (
        "Phiếu đã kết thúc: mới xem 5.000 phiếu gần nhất của đoạn này.",
        "Ended tickets: only the newest 5,000 of this stretch have been looked through.",
    ),
    "older_on": ("Tìm tiếp trong phiếu cũ hơn", "Look through older ones"),
    "search_ended": ("Tìm cả trong phiếu đã kết thúc", "Search tickets that have ended too"),
    "col_ticket": ("Phiếu", "Ticket"),
    "col_commune": ("Xã, phường", "Commune"),
    "col_lead": ("Chủ trì", "Lead"),
    "col_status": ("Trạng thái", "Status"),
    "col_due": ("Hạn tiếp theo", "Next deadline"),
    "col_assignee": ("Phụ trách", "Assignee"),
    "overdue": ("quá hạn", "overdue"),
    "pressed": ("xã hỏi tiến độ", "asked about"),
    "to_approve": ("chờ lãnh đạo duyệt", "waits for approval"),
    "tentative": ("tạm giao", "tentative"),
    "owed_acknowledge": ("tiếp nhận trước", "acknowledge by"),
    "owed_answer": ("trả lời bước đầu trước", "first answer by"),
    "owed_update": ("cập nhật trước", "update by"),
    "owed_result": ("xử lý xong trước", "resolve by"),
    "owed_promise": ("hẹn", "promised for"),
}
