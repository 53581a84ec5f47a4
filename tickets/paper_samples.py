"""Made-up papers, one of each kind: the fields that a template may hold, and what it looks like."""

from tickets.papers import Fields

HEAD: Fields = {
    "co_quan_cap_tren": "UBND TỈNH NGHỆ AN",
    "co_quan": "SỞ TÀI CHÍNH",
    "ten_co_quan": "Sở Tài chính",
    "noi_ngay": "Nghệ An, ngày 23 tháng 11 năm 2026",
}
TICKET: Fields = {
    "so_phieu": "NA-26-000123",
    "xa": "xã Chiêu Lưu",
    "noi_xay_ra": "xã Chiêu Lưu, bản Khe Tang",
    "tom_tat": "Kinh phí sửa chữa trụ sở sau sáp nhập",
    "linh_vuc": "Ngân sách, kinh phí hoạt động",
    "muc_do": "Gấp",
    "ngay_phan_anh": "20/11/2026",
    "gio_phan_anh": "08:15 20/11/2026",
    "noi_dung": "Trụ sở xã dột nhiều chỗ, mưa là ướt hồ sơ, xã chưa có nguồn để sửa.",
    "han_che": "(hạn chế)",
    "chu_tri": "Sở Tài chính",
    "phoi_hop": "Sở Xây dựng, Sở Nội vụ",
    "trang_thai": "Đang xử lý",
    "han_tiep_nhan": "10:15 20/11/2026",
    "han_tra_loi": "08:15 24/11/2026",
    "han_xu_ly": "17:00 04/12/2026",
    "ngay_hen": "04/12/2026",
    "ket_qua": "đã bố trí 150 triệu đồng từ nguồn dự phòng",
    "van_ban": "125/STC-QLNS",
}
LETTER: Fields = {**HEAD, **TICKET, "ky_hieu": "NA-26-000123-CV"}

SAMPLES: dict[str, Fields] = {
    "reply": LETTER,
    "transfer": LETTER,
    "proposal": LETTER,
    "opinion": {
        **LETTER,
        "nguoi_cho_y_kien": "Nguyễn Văn An (Phó Chủ tịch UBND tỉnh)",
        "ngay_y_kien": "22/11/2026",
        "y_kien": "Sở Tài chính xử lý dứt điểm trước ngày 05/12.",
    },
    "tracking": {
        **HEAD,
        **TICKET,
        "qua_trinh": [
            {
                "luc": "08:15 20/11/2026",
                "viec": "Mở phiếu",
                "nguoi": "Vi Thị Lan, xã Chiêu Lưu",
                "loi": "Trụ sở xã dột nhiều chỗ.",
            },
            {
                "luc": "09:02 20/11/2026",
                "viec": "Tiếp nhận",
                "nguoi": "Trần Minh, Sở Tài chính",
                "loi": "",
            },
        ],
    },
    "storm": {
        **HEAD,
        "tieu_de": "Báo cáo chế độ bão lũ 18:00 21/11/2026 – 06:00 23/11/2026",
        "so_xa": "2",
        "bang": [
            {"xa": "xã Chiêu Lưu", "tra_loi": "3/3", "da_bao": "An toàn 2", "phieu": "4/3"},
            {"xa": "xã Con Cuông", "tra_loi": "2/3", "da_bao": "Cần hỗ trợ 1", "phieu": "7/2"},
        ],
    },
    "difficulties": {
        **HEAD,
        "tu_ngay": "01/11/2026",
        "den_ngay": "23/11/2026",
        "sap_theo": "đơn vị chủ trì",
        "so_xa": "2",
        "tong": "2",
        "da_xu_ly": "1",
        "dang_xu_ly": "1",
        "chua_nguon_luc": "1",
        "cho_huong_dan": "0",
        "chi_neu": "500",
        "nhom": [
            {
                "ten": "Sở Tài chính",
                "so": "2",
                "dong": [
                    {
                        "tt": "1",
                        "noi_dung": "NA-26-000123: Kinh phí sửa chữa trụ sở sau sáp nhập.",
                        "xa": "Chiêu Lưu",
                        "chu_tri": "Sở TC",
                        "phoi_hop": "Sở XD",
                        "ket_qua": "Đang xử lý; hạn 04/12/2026",
                    },
                    {
                        "tt": "2",
                        "noi_dung": "NA-26-000124: 2 máy scan hỏng.",
                        "xa": "Con Cuông",
                        "chu_tri": "Sở TC",
                        "phoi_hop": "",
                        "ket_qua": "Đã xử lý; đã cấp 2 máy",
                    },
                ],
            },
        ],
    },
    "joint": {
        **HEAD,
        "nhu_cau": "máy xúc",
        "so_xa": "3",
        "cac_xa": "Chiêu Lưu, Hữu Kiệm, Nậm Cắn",
        "tu_ngay": "02/11/2026",
        "xa_nhat": "18",
        "bang": [
            {
                "tt": "1",
                "xa": "xã Chiêu Lưu",
                "phieu": "NA-26-000101",
                "ngay_bao": "02/11/2026",
                "noi_dung": "Cần máy xúc dọn đất sạt ở bản Khe Tang.",
                "cach": "",
            },
            {
                "tt": "2",
                "xa": "xã Hữu Kiệm",
                "phieu": "NA-26-000107",
                "ngay_bao": "05/11/2026",
                "noi_dung": "Xin hỗ trợ máy xúc khơi thông mương.",
                "cach": "9",
            },
        ],
        "lich": [
            {
                "tuan": "1",
                "tu": "30/11/2026",
                "den": "06/12/2026",
                "xa": "xã Chiêu Lưu",
                "tiep": "xã Hữu Kiệm",
            },
        ],
    },
}
"""By kind. What a sample holds a paper holds too (a test says so): it is the list of fields."""
