# Lời của trợ lý. Câu ngắn, lịch sự, gọi người dân là "bạn".

greeting = Xin chào! Tôi là Một Cửa, chương trình trả lời tự động về thủ tục hành chính{ $province }. Tôi không phải là người.
greeting-how = Bạn cứ hỏi bằng lời của mình, có dấu hay không dấu đều được. Ví dụ: "làm khai sinh cho con cần giấy tờ gì".
first-time = Tôi là chương trình trả lời tự động, có thể sai. Gõ "gặp người" khi bạn muốn hỏi cán bộ.

help-who = Tôi là Một Cửa, chương trình trả lời tự động, không phải người.
help = Tôi trả lời về giấy tờ cần mang, các bước, lệ phí, thời gian, nơi nộp của từng thủ tục.
help-ask = Gõ câu hỏi, tên thủ tục hoặc mã thủ tục (ví dụ 1.001193).
help-buttons = Bấm nút dưới câu trả lời, hoặc gõ số của nút ("2").
help-words = Gõ "english" để đổi sang tiếng Anh, "hủy" để bắt đầu lại, "gặp người" để hỏi cán bộ.
help-secrets = Đừng gửi mật khẩu, mã OTP hay ảnh giấy tờ. Tôi không bao giờ hỏi những thứ đó.

choose-language = Bạn muốn dùng tiếng nào? / Which language?
language-set = Từ giờ tôi nói tiếng Việt.
language-vi = Tiếng Việt
language-en = English

cancelled = Đã bắt đầu lại. Bạn cần hỏi thủ tục nào?
thanks = Rất vui được giúp bạn. Bạn cần gì cứ hỏi tiếp nhé.
small-talk = Tôi nghe đây. Bạn cần làm giấy tờ, thủ tục gì? Gõ vài chữ là được, ví dụ "làm khai sinh".
insult = Xin lỗi vì tôi chưa giúp được bạn. Tôi chỉ là chương trình. Bạn có thể hỏi cán bộ, hoặc hỏi lại tôi bằng vài chữ ngắn.

clarify = Bạn hỏi về thủ tục nào dưới đây?
clarify-again = Bạn làm lần đầu, hay làm lại giấy đã có?
clarify-extend = Bạn xin mới, hay gia hạn?
clarify-foreign = Việc của bạn có yếu tố nước ngoài không (người nước ngoài, hoặc người Việt ở nước ngoài)?
clarify-child = Bạn làm cho người lớn, hay cho trẻ em?
clarify-organisation = Bạn làm cho cá nhân, gia đình, hay cho cơ quan, doanh nghiệp?
unknown = Tôi chưa tìm thấy thủ tục phù hợp với câu hỏi này.
unknown-advice = Bạn thử gõ ngắn lại, chỉ nêu tên việc cần làm, ví dụ "chứng thực bản sao".
unknown-which = Bạn muốn biết "{ $facet }" của thủ tục nào? Gõ tên việc cần làm, ví dụ "khai sinh".
unknown-maybe = Có phải bạn hỏi một trong các thủ tục này không?
out-of-scope = Việc này không thuộc thủ tục hành chính mà tôi có hướng dẫn. Tôi không muốn đoán sai.
about = Về thủ tục: { $title }
type-number = Gõ số để chọn:
change = Thủ tục khác
change-which = Bạn muốn hỏi thủ tục nào? Chọn bên dưới, hoặc gõ câu hỏi mới.
change-type = Bạn gõ tên thủ tục hoặc câu hỏi mới nhé.
right-button = Đúng rồi
wrong-button = Không phải việc này
right-thanks = Cảm ơn bạn! Bạn cần biết thêm phần nào?
stale-button = Nút này thuộc tin nhắn cũ, nay không còn dùng được. Bạn gõ câu hỏi giúp tôi nhé.
no-such-number = Hiện không có lựa chọn số { $number }. Bạn gõ câu hỏi giúp tôi nhé.

human-button = Gặp người
help-button = Hướng dẫn
human = Bạn muốn hỏi người thật:
human-desk = Hỏi Trung tâm Phục vụ hành chính công của xã, phường nơi bạn ở.
human-hotline = Gọi { $number } ({ $name }).
human-national = Gọi 18001096, tổng đài Cổng Dịch vụ công quốc gia.
human-scam = Cán bộ thật không hỏi mật khẩu hay mã OTP của bạn.
office = Về giờ làm việc, địa chỉ và điện thoại:
office-phone = Điện thoại: { $number }.
office-hours = Giờ làm việc: { $hours }.
office-address = Địa chỉ: { $address }.
office-missing = Tôi chưa có giờ làm việc, địa chỉ và số điện thoại của nơi bạn ở.
office-which = Bạn ở xã, phường nào? Gõ tên xã, phường, tôi cho địa chỉ và số điện thoại của bộ phận một cửa ở đó.
shop-example = Đây là mục ví dụ, không phải thông tin thật. Nơi dùng chương trình này chưa điền thông tin của mình.
shop-department = { $name }: { $number }
shop-no-number = chưa có số điện thoại
secret-one-time-code = Tin nhắn của bạn giống mã OTP. Tôi đã xóa, không giữ lại. Đừng đưa mã này cho bất kỳ ai, kể cả người tự xưng là cán bộ hay công an. Nếu đó là số hồ sơ, bạn gõ "hồ sơ" rồi đến số.
secret-card = Tin nhắn của bạn có số thẻ ngân hàng. Tôi đã xóa, không giữ lại. Đừng gửi số thẻ cho ai qua tin nhắn. Lệ phí chỉ nộp trên Cổng Dịch vụ công quốc gia hoặc tại quầy.
secret-password = Tin nhắn của bạn có mật khẩu. Tôi đã xóa, không giữ lại. Bạn nên đổi mật khẩu này ngay.
secret-scam = Nếu có người đang giục bạn gửi mã hay chuyển tiền, hãy dừng lại và gọi 113 hoặc đến công an xã, phường.
emergency = Nếu đang nguy hiểm, hãy gọi ngay: 113 công an, 114 cứu hỏa, 115 cấp cứu, 111 bảo vệ trẻ em.
emergency-after = Khi bạn đã an toàn, tôi sẵn sàng hướng dẫn giấy tờ.

fraud = Nếu bạn nghi bị lừa: dừng lại, không chuyển tiền, không đưa mã OTP, không bấm đường dẫn, không cài ứng dụng lạ.
fraud-then = Gọi 113 hoặc đến công an xã, phường gần nhất. Nếu đã chuyển tiền, gọi ngay ngân hàng để khóa tài khoản. Giữ lại tin nhắn và số gọi đến làm bằng chứng.
condolence = Xin chia buồn cùng bạn và gia đình.
dossier = Tôi chưa xem được tình trạng hồ sơ ở đây.
dossier-where = Bạn tra bằng mã hồ sơ: trên Cổng Dịch vụ công quốc gia (dichvucong.gov.vn, mục "Tra cứu hồ sơ"), trong ứng dụng VNeID, hoặc hỏi nơi đã nhận hồ sơ.

place-one = Từ ngày 01/07/2025 không còn cấp huyện, nhiều xã đã nhập lại:
place-several = Tên này chỉ nhiều nơi. Bạn xem nơi nào là của bạn:
place-unit = { $now } (trước thuộc { $district }, tỉnh { $province }), gồm: { $former }.
place-former = { $name } ({ $district }, tỉnh { $province } cũ) nay thuộc { $now }.
place-district = { $name } (tỉnh { $province } cũ) nay là: { $now }.

media-sticker = Cảm ơn bạn. Tôi chưa hiểu nhãn dán; bạn gõ câu hỏi bằng chữ giúp tôi nhé.
media-voice = Tôi chưa nghe được giọng nói. Bạn gõ câu hỏi bằng chữ giúp tôi nhé.
media-photo = Tôi không xem ảnh và không giữ ảnh. Đừng gửi ảnh giấy tờ tùy thân. Bạn gõ câu hỏi bằng chữ nhé.
media-video = Tôi không xem được video. Bạn gõ câu hỏi bằng chữ giúp tôi nhé.
media-file = Tôi không nhận tệp và không nhận hồ sơ ở đây. Hồ sơ nộp tại Cổng Dịch vụ công quốc gia hoặc tại quầy.
media-location = Tôi chưa dùng được vị trí. Bạn gõ tên xã, phường và câu hỏi nhé.
media-contact = Tôi không cần số điện thoại để trả lời. Bạn gõ câu hỏi bằng chữ nhé.
media-other = Tôi chưa hiểu loại tin nhắn này. Bạn gõ câu hỏi bằng chữ giúp tôi nhé.
edited = (Trả lời theo tin nhắn bạn vừa sửa.)
sorry = Xin lỗi, tôi gặp lỗi khi trả lời câu này. Lỗi đã được ghi lại. Bạn thử hỏi cách khác, hoặc gõ "gặp người".
group = Chào mọi người! Trong nhóm, hãy gọi tên tôi trong tin nhắn. Việc riêng thì nhắn riêng cho tôi.

command-walks = Hướng dẫn từng bước
command-papers = Giấy tờ của tôi
command-dossiers = Hồ sơ của tôi
command-help = Tôi làm được gì
command-language = Đổi ngôn ngữ / Change language
command-cancel = Bắt đầu lại
command-person = Gặp người

desk-ask-button = Nhắn cho cán bộ tại đây
desk-what = Cán bộ được giao việc này sẽ đọc câu hỏi của bạn, phần trò chuyện gần đây ở đây và bước bạn đang làm, rồi trả lời ngay trong cuộc trò chuyện này. Câu hỏi được giữ 90 ngày.
desk-open = Bây giờ là giờ làm việc của cán bộ.
desk-closed = Bây giờ ngoài giờ làm việc. Cán bộ làm việc lại lúc { $when }, sẽ thấy câu hỏi của bạn và nhắn lại ở đây.
desk-question = Bạn gõ câu hỏi muốn gửi. Đừng gửi số căn cước, mật khẩu hay mã OTP.
desk-sent = Đã chuyển câu hỏi của bạn cho cán bộ.
desk-position = Bạn đứng thứ { $position }.
desk-minutes = Mấy giờ qua, mọi người chờ khoảng { $minutes } phút.
desk-meanwhile = Bạn không phải ngồi chờ: có trả lời là tôi nhắn ở đây. Trong lúc chờ, bạn vẫn hỏi tôi được.
desk-leave-button = Thôi, không cần cán bộ
desk-left = Đã rút câu hỏi. Bạn cần hỏi tôi thủ tục nào?
desk-waits = Câu hỏi của bạn đang chờ cán bộ.
desk-too-many = Hôm nay bạn đã nhắn cán bộ nhiều lần. Việc gấp thì gọi tổng đài hoặc đến quầy.
desk-taken = { $officer } đang trả lời bạn ở đây. Từ giờ tôi im lặng.
desk-quiet = Muốn nói chuyện lại với tôi, bạn gõ "bot".
desk-file = Mở ảnh hoặc tệp cán bộ gửi
desk-file-kept = Đã kèm ảnh hoặc tệp này vào câu hỏi gửi cán bộ.
desk-group = Cán bộ đọc và trả lời trong một nhóm Telegram nội bộ.
desk-no-photo = Ảnh hoặc tệp này không chuyển được cho cán bộ, và tôi không giữ lại. Bạn gõ bằng chữ giúp.
desk-returned = Cán bộ chưa trả lời được, câu hỏi của bạn được chuyển cho người khác. Bạn vẫn giữ chỗ.
desk-late = Xin lỗi bạn, chưa có cán bộ nào trả lời kịp. Câu hỏi của bạn vẫn giữ chỗ.
desk-call = Việc gấp thì bạn gọi { $number }.
desk-back = Tôi đây. Bạn cần hỏi thủ tục nào?
desk-over = Cán bộ đã kết thúc. Từ giờ tôi (chương trình) trả lời bạn.
desk-score = Bạn thấy được giúp thế nào?
