# Các phần của câu trả lời về một thủ tục.

facet-documents = Giấy tờ cần mang
facet-steps = Các bước
facet-fee = Lệ phí
facet-time = Thời gian
facet-place = Nộp ở đâu
facet-form = Mẫu đơn
facet-result = Kết quả
facet-law = Căn cứ pháp lý

documents-show = chỉ cần xuất trình
documents-original = bản chính
documents-copy = bản sao
documents-certified = bản sao chứng thực
documents-form = tờ khai
documents-form-name = mẫu { $form }
documents-more = Còn { $count } giấy tờ cho các trường hợp khác. Xem đủ trên trang của thủ tục hoặc hỏi cán bộ.

via-counter = tại quầy
via-online = trực tuyến
via-post = qua bưu điện
fee-amount = { $amount } đ
fee-free = miễn phí
fee-elsewhere = mức thu do cơ quan có thẩm quyền quy định
fee-exempt = Được miễn: { $who }
fee-waiver = Giảm { $percent }% từ { $from } đến hết { $until }. Điều kiện: { $condition } ({ $law }).
fee-waiver-whole = Miễn phí từ { $from } đến hết { $until }. Điều kiện: { $condition } ({ $law }).
fee-more = Còn mức khác hoặc đang được giảm. Bấm "Lệ phí" để xem đủ.
fee-ask = Tôi chưa có số tiền của tỉnh. Bạn hỏi nơi nộp hồ sơ trước khi đi, hoặc gọi 18001096.
fee-pay = Chỉ nộp tiền tại quầy hoặc ngay trên Cổng Dịch vụ công quốc gia. Không chuyển khoản cho người lạ.

time-working-days = { $amount } ngày làm việc
time-days = { $amount } ngày
time-hours = { $amount } giờ làm việc
time-same-day = trong ngày
deadline = Thời hạn theo luật: { $text }

place-authority = Cơ quan giải quyết: { $name }
online-none = Thủ tục này chưa nộp trực tuyến được.
online-partial = Nộp trực tuyến một phần: có bước bạn phải đến trực tiếp.
online-full = Nộp trực tuyến toàn trình: làm được từ đầu đến cuối trên mạng.
portal = Trang của thủ tục trên Cổng Dịch vụ công quốc gia
steps-more = Còn { $count } bước nữa. Xem đủ trên trang của thủ tục hoặc hỏi cán bộ.
tips = Lưu ý

missing-documents = Tôi chưa có danh sách giấy tờ của thủ tục này. Bạn hỏi nơi nộp hồ sơ trước khi đi.
missing-steps = Tôi chưa có các bước của thủ tục này. Bạn hỏi nơi nộp hồ sơ trước khi đi.
missing-fee = Tôi chưa có thông tin lệ phí chắc chắn. Bạn hỏi nơi nộp hồ sơ trước khi đi.
missing-time = Tôi chưa có thông tin thời gian chắc chắn. Bạn hỏi nơi nộp hồ sơ.
missing-place = Tôi chưa có nơi nộp chắc chắn. Bạn hỏi Trung tâm Phục vụ hành chính công của xã, phường.
missing-form = Tôi chưa có thông tin về mẫu đơn. Nơi nộp hồ sơ phát mẫu cho bạn.
missing-result = Tôi chưa có thông tin về kết quả của thủ tục này.
missing-law = Tôi chưa có căn cứ pháp lý của thủ tục này.

source-law = Căn cứ: { $laws }.
source-law-missing = Chưa có căn cứ pháp lý trong dữ liệu.
source-checked = Kiểm tra ngày { $date }.
source-officer = Đã được cán bộ xác nhận.
source-desk = Theo { $source }, dữ liệu { $asof }; bạn nên xác nhận với nơi nộp hồ sơ.
source-imported = Nội dung nhập tự động từ { $source }, dữ liệu { $asof }, chưa có cán bộ kiểm tra.
expired = Thủ tục này chỉ có hiệu lực đến hết ngày { $date }. Bạn hỏi cán bộ về thủ tục thay thế.
not-yet = Thủ tục này có hiệu lực từ { $date }.
