# Lỗi trong nội dung, như người sửa bài đọc: điều sai, và (-do) việc cần làm.

# Không đọc được tệp.
fault-toml-guide = Không đọc được: { $message }
fault-toml-guide-do = xem cách ghi từng dòng trong knowledge/README.md
fault-toml-vocabulary = Không đọc được: { $message }
fault-toml-vocabulary-do = tệp gồm các hàng [[word]] (official, everyday, short, codes), [names] và [[choice]] (said, codes)
fault-toml-calendar = Không đọc được: { $message }
fault-toml-calendar-do = ngày viết như 2026-09-02, dưới [[year]] của nó
fault-toml-places = Không đọc được: { $message }
fault-toml-places-do = [[unit]] có name, code, district, former_province, former; [[shop]] có name, level, unit, address, hours
fault-fluent = Không đọc được: { $message }
fault-fluent-do = xem cách viết lời của hướng dẫn từng bước trong knowledge/README.md
fault-variable = «{ $key }» có biến
fault-variable-do = xem cách viết lời của hướng dẫn từng bước trong knowledge/README.md
fault-key-twice = «{ $key }» có hai lần
fault-key-twice-do = giữ một lần
fault-walk-file = thiếu tệp
fault-walk-file-do = cần có walk.toml, vi.ftl và en.ftl
fault-no-facts = thiếu tệp này
fault-no-facts-do = hướng dẫn nào cũng cần phần dữ liệu
fault-no-words = thiếu tệp này
fault-no-words-do = hướng dẫn nào cũng cần nội dung tiếng Việt
fault-slug = tên thư mục có chữ không dùng được, hoặc dài quá
fault-slug-do = đặt tên bằng a-z, 0-9 và -, nhiều nhất { $most } chữ
fault-portal = «portal» không phải trang thủ tục trên Cổng Dịch vụ công quốc gia
fault-portal-do = chép địa chỉ trang thủ tục, https://dichvucong.gov.vn/thu-tuc-hanh-chinh/<uuid>, hoặc bỏ dòng này
fault-day-year = { $day } nằm dưới năm { $year }
fault-day-year-do = ngày viết như 2026-09-02, dưới [[year]] của nó
fault-unit = không có xã, phường «{ $unit }»
fault-unit-do = viết đúng như tên ở [[unit]]
fault-department = một bộ phận nhận «{ $what }» mà không hướng dẫn nào nói tới
fault-department-do = viết đúng tên lĩnh vực, hoặc một mã thủ tục, có trong một hướng dẫn
fault-intent-file = không có loại tin nào tên như tệp này
fault-intent-file-do = đặt tên là một trong { $names }
fault-intent-twice = «{ $said }» có ở hai tệp
fault-intent-twice-do = bỏ ở tệp này hoặc ở { $file }.txt; mỗi câu thuộc một loại

# Lời của một bài.
fault-no-title = chưa có tên hướng dẫn
fault-no-title-do = mở đầu bằng «# » và tên thủ tục
fault-not-text = chỉ hiện được chữ, danh sách và tiêu đề
fault-not-text-do = viết thành câu thường
fault-heading = tiêu đề «{ $words }» không đặt ở đây được
fault-heading-do = «# » chỉ cho tên, «## » cho từng phần, «### » cho câu hỏi và cách nộp
fault-section = không có phần «{ $words }»
fault-section-do = dùng một trong: { $names }
fault-section-order = phần «{ $words }» bị lặp hoặc sai thứ tự
fault-section-order-do = giữ thứ tự: Tên thường gọi, Các bước, Lưu ý, Hỏi đáp, Người dân hay hỏi (en.md: Also called, Steps, Tips, Questions and answers, People ask)
fault-paragraph-answer = đoạn văn không đặt ở đây được
fault-paragraph-answer-do = viết «### » và câu hỏi trước câu trả lời
fault-paragraph-list = đoạn văn không đặt ở đây được
fault-paragraph-list-do = viết thành một mục: mở đầu dòng bằng «- » hoặc số
fault-translation = chưa có bản tiếng Anh
fault-translation-do = viết bản tiếng Anh, cùng nội dung với vi.md
fault-title-long = tên hướng dẫn dài quá { $most } chữ, nút không chứa hết
fault-title-long-do = rút gọn thành tên thường gọi
fault-hollow = chưa có phần tóm tắt hoặc chưa có bước nào
fault-hollow-do = viết một hai câu tóm tắt dưới tên hướng dẫn, và các bước dưới «## Các bước» (trong en.md là «## Steps»)
fault-answer-empty = câu hỏi này chưa có câu trả lời
fault-answer-empty-do = trả lời, hoặc chuyển xuống «## Người dân hay hỏi» (trong en.md là «## People ask»)
fault-step-begins = một bước mở đầu bằng «{ $word }»
fault-step-begins-do = mở đầu bằng việc phải làm: «Nộp …», «Mang …»
fault-sentence-long = câu dài { $words } tiếng: «{ $sentence }»
fault-sentence-long-do = tách làm hai câu, mỗi câu nhiều nhất { $most } tiếng
fault-officialese = «{ $word }» là chữ hành chính
fault-officialese-do = viết: { $plainer }
fault-number-en = số { $number } không có trong en.md
fault-number-en-do = ghi số như nhau ở cả hai thứ tiếng
fault-number-vi = số { $number } không có trong vi.md
fault-number-vi-do = ghi số như nhau ở cả hai thứ tiếng
fault-money = { $amount } đồng không có trong guide.toml
fault-money-do = thêm khoản này vào guide.toml, hoặc bỏ khỏi nội dung

# Dữ kiện của một bài.
fault-code-double = mã { $code } cũng là của guides/{ $other }
fault-code-double-do = chỉ giữ mã này ở một hướng dẫn
fault-no-authority = chưa có cơ quan giải quyết
fault-no-authority-do = ghi authority, cả hai thứ tiếng
fault-no-source = chưa có nguồn
fault-no-source-do = ghi nơi lấy dữ liệu vào dòng name, dưới [source]
fault-checked-future = ngày { $date } chưa tới
fault-checked-future-do = ghi ngày thật sự đã đối chiếu
fault-source-future = thời điểm { $date } chưa tới
fault-source-future-do = ghi thời điểm của nguồn, ví dụ 2026-07
fault-related = không có hướng dẫn «{ $slug }»
fault-related-do = dùng tên một thư mục trong guides/
fault-no-law = chưa có căn cứ pháp lý
fault-no-law-do = thêm một [[law]] với số của văn bản
fault-no-english = «{ $vi }» chưa có tiếng Anh
fault-no-english-do = thêm en = "…"
fault-ends-before = kết thúc trước khi bắt đầu
fault-ends-before-do = xem lại hai ngày
fault-waiver = mức giảm quá 100 phần trăm, hoặc kết thúc trước khi bắt đầu
fault-waiver-do = xem lại các số
fault-time-unit = thời hạn thiếu số, hoặc là same_day mà lại có số
fault-time-unit-do = viết amount = 3, unit = "working_days"
fault-fee-note = khoản phí không có số tiền phải nói ai quy định
fault-fee-note-do = thêm note = {"{"} vi = "…", en = "…" {"}"}
fault-paper-twice = hai giấy tờ cùng mã «{ $id }»
fault-paper-twice-do = đặt cho mỗi giấy một mã
fault-questions-many = { $count } câu hỏi về giấy tờ
fault-questions-many-do = hỏi nhiều nhất bốn câu
fault-question-twice = hai câu hỏi cùng một mã
fault-question-twice-do = đặt cho mỗi câu một mã
fault-question-choices = câu hỏi «{ $id }» chỉ có một lựa chọn, quá sáu, hoặc có hai lựa chọn trùng
fault-question-choices-do = đưa hai đến sáu lựa chọn, mỗi cái một tên
fault-question-idle = câu hỏi «{ $id }» không làm thay đổi giấy tờ hay câu hỏi nào
fault-question-idle-do = bỏ câu này, hoặc ghi mã của nó ở `only` hay `spared` của một giấy tờ
fault-spared-why = «{ $id }» được miễn mà không nói vì sao
fault-spared-why-do = ghi ở `not_needed`
fault-hangs = không có câu hỏi «{ $id }» đứng trước, hoặc câu đó không có lựa chọn { $choices }
fault-hangs-do = ghi mã một câu hỏi đứng trước, và lựa chọn có trong câu đó
fault-button-id = mã «{ $id }» có chữ không dùng được
fault-button-id-do = dùng a-z, 0-9 và -, mở đầu bằng chữ
fault-button-long = mã ghép lại dài quá { $most } chữ: { $button }
fault-button-long-do = rút gọn mã của câu hỏi, của lựa chọn, hoặc của giấy tờ

# Tên thường gọi.
fault-word-empty = «{ $official }» chưa có cách gọi khác
fault-word-empty-do = thêm everyday hoặc short, hoặc bỏ hàng này
fault-choice-single = chỉ có một mã, không có gì để chọn
fault-choice-single-do = ghi hai đến bốn mã, hoặc chuyển sang [names]
fault-syllable = «{ $said }» chỉ một tiếng, nghĩa quá rộng
fault-syllable-do = thêm tiếng bên cạnh: «sổ đỏ», không phải «sổ»
fault-phrase-double = «{ $said }» đã dùng cho { $meaning } ({ $file }:{ $line })
fault-phrase-double-do = giữ ở nghĩa nhiều người dùng, hoặc chuyển thành [[choice]]
fault-code = «{ $code }» không phải mã thủ tục
fault-code-do = viết như 1.001193, không có đuôi

# Hướng dẫn từng bước.
fault-walk-guide = không có hướng dẫn «{ $slug }»
fault-walk-guide-do = ghi tên một thư mục trong guides/
fault-walk-walk = không có hướng dẫn từng bước «{ $slug }»
fault-walk-walk-do = ghi tên một thư mục trong walks/
fault-walk-papers = không có hướng dẫn «{ $slug }» kèm danh sách giấy tờ
fault-walk-papers-do = ghi tên một thư mục trong guides/
fault-walk-ends = có trường hợp đi hết các bước mà không có kết quả
fault-walk-ends-do = thêm một [[outcome]] không có `when`, đặt cuối
fault-walk-name = mã «{ $name }» có chữ không dùng được, hoặc dài quá
fault-walk-name-do = dùng a-z, 0-9 và -, nhiều nhất { $most } chữ, mở đầu bằng chữ
fault-walk-twice = «{ $id }» có hai lần
fault-walk-twice-do = đặt cho mỗi bước và kết quả một tên
fault-step-kinds = bước «{ $step }» thuộc hai loại
fault-step-kinds-do = giữ một trong choices, ask, và rule kèm of
fault-step-choices = bước «{ $step }» có { $count } lựa chọn
fault-step-choices-do = đưa hai đến sáu
fault-picture = hình không có địa chỉ https
fault-picture-do = viết https://…
fault-no-date = «{ $of }» không phải bước hỏi ngày đứng trước
fault-no-date-do = ghi tên một bước đứng trước có ask = "date"
fault-when-step = «{ $owner }» cần câu trả lời của «{ $question }», mà không bước nào trước đó hỏi
fault-when-step-do = ghi một bước đứng trước có lựa chọn
fault-when-choice = «{ $owner }» cần lựa chọn «{ $choice }», mà «{ $question }» không có
fault-when-choice-do = ghi một lựa chọn có trong «{ $question }»
fault-ways = quá nhiều trường hợp, không kiểm tra hết được
fault-ways-do = tách thành hai hướng dẫn từng bước
fault-unreached = không ai tới được «{ $name }»
fault-unreached-do = sửa `when` của nó, hoặc bỏ đi
fault-text-missing = thiếu «{ $key }»
fault-text-missing-do = viết ở cả hai thứ tiếng
fault-label-long = «{ $text }» dài quá { $most } chữ, nút không chứa hết
fault-label-long-do = rút gọn
fault-text-idle = walk.toml không dùng «{ $key }»
fault-text-idle-do = bỏ đi

# Điều nơi dùng còn phải điền; chương trình vẫn chạy.
fault-shop-example = «{ $name }» còn là ví dụ
fault-shop-example-do = thay bằng bộ phận một cửa thật, rồi bỏ dòng example
fault-shop-address = «{ $name }» chưa có địa chỉ
fault-shop-address-do = ghi address
fault-shop-hours = «{ $name }» chưa có giờ làm việc
fault-shop-hours-do = ghi hours
fault-shop-hotline = «{ $name }»: có bộ phận chưa có số điện thoại
fault-shop-hotline-do = ghi hotline cho từng bộ phận
fault-shops-without = { $without } trong { $all } xã, phường chưa có bộ phận một cửa nào
fault-shops-without-do = thêm [[shop]], ghi unit là tên xã, phường
fault-placeholder = «{ $text }» còn là chữ mẫu
fault-placeholder-do = thay bằng thông tin thật
fault-year-none = chưa có năm { $year }: ngày nghỉ của năm nay bị tính là ngày làm việc
fault-year-none-do = thêm [[year]] với các ngày nghỉ đã công bố
fault-year-missing = năm { $year } còn thiếu: { $what }
fault-year-missing-do = ghi các ngày đã công bố, rồi bỏ dòng missing

# Câu hỏi không tìm ra hướng dẫn của mình.
fault-question-unfound = «{ $question }» không tìm ra hướng dẫn nào
fault-question-unfound-do = đổi câu hỏi
fault-question-elsewhere = «{ $question }» tìm ra { $first }
fault-question-elsewhere-do = đổi câu hỏi, hoặc bỏ câu giống nó ở { $first }
fault-question-lost = «{ $question }» trước tìm ra { $right }, nay tìm ra { $found }
fault-question-lost-do = thêm câu này vào { $right }, hoặc bỏ câu giống nó ở { $found }
