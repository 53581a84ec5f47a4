"""Words of people's own data: the page for oneself, the administrator's queue, the access log."""

WORDS: dict[str, tuple[str, str]] = {
    "mine_title": ("Dữ liệu của tôi", "My data"),
    "mine_why": (
        "Văn phòng UBND tỉnh xử lý các dữ liệu này để giải quyết công việc (Luật 91/2025/QH15, Nghị "
        "định 356/2025/NĐ-CP).",
        "The office of the provincial People's Committee processes this for official work (Law "
        "91/2025/QH15, Decree 356/2025/NĐ-CP).",
    ),
    "mine_duties": ("Nhiệm vụ", "Duties"),
    "mine_tickets": ("Phiếu đã báo", "Tickets reported"),
    "mine_take": ("Tải tất cả (.json)", "Download all (.json)"),
    "mine_correct": ("Sửa thông tin", "Correct"),
    "mine_ask": ("Gửi yêu cầu", "Send a request"),
    "mine_what": ("Yêu cầu", "Request"),
    "mine_words": ("Nội dung (không bắt buộc)", "In your words (optional)"),
    "mine_clocks": (
        "Hạn trả lời (ngày làm việc), hạn làm xong",
        "To answer (working days), to be done",
    ),
    "mine_effect": (
        "Xóa: tên, số máy, tin nhắn bị xóa hẳn, phiếu chỉ còn đơn vị và chức vụ. Ngừng xử lý: tài khoản "
        "ngừng, dữ liệu giữ nguyên.",
        "Deletion: name, number and messages go for good, tickets keep unit and post. Stopping: the "
        "account rests, the data stay.",
    ),
    "mine_requests": ("Yêu cầu đã gửi", "Requests sent"),
    "mine_withdraw": ("Rút yêu cầu", "Withdraw request"),
    "mine_corrected": ("Đã sửa.", "Corrected."),
    "mine_asked": (
        "Đã gửi yêu cầu tới quản trị viên; kết quả xem ở dưới và ở kênh chat.",
        "Sent to the administrators; see below and in chat what becomes of it.",
    ),
    "mine_withdrawn": ("Đã rút yêu cầu.", "Withdrawn."),
    # The administrator's queue.
    "nav_data": ("Dữ liệu cá nhân", "Personal data"),
    "data_hint": (
        "Trả lời trước hạn, rồi mới làm: người yêu cầu đọc lời trả lời ở kênh chat. Hạn đặt trong gói "
        "dữ liệu (personal_data).",
        "Answer in time, then do it: the person reads the answer in chat. The clocks are set in the "
        "pack (personal_data).",
    ),
    "data_none": ("Không có yêu cầu nào.", "No requests."),
    "data_asked": ("trả lời trước", "answer before"),
    "data_accepted": ("đã chấp nhận, làm xong trước", "accepted, to be done before"),
    "data_extended": ("đã gia hạn", "extended"),
    "data_done": ("đã làm xong", "done"),
    "data_refused": ("không chấp nhận", "refused"),
    "data_withdrawn": ("đã rút", "withdrawn"),
    "data_answer": ("Trả lời (người yêu cầu đọc được)", "Answer (the person reads it)"),
    "data_accept": ("Chấp nhận", "Accept"),
    "data_refuse": ("Không chấp nhận", "Refuse"),
    "data_extend": ("Gia hạn một lần", "Extend once"),
    "data_do": ("Thực hiện", "Carry out"),
    "data_sure": ("Tôi đã kiểm tra, làm ngay", "I have checked; do it now"),
    "data_effect_delete": (
        "Tên, số máy, địa chỉ kênh, tin nhắn của người này bị xóa, không lấy lại được. Phiếu còn đơn vị và "
        "chức vụ; việc đang làm trả về đơn vị.",
        "The person's name, number, addresses and messages are erased for good. Tickets keep unit and "
        "post; work in hand goes back to the unit.",
    ),
    "data_effect_restrict": (
        "Người này ra khỏi mọi kênh, không nhận tin; dữ liệu giữ nguyên. Mở lại ở mục Người dùng.",
        "The person is signed out everywhere and hears nothing; the data stay. Undo it on page People.",
    ),
    "data_effect_correct": (
        "Sửa trước (mục Người dùng, hoặc người đó tự sửa), rồi bấm để ghi là đã làm.",
        "Correct it first (page People, or they do it themselves), then note here that it is done.",
    ),
    "data_words": ("Chưa làm gì: cần ghi lý do.", "Nothing was done: a reason is needed."),
    "data_unsure": (
        "Chưa làm gì: đánh dấu ô xác nhận.",
        "Nothing was done: tick the box to confirm.",
    ),
    "data_stale": (
        "Chưa làm gì: yêu cầu vừa thay đổi, xem lại ở dưới.",
        "Nothing was done: the request has just changed; look below.",
    ),
    "data_own": (
        "Không ai tự xử lý yêu cầu của mình: một quản trị viên khác làm.",
        "Nobody decides about their own request: another administrator does.",
    ),
    # Purging a file.
    "purge_title": ("Xóa hẳn tệp", "Purge a file"),
    "purge_hint": (
        "Dùng khi tệp là giấy tờ của dân hoặc văn bản Mật. Tệp mất hẳn ở mọi phiếu, gửi lại đúng tệp này "
        "cũng không giữ; lịch sử chỉ ghi đã xóa một tệp. Không lấy lại được. Bản đã gửi sang Telegram, "
        "Zalo thì phải xóa ở đó.",
        "For citizens' papers and secret documents. The file goes for good in every ticket and is not "
        "kept when it is sent again; the history only says that a file was purged. It cannot be undone. "
        "What was sent to Telegram or Zalo has to be deleted there.",
    ),
    "purge_papers": ("Giấy tờ của dân", "Citizens' papers"),
    "purge_secret": ("Văn bản Mật, Tối mật", "Secret document"),
    "purge_other": ("Lý do khác", "Another reason"),
    "purge_do": ("Xóa hẳn", "Purge"),
    "done_purged": ("Đã xóa hẳn tệp.", "The file is purged."),
    # The access log.
    "looks_title": ("Ai đã xem phiếu", "Who looked at tickets"),
    "looks_note": (
        "Ghi mỗi lần mở trang phiếu, tệp, bản thảo và mỗi lần tải danh sách, báo cáo; mở lại trong 10 "
        "phút tính một lần.",
        "Each opening of a ticket's page, file or draft, and each list or report that was taken along; "
        "opened again within 10 minutes counts once.",
    ),
    "looks_none": ("Chưa có lượt xem nào.", "No looks yet."),
    "look_page": ("mở phiếu", "opened the ticket"),
    "look_file": ("mở tệp", "opened a file"),
    "look_letter": ("tải bản thảo", "downloaded a draft"),
    "look_xlsx": ("tải danh sách .xlsx", "downloaded the list as .xlsx"),
    "look_csv": ("tải danh sách .csv", "downloaded the list as .csv"),
    "look_report": ("tải báo cáo .docx", "downloaded a report"),
    "look_api": ("qua API", "by the API"),
    "look_own": ("tải dữ liệu của mình", "downloaded their own data"),
}
