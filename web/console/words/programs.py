"""Words about other programs: their keys and addresses, and what their calls are told."""

WORDS: dict[str, tuple[str, str]] = {
    "nav_programs": ("Phần mềm khác", "Other programs"),
    "program_hint": (
        "Khóa API để phần mềm của đơn vị (một cửa, tổng đài, bảng điều hành) đọc và gửi phiếu. Khóa làm thay "
        "một người của đúng một đơn vị, không hơn quyền người ấy; người ấy chịu trách nhiệm. Khóa chỉ hiện "
        "một lần: chép ngay, đừng gửi qua chat.",
        "API keys let an office's software (service desks, call centres, dashboards) read and send tickets. A "
        "key acts for one person of one unit, with no more rights, and that person answers for it. It is shown "
        "once: copy it now, never send it by chat.",
    ),
    "program_new": ("Cấp khóa mới", "A new key"),
    "program_name": ("Tên phần mềm", "Name of the program"),
    "program_person": (
        "Làm thay ai (tên, số điện thoại hoặc số thứ tự)",
        "In whose name (name, phone or number)",
    ),
    "program_unit": ("Ở đơn vị", "For which unit"),
    "program_person_unknown": (
        "Chưa cấp: không có ai, hoặc có nhiều người, mang tên ấy; ghi số thứ tự ở trang Người.",
        "Not made: nobody, or several, are called so; give the number from the page of people.",
    ),
    "program_may": ("Được làm gì", "What it may do"),
    "scope_read": ("Đọc phiếu", "Read tickets"),
    "scope_report": ("Gửi phản ánh", "Send reports"),
    "scope_act": ("Tiếp nhận, cập nhật, trả lời", "Acknowledge, update, answer"),
    "program_make": ("Cấp khóa", "Make the key"),
    "program_made": (
        "Đã cấp khóa. Chép ngay, khóa không hiện lại:",
        "The key is made. Copy it now, it is not shown again:",
    ),
    "program_used": ("Dùng gần nhất", "Last used"),
    "program_never": ("chưa dùng", "never"),
    "program_since": ("Cấp lúc", "Made"),
    "program_revoke": ("Thu hồi khóa", "Revoke the key"),
    "program_revoked": (
        "Đã thu hồi. Phần mềm ấy không vào được nữa.",
        "Revoked. That program is out.",
    ),
    "program_was_revoked": ("Đã thu hồi lúc", "Revoked"),
    "program_none": ("Chưa cấp khóa nào.", "No key yet."),
    "program_stale": ("Khóa hoặc địa chỉ này đã dừng từ trước.", "It was stopped before."),
    "program_name_missing": (
        "Chưa cấp: cần tên phần mềm, không quá 60 ký tự.",
        "Not made: the program needs a name of at most 60 letters.",
    ),
    "program_scope_missing": (
        "Chưa cấp: chọn ít nhất một việc.",
        "Not made: choose what it may do.",
    ),
    "program_full": (
        "Chưa cấp: đã có 100 khóa. Thu hồi khóa không dùng trước.",
        "Not made: there are 100 keys. Revoke unused ones first.",
    ),
    "program_person_not_of_unit": (
        "Chưa cấp: người này không làm việc ở đơn vị ấy, hoặc chưa từng vào kênh nào.",
        "Not made: this person does nothing for that unit, or has never joined a channel.",
    ),
    "hook_title": ("Báo cho phần mềm (webhook)", "Webhooks"),
    "hook_hint": (
        "Địa chỉ https được báo mỗi khi phiếu của đơn vị có việc mới, có chữ ký. Không gửi nội dung; phần mềm "
        "đọc lại bằng khóa. Gửi không được thì thử lại trong 2 giờ, sau đó nằm ở mục Tin hỏng.",
        "An https address is told, signed, whenever something happens to the unit's tickets. No contents are "
        "sent; the program reads them with its key. Failures are tried again for 2 hours, then listed under "
        "failures.",
    ),
    "hook_add": ("Báo cho địa chỉ này", "Tell this address"),
    "hook_url": ("Địa chỉ https", "The https address"),
    "hook_made": (
        "Đã thêm địa chỉ. Bí mật để kiểm chữ ký, chép ngay, không hiện lại:",
        "Added. The secret that proves signatures; copy it now, it is not shown again:",
    ),
    "hook_stop": ("Thôi báo", "Stop"),
    "hook_stopped": ("Đã thôi báo địa chỉ này.", "This address is told nothing more."),
    "hook_bad": (
        "Chưa thêm: cần địa chỉ https:// đầy đủ, không kèm mật khẩu.",
        "Not added: a whole https:// address is needed, without a password.",
    ),
    "hook_no_key": (
        "Chưa báo được cho phần mềm nào: máy chủ cần đặt THAOGO_SECRET_KEY.",
        "No webhooks yet: the server needs THAOGO_SECRET_KEY.",
    ),
    "oidc_enter": ("Đăng nhập bằng tài khoản của tỉnh", "Sign in with the province's account"),
    "oidc_away": (
        "Dịch vụ đăng nhập của tỉnh chưa trả lời. Thử lại sau, hoặc gõ /vao ở kênh chat.",
        "The province's sign-in service does not answer. Try later, or type /vao in chat.",
    ),
    "oidc_unknown": (
        "Chưa vào được. Tài khoản này chưa gắn với ai ở đây: nhờ quản trị viên gắn đúng e-mail, hoặc gõ /vao ở "
        "kênh chat.",
        "Not signed in. The account is nobody's here: ask the administrator to note the mailbox, or type /vao "
        "in chat.",
    ),
    # What calls are told.
    "api_key_missing": (
        "Thiếu khóa: gửi tiêu đề Authorization: Bearer tg_…",
        "No key: send the header Authorization: Bearer tg_…",
    ),
    "api_key_unknown": (
        "Khóa không đúng hoặc đã bị thu hồi; hỏi quản trị viên.",
        "The key is wrong or was revoked; ask the administrator.",
    ),
    "api_person_gone": (
        "Người đứng tên khóa không còn làm việc ở đơn vị này; xin quản trị viên cấp khóa mới.",
        "Whoever answers for the key does nothing for this unit any more; ask for a new key.",
    ),
    "api_scope_missing": ("Khóa này không được cấp cho việc ấy.", "The key was not made for this."),
    "api_too_fast": (
        "Gọi quá nhanh: chờ số giây ghi ở Retry-After.",
        "Too fast: wait the seconds of Retry-After.",
    ),
    "api_bad": (
        "Dữ liệu gửi lên chưa đúng; xem errors.",
        "What was sent is not right; see errors.",
    ),
    "api_stale": (
        "Phiếu đã thay đổi hoặc không còn nhận việc này; đọc lại phiếu.",
        "The ticket has changed, or does not take this any more; read it anew.",
    ),
    "api_nobody_decides": (
        "Cần lãnh đạo đơn vị duyệt mà chưa có ai; ghi số văn bản đã ký trong câu trả lời.",
        "A head must approve and there is none; name the signed document's number in the answer.",
    ),
    "api_no_evidence": (
        "Câu trả lời chưa nói đã làm gì; ghi việc đã làm hoặc số văn bản.",
        "The answer does not say what was done; say so, or name the document's number.",
    ),
    "api_not_yours": (
        "Thấy phiếu nhưng không phải đơn vị chủ trì, hoặc không báo thay được xã này.",
        "It is seen but led by another unit, or this commune is not yours to report for.",
    ),
    "api_key_reused": (
        "Idempotency-Key này đã dùng cho một việc khác.",
        "This Idempotency-Key was used for something else.",
    ),
    "open311_bad": ("Chưa đúng:", "Not right:"),
    "open311_no_service": ("Không có service_code này.", "There is no such service_code."),
    "open311_date": ("Ngày phải từ năm 2000 đến 2200.", "Dates lie between 2000 and 2200."),
    "open311_description": (
        "Cần description, không quá 20.000 ký tự.",
        "A description is needed, of at most 20,000 letters.",
    ),
}
