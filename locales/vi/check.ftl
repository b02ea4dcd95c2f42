# motcua check: cho người sửa nội dung.
check-sum = { $written } hướng dẫn do người viết, { $imported } bài nhập tự động chưa ai kiểm tra, { $walks } việc từng bước. Lỗi: { $faults }. Còn phải điền: { $gaps }.
check-none = không có hướng dẫn nào
