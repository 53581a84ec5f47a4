"""Words of a ticket's page and its forms."""

WORDS: dict[str, tuple[str, str]] = {
    # A ticket.
    "restricted": ("hạn chế", "restricted"),
    "reopened": ("mở lại lần", "reopened, time"),
    "commune_says": ("Xã báo:", "The commune says:"),
    "photo_before": ("Ảnh trước", "Previous photo"),
    "photo_after": ("Ảnh sau", "Next photo"),
    "close": ("Đóng", "Close"),
    "result": ("Kết quả", "Result"),
    "merged_into": ("Đã gộp vào", "Merged into"),
    "acts": ("Xử lý", "Acts"),
    "nav_needs": ("Cần quyết", "To decide"),
    "act_decide": ("Giao đơn vị", "Give to a department"),
    "act_number": ("Số văn bản", "Document number"),
    "act_note": ("Ghi chú nội bộ", "Internal note"),
    "sendback_words": ("Cần sửa gì", "What to change"),
    "to_unit": ("Chuyển tới", "To"),
    "whom": ("Mời đơn vị", "Invite"),
    "why": ("Lý do", "Why"),
    "why_told": ("Lý do (xã đọc được)", "Why (the commune reads it)"),
    "question": ("Câu hỏi", "Question"),
    "day": ("Ngày", "Day"),
    "answer_by": ("Trả lời trước ngày (không bắt buộc)", "Answer by (optional)"),
    "tell_again": ("Báo lại xã trước ngày", "Tell the commune again by"),
    "what_was_done": ("Đã làm gì, số văn bản", "What was done, document number"),
    "basis": ("Căn cứ: điều luật, văn bản", "Basis: law, document"),
    "number": ("Số phiếu", "Ticket number"),
    "answer_lead": ("Trả lời đơn vị chủ trì", "Answer to the lead"),
    "hint_ask": (
        "Câu hỏi gửi cho xã; hạn tạm dừng tới khi xã trả lời (trừ việc khẩn cấp).",
        "The question goes to the commune; the clock stands until it answers, except in an "
        "emergency.",
    ),
    "hint_update": ("Xã đọc được ngay.", "The commune reads it at once."),
    "hint_promise": (
        "Xã được báo ngày hẹn. Hẹn xa hơn hạn thì lãnh đạo đơn vị duyệt trước.",
        "The commune is told the day. A day beyond the deadline needs the head's approval first.",
    ),
    "hint_resolve": (
        "Xã được hỏi đã xong thật chưa. Việc về tiền, người, đất thì lãnh đạo duyệt trước, hoặc "
        "ghi số văn bản đã ký.",
        "The commune is asked whether it is really done. Money, staff and land need the head's "
        "approval first, or the number of a signed document.",
    ),
    "hint_reroute": (
        "Phiếu sang đơn vị khác, hạn tính lại; xã và đơn vị mới đọc lý do.",
        "The ticket goes to another department with new deadlines; commune and department read "
        "why.",
    ),
    "hint_plan": (
        "Trả lời xã là chưa có nguồn lực, kèm ngày báo lại; lãnh đạo đơn vị duyệt trước.",
        "Tells the commune that there are no resources yet, and when it hears again; the head "
        "approves first.",
    ),
    "hint_outside": (
        "Việc vượt thẩm quyền của tỉnh: nêu căn cứ; lãnh đạo đơn vị duyệt trước.",
        "Beyond the province's powers: say on which basis; the head approves first.",
    ),
    "hint_ended": (
        "Trung ương đã trả lời: gửi xã và kết thúc phiếu.",
        "The centre has answered: tells the commune and closes the ticket.",
    ),
    "hint_lower": (
        "Không phải khẩn cấp: hạ xuống Gấp; xã có thể nâng lại.",
        "No emergency: lowered to urgent; the commune may raise it again.",
    ),
    "hint_merge": (
        "Phiếu này gộp vào phiếu có số sau; ảnh và lời của xã đi theo.",
        "This ticket joins the one with this number; photos and words go along.",
    ),
    "hint_unmerge": (
        "Phiếu đứng riêng trở lại, hạn tính từ bây giờ.",
        "The ticket stands by itself again, with deadlines from now.",
    ),
    "hint_snooze": (
        "Không nhắc đơn vị tới ngày đó; quy trình đôn đốc vẫn chạy.",
        "No reminder until that day; the escalation runs on.",
    ),
    "hint_number": ("Ví dụ 125/STC-QLNS.", "For example 125/STC-QLNS."),
    "hint_note": (
        "Chỉ đơn vị chủ trì, điều phối và lãnh đạo đọc; xã không thấy.",
        "Only the lead, coordination and leadership read it; the commune does not.",
    ),
    "hint_category": (
        "Đơn vị chủ trì và hạn không đổi.",
        "Lead and deadlines stay as they are.",
    ),
    "parts": ("Phối hợp", "Coordinating units"),
    "reported": ("Phản ánh", "Reported"),
    "coordinating": ("Phối hợp", "Coordinating"),
    "drafts": ("Bản thảo .docx", "Drafts (.docx)"),
    "draft_reply": ("trả lời xã", "reply to the commune"),
    "draft_transfer": ("phiếu chuyển", "transfer slip"),
    "draft_proposal": ("công văn đề nghị", "letter of request"),
    "draft_tracking": ("phiếu theo dõi", "tracking slip"),
    "where": ("Vị trí", "Place"),
    "map_of": ("Bản đồ tỉnh, điểm:", "Map of the province, point:"),
    "place_exact": ("Theo vị trí xã gửi", "As sent by the commune"),
    "place_commune": (
        "Điểm đại diện của xã; phiếu chưa có vị trí.",
        "The commune's own point; the ticket has no position.",
    ),
    "alike": ("Phiếu giống, đã xử lý", "Solved tickets alike"),
    "history": ("Lịch sử xử lý", "History"),
    "history_whole": ("Xem toàn bộ lịch sử", "The whole history"),
    "by_rule": ("Theo quy tắc:", "By rule:"),
    "report_whole": ("Toàn văn phản ánh", "The whole report"),
    "ticket_changed": (
        "Phiếu vừa có thay đổi: tải lại trang trước khi xử lý tiếp.",
        "The ticket has just changed: reload the page before you go on.",
    ),
    # After an act.
    "form_old": (
        "Chưa làm gì: phiếu đã thay đổi từ lúc mở trang này. Xem lại rồi gửi lần nữa.",
        "Nothing was done: the ticket has changed since this page was opened. Look again, then "
        "send once more.",
    ),
    "words_missing": (
        "Chưa làm gì: cần viết vài chữ.",
        "Nothing was done: please write a few words.",
    ),
    "done_ack": ("Đã tiếp nhận, xã được báo.", "Acknowledged; the commune is told."),
    "done_ask": ("Đã hỏi xã.", "The commune is asked."),
    "done_update": ("Đã báo xã.", "The commune is told."),
    "done_lower": ("Đã hạ mức và báo xã.", "Lowered; the commune is told."),
    "done_ended": ("Đã báo xã, phiếu kết thúc.", "The commune is told; the ticket is closed."),
    "done_resolve": ("Đã báo xã, chờ xã xác nhận.", "The commune is told and asked to confirm."),
    "done_promise": ("Đã báo xã ngày hẹn.", "The commune is told the day."),
    "done_plan": (
        "Đã báo xã; sẽ nhắc lại đúng ngày hẹn.",
        "The commune is told; a reminder comes.",
    ),
    "done_outside": (
        "Đã báo xã; mỗi tháng nhắc xem lại.",
        "The commune is told; reviewed monthly.",
    ),
    "done_proposed": (
        "Đã trình lãnh đạo đơn vị; xã được báo sau khi duyệt.",
        "Put before the head; the commune is told after the approval.",
    ),
    "done_assign": ("Đã phân công.", "Assigned."),
    "done_reroute": ("Đã chuyển, xã được báo.", "Rerouted; the commune is told."),
    "done_invite": ("Đã mời phối hợp.", "Invited."),
    "done_note": ("Đã ghi chú nội bộ.", "Noted."),
    "done_tell": ("Đã gửi ghi chú cho xã.", "The note went to the commune."),
    "done_number": ("Đã ghi số văn bản.", "The document number is noted."),
    "done_snooze": ("Đã lùi ngày nhắc.", "The reminder is put off."),
    "done_approve": ("Đã duyệt, xã được báo.", "Approved; the commune is told."),
    "done_sendback": ("Đã chuyển ý kiến cho người trình.", "Your words went to the officer."),
    "done_merge": ("Đã gộp phiếu.", "Merged."),
    "unheard": ("Tin chưa tới ai: gọi điện", "News that reached nobody: call"),
    "called_do": ("Đã báo qua điện thoại", "Told by phone"),
    "done_called": ("Đã ghi: báo qua điện thoại.", "Noted: told by phone."),
    "done_unmerge": ("Đã tách phiếu.", "Taken apart."),
    "done_taskack": ("Đã nhận việc.", "Taken."),
    "done_taskanswer": ("Đã gửi đơn vị chủ trì.", "Sent to the lead."),
    "done_decide": ("Đã giao; xã và đơn vị được báo.", "Given; commune and department are told."),
    "done_keep": ("Giữ nguyên, xã được báo.", "Kept; the commune is told."),
    "done_recategorise": ("Đã sửa lĩnh vực.", "The category is corrected."),
}
