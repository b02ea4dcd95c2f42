title = Nộp khai sinh cho con qua mạng
about = Tôi đi cùng bạn từ lúc chuẩn bị cho tới khi xem bản nháp giấy khai sinh. Muốn làm luôn thường trú và thẻ bảo hiểm y tế thì hỏi tôi "liên thông khai sinh".

vneid = Ai có tài khoản VNeID mức độ 2 để nộp?
    Chủ tài khoản tự đăng nhập và tự nộp. Không cho nhau mật khẩu, mã xác nhận.
    .toi = Tôi có
    .nguoi-nha = Cha, mẹ kia hoặc người thân của bé có
    .chua = Chưa ai có
    .name = VNeID

cha-me = Cha mẹ của bé thuộc trường hợp nào?
    .ket-hon = Đã đăng ký kết hôn
    .mot-minh = Chưa kết hôn, để trống phần cha
    .co-cha = Chưa kết hôn, muốn ghi tên cha
    .nuoc-ngoai = Cha hoặc mẹ là người nước ngoài
    .name = Cha mẹ

noi-sinh = Bé sinh ở đâu, có giấy chứng sinh không?
    Giấy chứng sinh là giấy bệnh viện, trạm y tế đưa sau khi sinh.
    .co = Ở Việt Nam, có giấy chứng sinh
    .khong = Ở Việt Nam, không có, ví dụ sinh ở nhà
    .nuoc-ngoai = Sinh ở nước ngoài
    .name = Giấy chứng sinh

ngay-sinh = Bé sinh ngày nào?
    Ngày này cho biết còn trong hạn 60 ngày hay không.
    .name = Ngày sinh

qua-han = Đã quá 60 ngày từ ngày sinh. Bé vẫn được đăng ký khai sinh.
    Bạn có thể phải nộp lệ phí. Mức thu do Hội đồng nhân dân tỉnh quy định.
    Gia đình có công với cách mạng, hộ nghèo, người khuyết tật được miễn.
    Nộp ngay hôm nay nếu được. Sẵn sàng thì bấm "Đã xong".

chuan-bi = Chuẩn bị trước khi nộp:
    - ảnh giấy chứng sinh: rõ nét, đủ cả tờ, không lóa
    - thẻ căn cước của cha mẹ; giấy chứng nhận kết hôn, nếu có
    - họ, tên, dân tộc, quê quán của bé mà gia đình đã thống nhất
    Không cần sổ hộ khẩu giấy.

chuan-bi-nha = Chuẩn bị trước khi nộp:
    - giấy của người làm chứng xác nhận việc sinh; không có ai thì tự viết giấy cam đoan
    - ảnh chụp giấy đó: rõ nét, đủ cả tờ, không lóa
    - thẻ căn cước của cha mẹ; giấy chứng nhận kết hôn, nếu có
    - họ, tên, dân tộc, quê quán của bé mà gia đình đã thống nhất

tim = Gõ địa chỉ dichvucong.gov.vn và đăng nhập bằng VNeID.
    Gõ "đăng ký khai sinh" vào ô tìm kiếm.
    Chọn "Thủ tục đăng ký khai sinh", mã 1.001193. So đúng mã rồi mới bấm.

co-quan = Tìm khối "Chọn cơ quan thực hiện" ở bên phải.
    Chọn tỉnh và xã, phường nơi cha hoặc mẹ cư trú, rồi bấm "Nộp hồ sơ".
    Kiểm tra lại cơ quan, rồi bấm "Nộp trực tuyến". Cổng hỏi thêm thì bấm "Đồng ý".

chia-se = Tích ô đồng ý, bấm "Xác nhận chia sẻ". Cổng hỏi passcode thì nhập lại trên Cổng.
    Không đưa passcode cho ai, không gửi vào đây.
    Ở "Xác nhận thông tin chung", xem lại tỉnh, cơ quan, tên thủ tục, rồi bấm "Xác nhận".

chu-ho-so = Ở mục "Thông tin chủ hồ sơ", phần lớn đã điền sẵn.
    Điền thêm ngày cấp, nơi cấp giấy tờ, số điện thoại, thư điện tử, địa chỉ.
    Xem kỹ số điện thoại và thư điện tử. Bản nháp và thông báo gửi về đó.
    Bấm "Bước tiếp theo".

mau = Điền mẫu khai sinh điện tử:
    - người yêu cầu: quan hệ của bạn với bé
    - bé: họ tên, ngày sinh, giới tính, dân tộc, nơi sinh, quê quán
    - cha và mẹ: viết đúng như trên thẻ căn cước
    Bấm "Xem trước", đọc kỹ từng chữ, rồi bấm "Xác nhận".

mau-me = Điền mẫu khai sinh điện tử:
    - người yêu cầu: quan hệ của bạn với bé
    - bé: họ tên, ngày sinh, giới tính, nơi sinh; họ, dân tộc, quê quán theo mẹ
    - mẹ: viết đúng như trên thẻ căn cước; phần về cha để trống
    Bấm "Xem trước", đọc kỹ từng chữ, rồi bấm "Xác nhận".

dinh-kem = Ở mục "Thành phần hồ sơ", bấm "Chọn tệp đính kèm" ở dòng giấy chứng sinh.
    Bấm "Tải lên từ thiết bị", chọn ảnh bạn đã chụp, đặt tên, rồi bấm "Thêm vào ví".
    Sinh ở nhà thì đính kèm giấy xác nhận hoặc giấy cam đoan.
    Xem tệp đã nằm đúng dòng chưa, rồi bấm "Bước tiếp theo".

gui = Chọn cách nhận kết quả và xem lệ phí. Đăng ký đúng hạn không mất lệ phí.
    Bấm "Gửi hồ sơ" và chờ màn hình báo "Gửi hồ sơ thành công".
    Ghi lại mã hồ sơ ra giấy. Mã cũng nằm trong "Hồ sơ của tôi".

ban-nhap = Chờ bản nháp giấy khai sinh mà cán bộ gửi cho bạn.
    Đọc kỹ họ tên, ngày sinh, quê quán của bé, tên cha mẹ. Đúng thì xác nhận.
    Bạn có 1 ngày. Sau 1 ngày không trả lời thì coi như bạn đồng ý.
    Chưa có bản nháp thì bấm "Để sau". Xem xong, bấm "Đã xong".

chua-vneid = Chưa có VNeID mức độ 2 thì chưa nộp qua mạng được.
    Bạn vẫn khai sinh được cho bé tại Trung tâm Phục vụ hành chính công của xã, phường.
    Mang giấy chứng sinh và thẻ căn cước. Đừng chờ tài khoản mà để quá 60 ngày.

nhan-con = Muốn ghi tên cha khi chưa kết hôn, bạn làm thủ tục khác, mã 1.000689.
    Thủ tục đó làm khai sinh và nhận con cùng một lần. Giấy khai sinh có tên cả cha và mẹ.
    Bạn cần thêm giấy tờ chứng minh quan hệ cha con. Cha mẹ nên cùng đi khi có hẹn.

cha-me-ngoai = Bé có cha hoặc mẹ là người nước ngoài thì làm thủ tục khác, mã 2.000528.
    Thủ tục đó cũng nộp ở xã, phường nơi cư trú. Cha mẹ cần thỏa thuận bằng văn bản về quốc tịch của bé.

sinh-ngoai = Bé sinh ở nước ngoài, chưa khai sinh ở đó, thì làm thủ tục khác, mã 2.000528.
    Thủ tục đó cũng nộp ở xã, phường nơi cư trú.
    Bé đã có giấy khai sinh nước ngoài thì làm việc khác: ghi vào sổ hộ tịch.

nguoi-lon = Theo ngày này, người cần khai sinh đã từ 14 tuổi. Gõ nhầm thì sửa câu trả lời vừa rồi.
    Người đã có căn cước, học bạ mà chưa từng khai sinh thì làm thủ tục mã 1.004772.
    Đã từng khai sinh nhưng mất giấy thì hỏi xã, phường xem sổ khai sinh còn không. Còn sổ thì xin bản sao.
    Chưa có giấy tờ nào thì hỏi Trung tâm Phục vụ hành chính công trước khi nộp.

xong = Hồ sơ khai sinh đã gửi. Giữ mã hồ sơ để theo dõi.
    Nhận tại Trung tâm: mang thẻ căn cước và bản chính giấy tờ bạn đã đính kèm.
    Nhận cách khác: nộp bản chính trước khi nhận kết quả, theo hướng dẫn của cán bộ.
    Không phải nộp giấy chứng sinh giấy nếu đã nộp bản điện tử, hoặc xã đã có dữ liệu ký số.

trouble-muc-nao = Không rõ mình ở mức mấy
    .remedy = Mở VNeID. Tên mức hiện ở màn hình đầu. Chưa từng đến công an làm tài khoản thì bạn chưa có mức 2.
trouble-ly-hon = Cha mẹ đã ly hôn, hoặc mẹ đang có chồng khác
    .remedy = Hỏi cán bộ hộ tịch của xã, phường trước khi nộp. Con sinh trong thời kỳ hôn nhân được coi là con chung của vợ chồng.
trouble-bo-roi = Bé bị bỏ rơi
    .remedy = Báo ngay Ủy ban nhân dân hoặc Công an xã, phường. Nơi đó lập biên bản trước, rồi mới khai sinh.
trouble-mat-giay = Có giấy chứng sinh nhưng bị mất
    .remedy = Hỏi bệnh viện, trạm y tế nơi sinh xem có cấp lại được không. Cũng hỏi xã, phường đã có dữ liệu của giấy này chưa.
trouble-mien = Nhà tôi thuộc diện được miễn lệ phí
    .remedy = Nói với nơi nhận hồ sơ trước khi trả tiền. Hỏi luôn cần giấy tờ gì để được miễn.
trouble-da-di-hoc = Con đã lớn, đã có học bạ hay giấy tờ khác
    .remedy = Có thể bạn cần thủ tục khác, mã 1.004772. Hỏi Trung tâm Phục vụ hành chính công của xã, phường trước khi nộp.
trouble-chua-ten = Gia đình chưa thống nhất tên bé
    .remedy = Bấm "Để sau" và bàn cho xong. Sửa tên sau này phải làm một thủ tục khác. Vẫn nhớ hạn 60 ngày.
trouble-ong-ba = Ông bà hoặc người thân nộp thay
    .remedy = Nộp thay được khi cha mẹ không thể nộp. Người nộp phải thống nhất nội dung khai sinh với cha mẹ của bé.
trouble-lam-chung = Không có ai làm chứng việc sinh
    .remedy = Bạn tự viết giấy cam đoan về việc sinh. Viết đúng sự thật; cam đoan sai thì bị từ chối hoặc bị hủy kết quả.
trouble-khong-vao = Không đăng nhập được
    .remedy = Hỏi tôi "đăng nhập dịch vụ công" để làm từng bước. Vẫn không được thì gọi 1900.0368 về VNeID, hoặc 18001096 về Cổng.
trouble-nhieu-ten = Có nhiều thủ tục tên giống nhau
    .remedy = Chỉ chọn mã 1.001193. Không chọn dòng có chữ "đăng ký lại", "kết hợp" hoặc "yếu tố nước ngoài".
trouble-xa-cu = Không thấy tên xã, phường của tôi
    .remedy = Từ 1/7/2025 nhiều xã, phường đổi tên và không còn huyện. Chọn theo tên mới. Không biết thì hỏi tôi tên xã cũ.
trouble-khong-nut = Không bấm được "Nộp trực tuyến"
    .remedy = Xem lại tỉnh và xã, phường đã chọn đúng chưa. Vẫn không được thì gọi 18001096, hoặc nộp tại Trung tâm của xã, phường.
trouble-quen-ma = Tôi quên passcode
    .remedy = Gọi 1900.0368 hoặc đến Công an xã, phường. Đừng nhờ người lạ lấy lại giúp, đừng gửi mã vào đây.
trouble-doi-tuong = Không biết chọn "Đối tượng thực hiện"
    .remedy = Ông bà, người thân nộp thay thì chọn "Làm thủ tục cho người khác" và khai quan hệ với bé. Cha mẹ chưa rõ thì gọi 18001096.
trouble-dien-sai = Thông tin điền sẵn bị sai
    .remedy = Phần này lấy từ dữ liệu dân cư. Sửa ở đó trước, mã 1.012564, hoặc hỏi Công an xã, phường.
trouble-ket-hon-mat = Không còn giấy chứng nhận kết hôn
    .remedy = Cán bộ tra việc kết hôn trong dữ liệu. Không tra được thì phải hỏi xã khác, thêm 3 ngày làm việc.
trouble-ho-que = Cha mẹ không thống nhất được họ, quê quán của bé
    .remedy = Họ, dân tộc, quê quán khi đó theo tập quán, nhưng phải theo của cha hoặc của mẹ. Hỏi cán bộ hộ tịch trước khi nộp.
trouble-ky-so = Màn hình có nút "Ký số"
    .remedy = Mẫu không đòi ký số thì bấm "Xác nhận". Mẫu đòi ký số mà bạn chưa có thì hỏi tôi "chữ ký số".
trouble-doi-y = Bây giờ cha muốn đứng tên
    .remedy = Dừng ở đây, đừng gửi. Bấm "Quay lại" đến câu hỏi về cha mẹ, chọn "Chưa kết hôn, muốn ghi tên cha".
trouble-khong-len = Ảnh không tải lên được
    .remedy = Dùng tệp JPG, PNG hoặc PDF. Xem lại mạng rồi thử lần nữa. Vẫn không được thì gọi 18001096.
trouble-nhieu-trang = Giấy có nhiều trang, nhiều ảnh
    .remedy = Bấm "Tạo tệp đính kèm từ nhiều hình ảnh". Cổng ghép các ảnh thành một tệp PDF.
trouble-mang-thai-ho = Con sinh ra nhờ mang thai hộ
    .remedy = Đính kèm thêm văn bản của cơ sở y tế xác nhận đã thực hiện kỹ thuật mang thai hộ.
trouble-co-phi = Đúng hạn mà Cổng vẫn hiện tiền
    .remedy = Xem ô số bản sao: mỗi bản sao xin thêm là 8.000 đồng. Không xin mà vẫn có tiền thì hỏi nơi nhận hồ sơ trước khi trả.
trouble-khong-ma = Không thấy mã hồ sơ
    .remedy = Mở "Hồ sơ của tôi" trên Cổng. Không có trong đó thì hồ sơ có thể chưa gửi. Gọi 18001096 trước khi nộp lần nữa.
trouble-nhap-sai = Bản nháp bị sai
    .remedy = Đừng xác nhận. Báo ngay nơi nhận hồ sơ chỗ sai, kèm mã hồ sơ. Cấp giấy rồi mới sửa thì phải làm thủ tục cải chính.
trouble-chua-nhap = Mãi chưa thấy bản nháp
    .remedy = Xem thư điện tử, cả mục thư rác, tin nhắn và "Hồ sơ của tôi". Không có thì hỏi nơi nhận hồ sơ, đưa mã hồ sơ.
trouble-thieu = Cán bộ báo hồ sơ còn thiếu
    .remedy = Đọc kỹ thông báo thiếu giấy nào, chỗ nào. Bổ sung đúng thứ đó trong hồ sơ đã nộp, đừng nộp hồ sơ mới.
