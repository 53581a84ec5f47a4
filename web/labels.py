"""Every word on the pages: Vietnamese, and the same in English beside it.

One file on purpose: whoever checks the wording reads it from top to bottom. The console's words
stand in web.console.words, what is said in the chat itself in tickets.texts.
"""

from collections.abc import Callable
from functools import cache

from web.console import words

WORDS: dict[str, tuple[str, str]] = {
    **words.WORDS,
    # Front page and joining.
    "name": ("Tháo Gỡ", "Tháo Gỡ"),
    "what": (
        "Kênh để cán bộ xã, phường phản ánh khó khăn, vướng mắc ngay trên điện thoại. "
        "Mỗi phản ánh thành một phiếu có số, tới đúng đơn vị chủ trì, có hạn trả lời.",
        "The line on which officials of communes and wards report difficulties from their phones. "
        "Each report becomes a numbered ticket, goes to the department in charge with a deadline.",
    ),
    "danger": (
        "Có người gặp nạn: gọi ngay 112, cấp cứu 115, cháy 114, công an 113.",
        "Somebody in danger: call 112 now, ambulance 115, fire 114, police 113.",
    ),
    "enter_code": ("Nhập mã mời", "Enter your invitation code"),
    "code_hint": ("12 chữ và số, ví dụ K7PM-2QXD-94TA", "12 letters and digits, as K7PM-2QXD-94TA"),
    "code_from": (
        "Chưa có mã: hỏi Văn phòng UBND xã hoặc quản trị viên. Đã tham gia mà đổi máy: "
        "nhắn /web ở kênh đang dùng, hoặc xin quản trị viên liên kết đăng nhập.",
        "No code: ask the commune's office or the administrator. Joined before, new device: "
        "send /web on the channel you use, or ask the administrator for a sign-in link.",
    ),
    "join": ("Tham gia", "Join"),
    "join_title": ("Tham gia kênh Tháo Gỡ", "Join Tháo Gỡ"),
    "join_press": (
        "Bấm nút dưới đây để tham gia trên máy này. Mã chỉ dùng được một lần.",
        "Press the button to join on this device. The code works once.",
    ),
    "wrong_code": (
        "Mã mời chưa đúng, đã dùng hoặc đã hết hạn. Xem lại từng chữ, hoặc xin mã mới.",
        "The code is wrong, used or expired. Check each letter, or ask for a new one.",
    ),
    "desk_code": (
        "Mã này để gắn nhóm chat của đơn vị: gõ mã trong nhóm đó.",
        "This code binds a unit's group chat: type it in that group.",
    ),
    "sign_in": ("Đăng nhập", "Sign in"),
    "sign_in_title": ("Đăng nhập trên máy này", "Sign in on this device"),
    "sign_in_for": ("Liên kết này là của", "This link belongs to"),
    "sign_in_press": (
        "Bấm nút dưới đây để mở cuộc trò chuyện trên máy này. Liên kết chỉ dùng được một lần, "
        "trong 10 phút. Không phải của bạn thì đóng trang này.",
        "Press the button to open your conversation on this device. The link works once, "
        "for 10 minutes. If it is not yours, close this page.",
    ),
    "to_chat": ("Vào cuộc trò chuyện", "To the conversation"),
    "to_console": ("Vào trang điều hành", "To the console"),
    "to_front": ("Về trang đầu", "To the front page"),
    # The chat.
    "write": ("Viết việc cần báo…", "Write what is wrong…"),
    "to_form": ("Đến ô viết tin", "To the message box"),
    "write_label": ("Nội dung", "Message"),
    "send": ("Gửi", "Send"),
    "photos": ("Ảnh, tệp", "Photos, files"),
    "photos_chosen": ("tệp", "files"),
    "place": ("Vị trí", "Place"),
    "place_sent": ("Đã gửi vị trí", "Place sent"),
    "refresh": ("Xem tin mới", "Look for news"),
    "sign_out": ("Thoát", "Sign out"),
    "sign_out_ask": (
        "Thoát khỏi máy này? Để vào lại cần một liên kết đăng nhập mới.",
        "Sign out on this device? You will need a new sign-in link to come back.",
    ),
    "stay": ("Ở lại", "Stay"),
    "empty": (
        "Chưa có tin nào. Anh/chị viết việc cần báo, một tin là đủ.",
        "Nothing yet. Write what is wrong; one message is enough.",
    ),
    "reply": ("Trả lời", "Reply"),
    "reply_to": ("Trả lời tin:", "In reply to:"),
    "cancel": ("Bỏ", "Cancel"),
    "photo_alt": ("Ảnh gửi kèm", "Attached photo"),
    "file": ("Tệp gửi kèm", "Attached file"),
    "older": ("Tin cũ hơn", "Older messages"),
    "newest": ("Về tin mới nhất", "To the newest message"),
    "now_sending": ("Đang gửi…", "Sending…"),
    "no_network": (
        "Mất mạng. Tin còn nguyên và sẽ tự gửi lại.",
        "No network. Your message is kept and will be sent again.",
    ),
    "cut_off": ("Mất kết nối, đang nối lại…", "Connection lost, reconnecting…"),
    "ended": ("Phiên đã kết thúc. Tải lại trang.", "Your session has ended. Reload the page."),
    "no_place": (
        "Máy không cho biết vị trí. Anh/chị viết tên bản, xóm.",
        "The device gives no place. Please write the name of the village.",
    ),
    "photos_refused": (
        "Có ảnh, tệp không nhận được: mỗi tệp tối đa 10 MB; ảnh JPEG, PNG, WebP, phim MP4, PDF, "
        "Word, Excel. Phần còn lại đã gửi.",
        "A photo or file could not be taken: at most 10 MB each; JPEG, PNG, WebP, MP4, PDF, Word, "
        "Excel. The rest was sent.",
    ),
    "photos_lost": (
        "Máy chủ không lưu được ảnh. Phần còn lại đã gửi; gửi lại ảnh sau ít phút.",
        "The server could not keep the photos. The rest was sent; send the photos again later.",
    ),
    "photos_many": (
        "Mỗi lần nhận tối đa 10 ảnh; 10 ảnh đầu đã gửi. Gửi tiếp các ảnh còn lại.",
        "At most 10 photos at a time; the first 10 were sent. Send the others next.",
    ),
    # What went wrong, and what to do.
    "problem": ("Chưa làm được", "That did not work"),
    "bad": (
        "Trang gửi lên chưa đúng. Quay lại cuộc trò chuyện và thử lại.",
        "What was sent is not right. Go back to the conversation and try again.",
    ),
    "not_from_here": (
        "Yêu cầu này không gửi từ trang Tháo Gỡ. Mở lại trang rồi bấm lần nữa.",
        "This was not sent from a page of Tháo Gỡ. Open the page again and press once more.",
    ),
    "too_slow": (
        "Mạng quá chậm, tin chưa gửi được. Gửi lại với ít ảnh hơn, hoặc gửi chữ trước.",
        "The network is too slow, this was not sent. Send fewer photos, or the text first.",
    ),
    "signed_out": (
        "Máy này chưa đăng nhập hoặc phiên đã hết hạn. Nhập mã mời hoặc xin liên kết đăng nhập mới.",
        "This device is not signed in any more. Enter a code or ask for a new sign-in link.",
    ),
    "old_page": (
        "Trang này đã cũ. Mở lại cuộc trò chuyện rồi gửi lần nữa.",
        "This page is old. Open the conversation again and send once more.",
    ),
    "old_button": (
        "Nút này đã cũ vì phiếu đã thay đổi. Xem tin mới nhất trong cuộc trò chuyện.",
        "This button is old because the ticket has changed. See the newest message.",
    ),
    "link_used": (
        "Liên kết đã dùng hoặc đã hết hạn. Gõ “vào web” trong Zalo, Telegram để có liên kết mới.",
        "The link was used or has expired. Type “vào web” in Zalo or Telegram for a new one.",
    ),
    "not_there": (
        "Không có trang này. Kiểm tra lại địa chỉ.",
        "There is no such page. Check the address.",
    ),
    "too_large": (
        "Gửi quá lớn: mỗi lần tối đa 10 ảnh, mỗi ảnh 10 MB. Bớt ảnh rồi gửi lại.",
        "Too large: at most 10 photos of 10 MB at a time. Send fewer.",
    ),
    "too_long": (
        "Tin dài quá 20.000 chữ. Chia thành nhiều tin rồi gửi lại.",
        "The message is over 20,000 characters. Send it in parts.",
    ),
    "too_many_pages": (
        "Cuộc trò chuyện này đang mở ở quá nhiều trang. Đóng bớt rồi tải lại.",
        "This conversation is open on too many pages. Close some and load again.",
    ),
    "too_many_tries": (
        "Đã nhập sai nhiều lần. Thử lại sau một giờ.",
        "Too many wrong tries. Try again in an hour.",
    ),
    "starting": (
        "Máy chủ đang khởi động. Trang sẽ tự mở lại sau vài giây.",
        "The server is starting. The page will open again in a few seconds.",
    ),
    "our_fault": (
        "Máy chủ đang trục trặc, tin này chưa được ghi nhận. Thử lại sau ít phút; việc gấp thì "
        "gọi điện.",
        "The server is in trouble; this was not recorded. Try again in a few minutes; if it is "
        "urgent, phone.",
    ),
    # The trial.
    "trial_title": ("Dùng thử Tháo Gỡ", "Try Tháo Gỡ"),
    "trial_what": (
        "Đây là bản dùng thử trên máy này: người và dữ liệu đều là giả định, không gửi đi đâu. "
        "Mở một cán bộ xã và một sở, mỗi người một thẻ, rồi báo việc ở thẻ này và trả lời ở thẻ kia.",
        "This is a trial on this machine: people and data are made up, nothing is sent anywhere. "
        "Open a commune's official and a department, each in a tab of its own, report in one and "
        "answer in the other.",
    ),
    "trial_fast": (
        "Ở đây thời gian trôi nhanh, cả tỉnh đang báo việc và trả lời quanh anh/chị: nhắc việc, "
        "quá hạn, báo lãnh đạo đến trong vài phút.",
        "Time runs fast here and a whole province reports and answers around you: reminders and "
        "escalations come within minutes.",
    ),
    "trial_now": ("Bây giờ là", "It is now"),
    "trial_enter": ("Mở", "Open"),
    "trial_only_here": (
        "Bản dùng thử chỉ mở được trên chính máy đang chạy, qua http://localhost hoặc "
        "http://127.0.0.1.",
        "The trial opens only on the machine that runs it, by http://localhost or "
        "http://127.0.0.1.",
    ),
    "trial_real": (
        "Đã có người thật trong dữ liệu, nên bản dùng thử không mở nữa.",
        "There are real people in the data, so the trial does not open any more.",
    ),
}

Say = Callable[[str], str]


@cache
def labels(language: str) -> Say:
    """A function from a word's name to the word; a language that is not there is Vietnamese."""
    column = 1 if language == "en" else 0
    return lambda name: WORDS[name][column]
