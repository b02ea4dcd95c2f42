# Trang trò chuyện.

page-title = Một Cửa – hỏi đáp thủ tục hành chính
page-description = Hỏi về giấy tờ, lệ phí, thời gian của thủ tục hành chính. Chương trình trả lời tự động.
page-skip = Đến ô nhập câu hỏi
page-log = Cuộc trò chuyện
page-you = Bạn
page-bot = Một Cửa
page-secret = (tin nhắn có thông tin bí mật, đã xóa)
page-input = Câu hỏi của bạn
page-placeholder = Ví dụ: làm khai sinh cho con cần giấy tờ gì
page-send = Gửi
page-forget = Xóa trò chuyện
page-forget-sure = Xóa hết cuộc trò chuyện này?
page-language = English
page-offline = Mất kết nối. Đang nối lại…
page-waiting = Đang trả lời…
page-too-long = Câu hỏi dài quá 2.000 chữ. Bạn viết ngắn lại giúp tôi nhé.
page-broken = Trang gặp lỗi. Bạn thử lại sau ít phút nhé.

# Trang hướng dẫn để đọc và in.

guides-title = Hướng dẫn thủ tục
guides-search = Tìm thủ tục
guides-find = Tìm
guides-found = Tìm thấy { $count } thủ tục
guides-next = Việc liên quan
guides-none = Không có thủ tục nào hợp với những chữ này. Bạn thử viết ngắn hơn, hoặc hỏi trong trò chuyện.
guides-ask = Quét để hỏi tiếp
guides-missing = Không có hướng dẫn này

zalo-connected = Đã nối xong tài khoản Zalo. Bạn đóng trang này được rồi.
zalo-not-connected = Chưa nối được tài khoản Zalo. Chạy lại lệnh "motcua zalo connect" rồi mở đường dẫn mới trong 10 phút. Nếu trang này vừa báo đã nối xong thì không cần làm gì nữa.
page-file = Ảnh hoặc tệp PDF
page-file-sent = (đã gửi ảnh hoặc tệp)
page-file-not-now = Câu hỏi này đã qua nên tôi không nhận tệp. Bạn hỏi lại, rồi gửi ở tin nhắn mới nhất.
page-file-later = Bạn gửi nhanh quá. Chờ một phút rồi gửi tiếp.
page-forgotten = Đã xóa cuộc trò chuyện và mọi dữ liệu kèm theo. Mã biên nhận:
page-too-often = Bạn gửi quá nhanh. Chờ một phút rồi gửi lại giúp tôi.
