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
