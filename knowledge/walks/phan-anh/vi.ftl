title = Gửi phản ánh, kiến nghị
about = Tôi giúp bạn chọn đúng cách gửi, rồi đi cùng bạn đến khi có mã phản ánh trên Cổng Dịch vụ công quốc gia.

ve-viec = Bạn muốn nói về việc gì?
    Mỗi việc có một cách gửi riêng. Chọn đúng thì khỏi phải gửi lại.
    .ho-so-cham = Hồ sơ của tôi bị chậm
    .can-bo = Cán bộ làm chậm, thái độ không đúng
    .quy-dinh = Quy định, thủ tục chưa hợp lý
    .quyet-dinh = Một quyết định sai làm tôi bị thiệt
    .trai-luat = Báo tội phạm, tham nhũng, việc trái luật
    .nguy-hiem = Có nguy hiểm ngay lúc này
    .name = Về việc

da-tra = Bạn đã tra hồ sơ chưa?
    Thời gian chờ bạn bổ sung giấy tờ hoặc nộp tiền không tính vào thời hạn.
    .qua-hen = Rồi, đã qua ngày hẹn
    .cho-toi = Rồi, hồ sơ chờ tôi bổ sung hoặc nộp tiền
    .chua-den = Rồi, chưa đến ngày hẹn
    .chua-tra = Chưa tra
    .name = Tra hồ sơ

hoi-truoc = Hỏi nơi đã nhận hồ sơ trước, mang giấy hẹn hoặc mã hồ sơ.
    - Hỏi vì sao chậm và ngày nào trả.
    - Xin phiếu xin lỗi và hẹn lại ngày.
    Đã hỏi mà vẫn chậm, không rõ lý do thì bấm "Đã xong" để gửi phản ánh.

vneid = Bạn có tài khoản VNeID không?
    Gửi trên Cổng thì phải đăng nhập bằng VNeID.
    .co = Có
    .chua = Chưa có
    .khong-mang = Tôi không dùng được mạng
    .name = VNeID

ghi-viec = Ghi ra giấy trước khi gửi:
    - việc gì, ở đâu, ngày giờ nào
    - tên quầy hoặc cơ quan
    - mã hồ sơ và ngày hẹn, nếu có
    - bạn muốn cơ quan làm gì

ghi-quy-dinh = Ghi ra giấy trước khi gửi:
    - tên thủ tục hoặc quy định
    - chỗ nào chưa hợp lý, gây khó cho bạn ra sao
    - bạn đề nghị sửa thế nào

mo-trang = Tự gõ địa chỉ dichvucong.gov.vn/nop-phan-anh-kien-nghi.
    Đăng nhập bằng VNeID. Đừng gửi mật khẩu hay mã xác nhận vào đây.
    Màn hình trên Cổng có thể hơi khác lời tôi nói. Bạn tìm chữ gần nghĩa nhất.

co-quan = Điền thông tin của bạn trên trang đó, rồi đọc lại cho đúng.
    Chọn cơ quan nhận: nơi xảy ra việc, hoặc nơi giải quyết thủ tục bạn muốn góp ý.
    Chọn nhầm thì việc xử lý chậm lại.

noi-dung = Viết tiêu đề và nội dung theo tờ giấy bạn đã ghi.
    - Tiêu đề: một câu ngắn, nói rõ việc.
    - Nội dung: đúng sự thật, một việc một phản ánh.
    Không ghi mật khẩu hay mã xác nhận vào đó.

dinh-kem = Đính kèm ảnh hoặc tài liệu, ví dụ giấy hẹn, phiếu xin lỗi.
    Loại tệp: jpg, pdf, doc, docx, xls, xlsx.
    Không có gì để kèm thì bỏ qua, bấm "Đã xong".

gui = Đọc lại một lần, rồi bấm "Gửi phản ánh" trên Cổng.
    Ghi lại mã phản ánh, kiến nghị (mã PAKN). Chụp màn hình để giữ.

goi-113 = Gọi 113 ngay.
    Đừng chờ gửi phản ánh, vì phản ánh không phải chỗ báo việc khẩn cấp.

khieu-nai = Việc này là khiếu nại, không gửi bằng phản ánh.
    Gửi đơn đến cơ quan đã ra quyết định, nộp trực tiếp hoặc qua bưu điện. Kèm bản sao quyết định.
    Không viết được đơn thì nhờ cán bộ ghi lại lời bạn.
    Hỏi ngay thời hạn khiếu nại, đừng để quá hạn.

to-cao = Việc này là tố cáo hoặc tin báo, không gửi bằng phản ánh.
    Tội phạm, lừa đảo: báo công an xã, phường hoặc gọi 113.
    Cán bộ làm trái luật, tham nhũng: gửi đơn tố cáo đến nơi quản lý người đó, ghi rõ họ tên, địa chỉ của bạn.
    Bạn có thể yêu cầu giữ bí mật họ tên.

tra-truoc = Bạn tra hồ sơ trước. Có thể cơ quan đang chờ bạn bổ sung hoặc nộp tiền.
    Tra xong mà thấy đã qua ngày hẹn, bạn mở lại hướng dẫn này.

cho-ban = Hồ sơ đang chờ bạn, nên bạn làm việc đó trước.
    Nộp đúng giấy tờ ghi trong phiếu, hoặc nộp tiền từ trong hồ sơ trên Cổng hay tại quầy.

chua-den-hen = Chưa đến ngày hẹn thì bạn chờ thêm và giữ giấy hẹn.
    Qua ngày hẹn mà chưa có kết quả, bạn mở lại hướng dẫn này.

chua-vneid = Cổng chỉ đăng nhập bằng VNeID. Bạn làm tài khoản ở công an xã, phường, không mất phí.
    Cần nói sớm thì hỏi Ủy ban nhân dân xã, phường về lịch tiếp công dân.

den-xa = Hỏi Ủy ban nhân dân xã, phường về lịch tiếp công dân, rồi đến trình bày.
    Mang theo tờ giấy ghi việc gì, ở đâu, ngày nào, cùng giấy hẹn nếu có.

xong = Xong rồi! Bạn giữ mã PAKN để theo dõi và hỏi lại.
    Tôi chưa có thông tin về thời hạn trả lời. Muốn hỏi thì gọi 18001096.

trouble-phan-biet = Tôi không rõ việc của mình là loại nào
    .remedy = Góp ý về cách làm việc hoặc quy định là phản ánh. Xin xem lại việc chạm đến quyền lợi của mình là khiếu nại. Báo việc trái luật là tố cáo.
trouble-doi-tien = Cán bộ gợi ý đưa tiền
    .remedy = Đừng đưa tiền. Ghi lại ngày, giờ, tên quầy và lời đã nói. Bạn gửi phản ánh được; muốn báo là việc trái luật thì tố cáo.
trouble-khong-hen = Hồ sơ của tôi không có ngày hẹn
    .remedy = Hỏi nơi nhận hồ sơ ngày trả kết quả. Không ai trả lời thì quay lại, chọn "Cán bộ làm chậm, thái độ không đúng".
trouble-khong-ai = Hỏi mà không ai trả lời
    .remedy = Ghi lại ngày, giờ, tên quầy bạn đã hỏi, rồi bấm "Đã xong" để gửi phản ánh.
trouble-giau-ten = Tôi không muốn ghi tên
    .remedy = Gửi trên Cổng thì phản ánh có tên bạn. Báo việc trái luật thì đi đường tố cáo, và được yêu cầu giữ bí mật họ tên.
trouble-nho-gui = Tôi muốn nhờ người khác gửi
    .remedy = Nhờ người ngồi cùng, còn bạn tự đăng nhập. Không đưa mật khẩu, mã xác nhận cho ai, kể cả người nhà.
trouble-khong-ten = Tôi không biết tên cán bộ
    .remedy = Ghi tên quầy, ngày, giờ và việc đã xảy ra, để cơ quan kiểm tra được.
trouble-chung-cu = Tôi không có giấy tờ gì làm chứng
    .remedy = Vẫn gửi được. Ghi thật rõ ngày, giờ, nơi và lời đã nói. Chỉ ghi điều bạn biết chắc.
trouble-ten-thu-tuc = Tôi không nhớ tên thủ tục
    .remedy = Xem trên giấy hẹn, hoặc tìm tên trên dichvucong.gov.vn. Không thấy thì ghi bạn đi làm giấy gì, ở đâu.
trouble-khong-mo = Trang không mở được
    .remedy = Gõ lại địa chỉ, không dấu, có gạch nối giữa các chữ. Chờ một lúc rồi thử lại. Vẫn lỗi thì gọi 18001096.
trouble-dang-nhap = Không đăng nhập được
    .remedy = Xem lại mật khẩu và sóng điện thoại. Cần giúp về VNeID thì gọi 1900.0368, về Cổng thì gọi 18001096.
trouble-duong-la = Có người gửi đường dẫn để phản ánh
    .remedy = Đừng bấm. Bạn tự gõ địa chỉ, và chỉ đăng nhập ở trang dichvucong.gov.vn.
trouble-noi-nao = Không biết chọn cơ quan nào
    .remedy = Xem tên cơ quan trên giấy hẹn hoặc giấy tờ bạn đã nhận. Vẫn không rõ thì gọi 18001096.
trouble-ten-cu = Không thấy tên xã, huyện cũ
    .remedy = Từ 1/7/2025 không còn cấp huyện và nhiều xã đã đổi tên. Bạn tìm tên xã, phường mới.
trouble-khong-viet = Tôi không biết viết thế nào
    .remedy = Viết như kể chuyện: ngày nào, tại đâu, tôi đến làm gì, việc gì đã xảy ra. Câu cuối: "Tôi đề nghị…".
trouble-nhieu-viec = Tôi có nhiều việc muốn nói
    .remedy = Gửi mỗi việc một phản ánh. Gửi việc quan trọng nhất trước.
trouble-mat-chu = Đang viết thì bị thoát ra
    .remedy = Viết sẵn trong phần ghi chú của máy hoặc ra giấy, đăng nhập lại rồi chép vào.
trouble-khong-tai = Tệp không tải lên được
    .remedy = Xem tệp có đúng loại không, thử một tệp nhỏ hơn. Vẫn không được thì gửi không kèm tệp, kể rõ trong nội dung.
trouble-ghi-am = Tôi có ghi âm hoặc video
    .remedy = Loại tệp này không có trong danh sách. Ghi vào nội dung là bạn có, và giữ lại để cơ quan hỏi.
trouble-gui-loi = Bấm gửi thì báo lỗi
    .remedy = Xem còn ô nào để trống không, kiểm tra mạng rồi bấm lại. Vẫn lỗi thì gọi 18001096.
trouble-khong-ma = Gửi rồi mà không thấy mã
    .remedy = Đừng gửi lại ngay. Chụp màn hình, ghi ngày giờ gửi, rồi gọi 18001096 hỏi.
