"""Words of the wordings that departments keep for their answers."""

WORDS: dict[str, tuple[str, str]] = {
    "nav_wordings": ("Mẫu trả lời", "Wordings"),
    "wording_hint": (
        "Mẫu hiện bên cạnh phiếu đúng lĩnh vực; người trả lời chèn vào ô, sửa rồi mới gửi. Trong mẫu "
        "ghi được {số phiếu}, {xã}, {việc}, {đơn vị}, {ngày}.",
        "A wording is offered at tickets of its category; whoever answers inserts it, changes it, then "
        "sends. It may hold {số phiếu}, {xã}, {việc}, {đơn vị}, {ngày}.",
    ),
    "wording_new": ("Thêm mẫu", "A new wording"),
    "wording_unit": ("Dùng cho", "Used by"),
    "wording_all": ("Mọi đơn vị", "Every department"),
    "wording_any": ("Mọi lĩnh vực", "Every category"),
    "wording_title": ("Tên mẫu", "Title"),
    "wording_add": ("Thêm mẫu trả lời", "Add the wording"),
    "wording_change": ("Sửa mẫu", "Change"),
    "wording_save": ("Lưu mẫu", "Save"),
    "wording_remove": ("Bỏ mẫu này", "Remove it"),
    "wording_none": ("Chưa có mẫu nào.", "None yet."),
    "wording_not_yours": (
        "Mẫu trả lời do lãnh đạo sở, ngành và điều phối viên soạn.",
        "Wordings are kept by the heads of departments and by the coordinator.",
    ),
    "wording_kept": ("Đã lưu mẫu.", "Saved."),
    "wording_gone": ("Đã bỏ mẫu.", "Removed."),
    "wording_stale": (
        "Chưa lưu: người khác vừa sửa mẫu này. Chữ của anh/chị còn ở dưới, xem lại rồi lưu.",
        "Not saved: somebody has just changed it. Your words are below; look again, then save.",
    ),
    "wording_full": ("Chưa lưu: đơn vị đã có 200 mẫu.", "Not saved: the unit has 200 already."),
    "wording_empty": (
        "Chưa lưu: cần tên mẫu và nội dung.",
        "Not saved: title and text are needed.",
    ),
    "wording_long": ("Chưa lưu: dài quá 2.000 ký tự.", "Not saved: longer than 2,000 characters."),
    "wording_matter": ("Chưa lưu: không có lĩnh vực này.", "Not saved: no such category."),
    "wording_insert": ("Chèn vào", "Insert into"),
}
