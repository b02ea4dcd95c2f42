# Liên kết: một người dân dùng Một Cửa ở nhiều nơi. Và lời khi cán bộ trả lời ngay trong cuộc trò chuyện.

link-button = Liên kết
link-what = Bạn dùng Một Cửa ở nhiều nơi (Zalo, Telegram, trang web)? Bạn có thể liên kết các nơi đó, để làm tiếp ở nơi nào cũng được.
link-shares = Dùng chung: ngôn ngữ, việc đang làm dở, danh sách giấy tờ, hồ sơ đang theo dõi và nơi nhận thông báo.
link-not-shared = Không dùng chung: tin nhắn. Bạn gỡ liên kết lúc nào cũng được, gõ "liên kết".
link-agree = Đồng ý, cho tôi mã
link-yes = Đồng ý liên kết
link-no = Không liên kết
link-refused = Không sao. Mỗi nơi vẫn dùng riêng như trước.
link-code = Mở Một Cửa ở nơi kia và gõ mã { $code } trong { $minutes } phút.
link-code-yours = Chỉ gõ mã trên máy của bạn. Đừng đưa mã cho ai: người có mã sẽ nhận thông báo của bạn.
link-confirm = Mã này liên kết nơi đây với { $place }. Chỉ đồng ý nếu chính bạn vừa lấy mã ở đó.
link-done = Đã liên kết.
link-places = Các nơi của bạn:
link-preferred = { $place }: thông báo đến đây trước
link-since = { $place }, từ { $date }
link-here = { $place } (ở đây)
link-prefer = Nhận thông báo ở { $place }
link-drop = Gỡ { $place }
link-more = Liên kết thêm nơi nữa
link-dropped = Đã gỡ { $place }. Từ giờ nơi đó dùng riêng.
link-told = Một Cửa vừa được liên kết với { $place }. Nếu không phải bạn làm, hãy gõ "liên kết" và gỡ ngay.
link-told-apart = Nơi này vừa được gỡ khỏi liên kết, từ { $place }. Từ giờ nơi này dùng riêng. Nếu không phải bạn làm, gõ "gặp người".
link-helper = Đang giúp người khác trên máy này nên không liên kết được. Bạn gõ "thôi giúp" trước.

place-telegram = Telegram
place-web = trang web
place-zalo = Zalo
place-zalo-bot = Zalo Bot

staff-here = Cán bộ đang trả lời bạn tại đây, nên tôi im lặng cho đến một giờ sau tin cuối của cán bộ. Muốn hỏi tôi, bạn gõ "bot" rồi câu hỏi.
staff-gone = Tôi đây. Bạn cần hỏi thủ tục nào?

# Dữ liệu của một người: xem, mang đi, xóa.

data-button = Dữ liệu của tôi
data-what = Những gì tôi đang lưu về bạn ở đây:
data-messages = { $count } tin nhắn hai bên, từ ngày { $date }. Tin cũ tự xóa.
data-dossiers = Hồ sơ đang theo dõi: { $count }.
data-walks = Việc đang làm dở: { $count }.
data-tickets = Lần hỏi cán bộ: { $count }.
data-files = Ảnh và tệp: { $count }.
data-questions = Câu hỏi đang chờ trả lời: { $count }.
data-consent = Bạn đồng ý ngày { $date } (bản { $wording }): { $use }.
data-request = Yêu cầu { $receipt } của bạn đang được xử lý, chậm nhất ngày { $date }.
data-how = Hỏi thủ tục thì không cần cho tôi biết gì về bạn. Bấm nút dưới để dừng từng việc.
data-export-button = Xem và tải về
data-other-button = Yêu cầu khác về dữ liệu
data-erase-button = Xóa dữ liệu của tôi
data-walks-drop = Bỏ việc đang làm dở
data-walks-gone = Tôi đã bỏ hết việc đang làm dở.
data-link = Trang này có mọi thứ tôi lưu về bạn, kèm tệp để tải về. Mở được đến { $until }. Đừng gửi đường dẫn cho ai.
data-link-button = Mở trang dữ liệu của tôi
data-other-what = Bạn gõ điều bạn muốn: sửa, hạn chế, không đồng ý xử lý hoặc việc khác về dữ liệu của bạn. Cán bộ trả lời trong 2 ngày làm việc và làm xong trong 15 ngày.
data-requested = Tôi đã chuyển yêu cầu của bạn. Mã biên nhận: { $receipt }. Bạn sẽ được trả lời ở đây.
data-requests-many = Bạn đang có nhiều yêu cầu chưa xong. Bạn chờ trả lời, hoặc gọi tổng đài.
data-answer = Trả lời yêu cầu { $receipt } về dữ liệu của bạn
data-erase-what = Nếu bạn bấm "Xóa hết", tôi xóa ngay ở đây: tin nhắn, việc đang làm dở, giấy tờ và ảnh đã gửi, câu hỏi đang chờ, hồ sơ đang theo dõi, đăng ký nhận tin, liên kết. Nếu bạn đang nói chuyện với cán bộ thì cuộc nói chuyện kết thúc.
data-erase-stays = Tôi không xóa được: hồ sơ ở cơ quan (bạn hỏi cơ quan nhận hồ sơ), tin nhắn trong máy của bạn, số đếm không có tên ai. Bằng chứng bạn từng đồng ý được giữ mà không có tên.
data-erase-sure = Xóa rồi không lấy lại được.
data-erase-yes = Xóa hết
data-erase-no = Không xóa
data-erased = Tôi đã xóa. Mã biên nhận: { $receipt }. Phần nằm ngoài cơ sở dữ liệu (tệp, nhóm của cán bộ) được xóa nốt, chậm nhất 15 ngày.
use-dossiers = báo tin hồ sơ đang theo dõi
use-walks = giữ việc đang làm dở
use-news = nhận tin của xã, phường
use-answers = báo khi có câu trả lời
use-places = liên kết các nơi bạn dùng
use-staff = chuyển câu hỏi cho cán bộ
