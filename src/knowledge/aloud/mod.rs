//! An announcement as somebody reads it into a loudspeaker: figures and abbreviations become Vietnamese words.
//!
//! No crate for Rust speaks Vietnamese numbers, so the rules of the language stand here: northern nghìn, linh, mốt, lăm.
//!
//! **Invariants.** Nothing is dropped silently but decoration: emoji, bullets, and all of an address but its host. Marks
//! inside a code or a telephone number become pauses. What is not known is left as it was typed. Lines stay lines.
//!
//! At each place of a line the first of `RULES` that knows what stands there gives the words and what is left.

type Said<'a> = Option<(String, &'a str)>;
type Rule = for<'a> fn(&str, &'a str) -> Said<'a>;

/// Each gets what was typed before the place and what comes. The most specific first: a telephone number is also a number.
const RULES: [Rule; 10] = [web, phone, law, span, time, moment, short, code, count, mark];
/// What may stand at the two ends of a dash.
const SPANS: [(Rule, Rule); 5] = [(time, time), (start, time), (date, date), (start, date), (count, count)];

const NAMES: &str = "0=không;1=một;2=hai;3=ba;4=bốn;5=năm;6=sáu;7=bảy;8=tám;9=chín;A=a;Ă=á;Â=ớ;B=bê;C=xê;D=dê;Đ=đê;E=e;Ê=ê;\
    F=ép-phờ;G=gờ;H=hát;I=i;J=gi;K=ca;L=e-lờ;M=em-mờ;N=en-nờ;O=o;Ô=ô;Ơ=ơ;P=pê;Q=quy;R=e-rờ;S=ét-sì;T=tê;U=u;Ư=ư;V=vê;W=vê kép;\
    X=ích-xì;Y=y;Z=dét";
const ROMAN: &str = "I=một;II=hai;III=ba;IV=bốn;V=năm;VI=sáu;VII=bảy;VIII=tám;IX=chín;X=mười;XI=mười một;XII=mười hai;\
    XIII=mười ba;XIV=mười bốn;XV=mười lăm;XVI=mười sáu;XVII=mười bảy;XVIII=mười tám;XIX=mười chín;XX=hai mươi";
const UNITS: &str = "km/h=ki lô mét trên giờ;kwh=ki lô oát giờ;kv=ki lô vôn;km2=ki lô mét vuông;m2=mét vuông;km²=ki lô mét vuông;\
    m²=mét vuông;m3=mét khối;m³=mét khối;km=ki lô mét;mm=mi li mét;cm=xăng ti mét;m=mét;kg=ki lô gam;g=gam;ha=héc ta;\
    ml=mi li lít;l=lít;°c=độ xê;℃=độ xê;%=phần trăm;h=giờ;đồng=đồng;vnđ=đồng;vnd=đồng;₫=đồng;đ/c=đồng chí;đ=đồng;Đ=đồng";
const ABBREVIATIONS: &str = "UBND=Ủy ban nhân dân;HĐND=Hội đồng nhân dân;MTTQ=Mặt trận Tổ quốc;TTHC=thủ tục hành chính;\
    DVC=dịch vụ công;CCCD=căn cước công dân;CMND=chứng minh nhân dân;BHYT=bảo hiểm y tế;BHXH=bảo hiểm xã hội;\
    BHTN=bảo hiểm thất nghiệp;THPT=trung học phổ thông;THCS=trung học cơ sở;Trường TH=Trường Tiểu học;trường TH=trường Tiểu học;\
    GPLX=giấy phép lái xe;QSDĐ=quyền sử dụng đất;PCCC=phòng cháy chữa cháy;VNeID=vi en i đi;KCN=khu công nghiệp;NVH=nhà văn hóa;\
    CA xã=công an xã;CA phường=công an phường;CSGT=cảnh sát giao thông;HTX=hợp tác xã;TDP=tổ dân phố;HCM=Hồ Chí Minh;\
    SĐT=số điện thoại;ĐT=điện thoại;LH=liên hệ;QĐ=quyết định;NĐ=nghị định;TP.=thành phố;TP=thành phố;TX.=thị xã;TX=thị xã;\
    TT.=thị trấn;TS.=tiến sĩ;ThS.=thạc sĩ;ThS=thạc sĩ;BS.=bác sĩ;BS=bác sĩ;V/v=về việc;Đ/c=đồng chí;thứ I=thứ nhất;\
    thứ IV=thứ tư;v.v...=vân vân;v.v.=vân vân;v.v=vân vân";
const ACTS: &str = "NĐ=nghị định;QĐ=quyết định;NQ=nghị quyết;TTLT=thông tư liên tịch;TTr=tờ trình;TT=thông tư;CT=chỉ thị;\
    KH=kế hoạch;TB=thông báo;CV=công văn;CĐ=công điện;HD=hướng dẫn;BC=báo cáo;GM=giấy mời";
const ISSUERS: &str = "CP=Chính phủ;TTg=Thủ tướng Chính phủ;CTUBND=Chủ tịch Ủy ban nhân dân;BCA=Bộ Công an;BTC=Bộ Tài chính;\
    BYT=Bộ Y tế;BNV=Bộ Nội vụ;BTP=Bộ Tư pháp;BXD=Bộ Xây dựng;BGDĐT=Bộ Giáo dục và Đào tạo;BNNMT=Bộ Nông nghiệp và Môi trường;\
    QH15=Quốc hội khóa mười lăm;QH16=Quốc hội khóa mười sáu";
/// After these words 2/9 is a day; elsewhere it is a fraction.
const DATED: &str = "ngày từ đến tới hôm nay mai sáng trưa chiều tối đêm giờ mùng mồng thứ hai ba tư năm sáu bảy nhật lễ tết dịp \
    mừng trước vào nộp hạn chót gian nhất quá";
const CALLED: &str = "gọi số thoại hotline nóng máy đài cứu hỏa hoả sát sđt đt";
const BULLETS: [char; 6] = ['-', '–', '—', '+', '•', '·'];
const PAUSE: &str = ", ";

/// The announcement as it is to be read aloud, line by line. Words are known in their composed form (NFC).
pub fn aloud(text: &str) -> String {
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// A cardinal number in words.
pub fn number(n: u64) -> String {
    let scales = [(1_000_000_000, " tỷ"), (1_000_000, " triệu"), (1000, " nghìn"), (100, " trăm")];
    if let Some((scale, name)) = scales.into_iter().find(|scale| n >= scale.0) {
        let (head, rest) = (number(n / scale) + name, n % scale);
        let first = rest / scales.into_iter().map(|s| s.0).find(|s| (1000..=rest).contains(s)).unwrap_or(1);
        // Without its hundreds 1005 would sound like 1500.
        let hundreds = if scale > 100 && first < 100 { " không trăm" } else { "" };
        let linh = if first < 10 { " linh" } else { "" };
        return if rest == 0 { head } else { format!("{head}{hundreds}{linh} {}", number(rest)) };
    }
    let tens = if n < 20 { "mười".to_owned() } else { spell(&(n / 10).to_string()) + " mươi" };
    match (n / 10, n % 10) {
        (0, _) => spell(&n.to_string()),
        (_, 0) => tens,
        (2.., 1) => tens + " mốt",
        (2.., 4) => tens + " tư",
        (_, 5) => tens + " lăm",
        (_, ones) => tens + " " + &number(ones),
    }
}

fn line(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(first) = rest.chars().next() {
        let before = text.get(..text.len() - rest.len()).unwrap_or_default();
        let (kept, after) = rest.split_at(take(rest, char::is_alphabetic).0.len().max(first.len_utf8()));
        let (words, left) = RULES.iter().find_map(|rule| rule(before, rest)).unwrap_or_else(|| (kept.to_owned(), after));
        out.truncate(if words == PAUSE { out.trim_end().len() } else { out.len() });
        let paused = words == PAUSE && (out.is_empty() || out.ends_with(['.', ',', ';', ':', '!', '?']));
        let apart = paused || out.ends_with(char::is_alphabetic) && words.starts_with(char::is_alphabetic);
        out.extend([if apart { " " } else { "" }, if paused { "" } else { &words }]);
        rest = left;
    }
    out.trim().to_owned()
}

/// The word before, in small letters.
fn back(before: &str) -> String {
    let apart = |c: char| c.is_whitespace() || ":(".contains(c);
    before.trim_end_matches(apart).rsplit(apart).next().unwrap_or_default().to_lowercase()
}

/// Whether one of these words leads to this place, if need be over a list: "ngày 22/11 và 23/11", "gọi 113, 114".
fn led(before: &str, by: &str) -> bool {
    let before = before.to_lowercase();
    let item = |word: &str| matches!(word, "" | "và" | "hoặc") || word.starts_with(|c: char| c.is_ascii_digit());
    before.rsplit([' ', ',', ':', '(']).find(|word| !item(word)).is_some_and(|word| by.split(' ').any(|one| one == word))
}

/// What the table says of the sign that comes. A sign that ends in a small letter may be typed in capitals.
fn known<'a>(table: &'static str, s: &'a str) -> Option<(&'static str, &'a str)> {
    table.split(';').filter_map(|row| row.split_once('=')).find_map(|(sign, words)| {
        let (typed, left) = s.split_at_checked(sign.len())?;
        let loose = sign.ends_with(char::is_lowercase) && sign.chars().count() > 1;
        let whole = !(sign.ends_with(char::is_alphanumeric) && left.starts_with(char::is_alphanumeric));
        (whole && (typed == sign || loose && typed.to_lowercase() == sign.to_lowercase())).then_some((words, left))
    })
}

fn take(s: &str, wanted: impl Fn(char) -> bool) -> (&str, &str) {
    s.split_at(s.find(|c| !wanted(c)).unwrap_or(s.len()))
}

fn digits(s: &str) -> Option<(&str, &str)> {
    Some(take(s, |c| c.is_ascii_digit())).filter(|cut| !cut.0.is_empty())
}

/// A number of at most so many digits between two bounds.
fn within(s: &str, longest: usize, least: u64, most: u64) -> Option<(u64, &str)> {
    let (typed, left) = digits(s).filter(|cut| cut.0.len() <= longest)?;
    typed.parse().ok().filter(|n| (least..=most).contains(n)).map(|n| (n, left))
}

fn each(s: &str, apart: &[char], say: fn(&str) -> String, between: &str) -> String {
    s.split(apart).map(say).collect::<Vec<_>>().join(between)
}

fn spell(s: &str) -> String {
    let name = |c: char| known(NAMES, &c.to_string()).map_or(c.to_string(), |name| name.0.to_owned());
    s.chars().map(name).collect::<Vec<_>>().join(" ")
}

/// Digits as one number; "007" is no quantity, and nobody follows a number of seventeen digits.
fn cardinal(typed: &str) -> String {
    let quantity = typed.len() < 3 && typed != "00" || !typed.starts_with('0');
    typed.parse().ok().filter(|n| quantity && *n <= 1_000_000_000_000_000).map_or_else(|| spell(typed), number)
}

fn whole(typed: &str) -> String {
    let three = |(at, group): (usize, &str)| group.len() == 3 || at == 0 && group.len() < 3 && !typed.starts_with('0');
    let grouped = typed.split('.').enumerate().all(three);
    if grouped { cardinal(&typed.replace('.', "")) } else { each(typed, &['.'], cardinal, " chấm ") }
}

fn decimal(typed: &str) -> String {
    match typed.split(',').collect::<Vec<_>>()[..] {
        // Three zeros are no decimals: somebody learned to count money in English.
        [_, .., "000"] => whole(&typed.replace(',', ".")),
        [one, part] if !part.contains('.') => {
            whole(one) + " phẩy " + &if part.starts_with('0') { spell(part) } else { cardinal(part) }
        }
        _ => each(typed, &[','], whole, ", "),
    }
}

/// Any number with its unit.
fn count<'a>(before: &str, s: &'a str) -> Said<'a> {
    let run = take(s, |c| c.is_ascii_digit() || ".,/".contains(c)).0.trim_end_matches(['.', ',', '/']);
    let run = if run.split(['.', ',', '/']).any(str::is_empty) { digits(s)?.0 } else { run };
    let (left, prev) = (s.get(run.len()..)?, back(before));
    let row = led(before, "tháng quý kỳ đợt số định quyết tư luật");
    let (month, name) = if row { ("", &*prev) } else { ("tháng ", "tháng") };
    let words = match run.split('/').map(|part| part.parse().unwrap_or(0)).collect::<Vec<u64>>()[..] {
        [111..=115] if led(before, CALLED) => spell(run),
        [n @ 1..10] if run.len() < 3 => ordinal(&prev, n),
        [n @ 1..4, 4] => number(n) + " phần tư",
        [n, of @ 2..=10] if 0 < n && n < of => number(n) + " phần " + &number(of),
        [n, year @ 1900..2200] if n > 0 && (row || n <= 12) => format!("{month}{} năm {}", ordinal(name, n), number(year)),
        _ => each(run, &['/'], decimal, " trên "),
    };
    let unit = known("k=nghìn;tr=triệu", left).or_else(|| known(UNITS, left.strip_prefix([' ', '\u{a0}']).unwrap_or(left)));
    Some(unit.map_or((words.clone(), left), |(unit, left)| (words + " " + unit, left)))
}

/// Numbers that sound otherwise where they name a place in a row.
fn ordinal(row: &str, n: u64) -> String {
    let rows = [("thứ", 1, "nhất"), ("thứ", 4, "tư"), ("tháng", 4, "tư")];
    let name = rows.iter().find(|name| row.starts_with(name.0) && n == name.1);
    name.map_or_else(|| number(n), |name| name.2.to_owned())
}

fn time<'a>(before: &str, s: &'a str) -> Said<'a> {
    let (hour, after) = within(s, 2, 0, 24).filter(|_| back(before) != "lệ")?;
    let hour = number(hour) + " giờ";
    let mark = after.trim_start().strip_prefix("giờ").or_else(|| after.strip_prefix(['h', 'H']));
    let left = mark.or_else(|| after.strip_prefix([':', 'g']))?;
    let typed = if mark.is_some() { left.trim_start() } else { left };
    // In "7 giờ 22/11" and "7 giờ 50.000 đồng" the minutes are none.
    let alone = |tail: &str| tail.strip_prefix(['/', '.', ',']).and_then(digits).is_none();
    match digits(typed).filter(|(two, tail)| two.len() == 2 && *two < "60" && alone(tail)) {
        Some(("00", left)) => Some((if left.trim_start().starts_with("phút") { hour + " không" } else { hour }, left)),
        Some((minute, left)) => Some((hour + " " + &if minute < "10" { spell(minute) } else { cardinal(minute) }, left)),
        None => (mark.is_some() && !left.starts_with(char::is_alphanumeric)).then_some((hour, left)),
    }
}

/// A day and its month, with or without the year.
fn date<'a>(before: &str, s: &'a str) -> Said<'a> {
    let (first, after) = within(s, 2, 1, 31)?;
    let mark = after.chars().next().filter(|c| "/.-".contains(*c))?;
    let (month, left) = within(after.strip_prefix(mark)?, 2, 1, 12)?;
    let words = day(before, first) + " tháng " + &ordinal("tháng", month);
    let year = |s| within(s, 4, 1900, 2199).or_else(|| within(s, 2, 20, 99).filter(|_| mark == '/'));
    match left.strip_prefix(mark).filter(|tail| digits(tail).is_some()) {
        Some(tail) => year(tail).map(|(year, left)| (words + " năm " + &number(year), left)),
        None => Some((words, left)).filter(|_| mark == '/'),
    }
}

fn day(before: &str, day: u64) -> String {
    let prev = back(before);
    let name = if matches!(&*prev, "ngày" | "hôm" | "mùng" | "mồng") { "" } else { "ngày " };
    let first = if day <= 10 && prev != "mùng" && prev != "mồng" { "mùng " } else { "" };
    format!("{name}{first}{}", number(day))
}

/// A date that is no fraction, and "ngày 5 tháng 11".
fn moment<'a>(before: &str, s: &'a str) -> Said<'a> {
    let zero = s.starts_with('0') || take(s, |c| !c.is_whitespace()).0.contains("/0");
    let sure = |said: &(String, &str)| zero || said.0.contains(" năm ") || led(before, DATED);
    let alone = || within(s, 2, 1, 31).filter(|cut| back(before) == "ngày" && cut.1.trim_start().starts_with("tháng"));
    date(before, s).filter(sure).or_else(|| alone().map(|(first, left)| (day(before, first), left)))
}

/// The first number of "7-11h" and "22-25/11".
fn start<'a>(before: &str, s: &'a str) -> Said<'a> {
    let (n, left) = within(s, 2, 1, 31).filter(|cut| cut.1.starts_with(BULLETS) || matches!(&*back(before), "ngày" | "từ"))?;
    Some((if time("", take(left, |c| !c.is_ascii_digit()).1).is_some() { number(n) } else { day(before, n) }, left))
}

fn span<'a>(before: &str, s: &'a str) -> Said<'a> {
    let prev = back(before);
    let row = matches!(&*prev, "tháng" | "thứ" | "ngày" | "quý" | "mùng" | "mồng");
    let again = if row { format!("{prev} ") } else { String::new() };
    SPANS.into_iter().filter(|_| !before.ends_with(BULLETS)).find_map(|(first, second)| {
        let (one, left) = first(before, s).filter(|one| !one.0.contains(" trên "))?;
        let other = left.trim_start().strip_prefix(['-', '–', '—'])?.trim_start();
        // "ngày 22/11 - ngày 25/11" has the word twice, and it is said twice.
        let (other, left) = second(before, other.strip_prefix(&again).unwrap_or(other))?;
        let from = if row || prev == "từ" || !other.contains("giờ") && !other.contains("tháng") { "" } else { "từ " };
        let ended = !left.starts_with(|c: char| c.is_alphanumeric() || "-/".contains(c));
        ended.then(|| (format!("{from}{one} đến {again}{other}"), left))
    })
}

/// An address: nobody writes down a path that is read to them.
fn web<'a>(before: &str, s: &'a str) -> Said<'a> {
    let typed = take(s, |c| !c.is_whitespace()).0.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let bare = ["https://", "http://"].iter().find_map(|scheme| typed.strip_prefix(scheme)).unwrap_or(typed);
    let host = bare.split(['/', '?', '#', ':']).next()?.rsplit('@').next()?.trim_start_matches("www.");
    let ending = host.rsplit_once('.').filter(|_| host.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c)))?.1;
    let name = if back(before).ends_with("mạng") { "" } else { "trang mạng " };
    // A mailbox is no page: it is read whole.
    if let Some((mailbox, _)) = bare.split_once('@') {
        let mailbox = mailbox.replace('.', " chấm ");
        return Some((format!("thư điện tử {mailbox} a còng {}", host.replace('.', " chấm ")), s.get(typed.len()..)?));
    }
    let known = matches!(ending, "vn" | "com" | "net" | "org" | "edu" | "info" | "me" | "ly" | "gle");
    known.then_some((name.to_owned() + &host.replace('.', " chấm "), s.get(typed.len()..)?))
}

fn phone<'a>(_: &str, s: &'a str) -> Said<'a> {
    let (lead, mut rest, least, most) = match s.strip_prefix("+84") {
        Some(body) => ("cộng tám bốn, ", body.trim_start_matches([' ', '.', '-']), 9, 10),
        None if s.starts_with("1900") || s.starts_with("1800") => ("", s, 8, 8),
        None => ("", s.strip_prefix('0').map(|_| s)?, 9, if s.starts_with("02") { 11 } else { 10 }),
    };
    let (mut typed, mut found) = (String::new(), None);
    // A number that is typed in pieces begins with three digits or more, "01 07 2026" does not.
    while let Some((group, left)) = digits(rest).filter(|cut| cut.0.len() > 2 || !typed.is_empty() || !lead.is_empty()) {
        typed = typed + group + " ";
        if (least..=most).contains(&typed.replace(' ', "").len()) {
            found = Some((typed.trim_end().to_owned(), left));
        }
        rest = left.strip_prefix([' ', '.', '-']).unwrap_or_default();
    }
    let (mut typed, left) = found.filter(|found| !found.1.starts_with(char::is_alphanumeric))?;
    if !typed.contains(' ') {
        let size = if typed.len() == 9 || typed.len() == 10 { 3 } else { 4 };
        typed.insert(typed.len() - size, ' ');
        typed.insert(typed.len() - 2 * size - 1, ' ');
    }
    Some((lead.to_owned() + &each(typed.trim(), &[' '], spell, ", "), left))
}

/// What stands behind the number of a decree: what it is, and whose.
fn issued(s: &str) -> Option<(&'static str, String, &str)> {
    let (run, left) = take(s, |c| c.is_alphanumeric() || c == '-');
    let name = |by: &str| known(ISSUERS, by).or(known(ABBREVIATIONS, by)).map_or_else(|| spell(by), |known| known.0.to_owned());
    let (act, by) = run.split_once('-').unwrap_or((run, ""));
    let (act, by) = if known(ISSUERS, run).is_some() { ("", run) } else { (known(ACTS, act)?.0, by) };
    Some((act, if by.is_empty() { String::new() } else { " của ".to_owned() + &each(by, &['-'], name, ", ") }, left))
}

fn law<'a>(before: &str, s: &'a str) -> Said<'a> {
    let (head, left) = take(s, |c| c.is_ascii_digit() || c == '.');
    let year = left.strip_prefix('/').and_then(|s| within(s, 4, 1900, 2199));
    let (act, issuer, left) = year.map_or(left, |year| year.1).strip_prefix('/').and_then(issued).filter(|_| !head.is_empty())?;
    let year = year.map(|year| " năm ".to_owned() + &number(year.0)).unwrap_or_default();
    let name = if back(before) == "số" { "" } else { "số " };
    // The text mostly says what it is; where it does not, the letters do.
    let told = before.to_lowercase().trim_end_matches([' ', ':']).trim_end_matches("số").trim_end().ends_with(act);
    Some((format!("{name}{}{year}{}{issuer}", whole(head), if told { String::new() } else { format!(", {act}") }), left))
}

fn short<'a>(before: &str, s: &'a str) -> Said<'a> {
    let act = issued(s).filter(|said| !said.0.is_empty() && !said.1.is_empty()).map(|said| (said.0.to_owned() + &said.1, said.2));
    let town = s.strip_prefix("TT ").filter(|next| next.starts_with(char::is_uppercase)).map(|next| ("thị trấn ", next));
    let numbered = || known(ROMAN, s).filter(|_| matches!(&*back(before), "quý" | "khóa" | "khoá" | "kỳ" | "kì" | "đợt" | "thứ"));
    let unit = || known(UNITS, s).filter(|_| before.ends_with('/') && counted(before));
    let sign = town.or_else(numbered).or_else(unit).or_else(|| known(ABBREVIATIONS, s));
    act.or_else(|| sign.map(|(words, left)| (words.to_owned(), left)))
}

/// Letters with digits, or letters that make no syllable, one by one. Words are no code: "COVID-19", "2026.UBND".
fn code<'a>(before: &str, s: &'a str) -> Said<'a> {
    let marks = ['.', '/', '-'];
    let run = take(s, |c| c.is_uppercase() || c.is_ascii_digit() || marks.contains(&c)).0.trim_end_matches(marks);
    let left = s.get(run.len()..).filter(|left| !left.starts_with(char::is_alphabetic))?;
    let mute = |part: &str| part.chars().all(|c| "BCDĐFGHJKLMNPQRSTVWXZ".contains(c));
    let word = |s: &str| !s.contains(char::is_numeric) && (s.len() > 2 && !mute(s) || known(ABBREVIATIONS, s).is_some());
    let mixed = run.contains(char::is_uppercase) && run.contains(char::is_numeric) && !run.split(marks).any(word);
    let counted = count(before, s).is_some_and(|said| said.1.len() <= left.len() || run.len() <= 3);
    let (letters, after) = take(s, char::is_alphabetic);
    let spelled = (2..=5).contains(&letters.chars().count()) && mute(letters);
    (mixed && !counted).then(|| (each(run, &marks, spell, ", "), left)).or_else(|| spelled.then(|| (spell(letters), after)))
}

/// Whether a number stands before the words: "50.000 đồng/người/tháng".
fn counted(before: &str) -> bool {
    before.trim_end_matches(|c: char| c.is_alphabetic() || "/²%".contains(c)).trim_end().ends_with(char::is_numeric)
}

fn mark<'a>(before: &str, s: &'a str) -> Said<'a> {
    let mark = s.chars().next()?;
    let after = s.get(mark.len_utf8()..)?;
    let one = |test: fn(char) -> bool| before.trim_end().ends_with(test);
    let both = |test: fn(char) -> bool| one(test) && after.trim_start().starts_with(test);
    let slashed = one(|c| c.is_alphanumeric() || c == '%') && after.trim_start().starts_with(char::is_alphabetic);
    let words = match mark {
        '&' => "và",
        '(' => PAUSE,
        ')' if after.trim_start().starts_with(char::is_alphanumeric) => PAUSE,
        '+' if both(char::is_numeric) => "cộng",
        'x' | '×' | '*' if both(char::is_numeric) => "nhân",
        '/' if one(char::is_alphabetic) && digits(after).is_some_and(|year| year.0.len() == 4) => "năm",
        '/' if slashed && back(before) == "và" => "",
        '/' if slashed && counted(before) => "mỗi",
        '/' if slashed => "hoặc",
        '-' if before.ends_with(char::is_alphabetic) && after.starts_with(char::is_numeric) => "",
        _ if BULLETS.contains(&mark) && !before.contains(char::is_alphanumeric) => "",
        _ if ")*\u{200d}\u{20e3}\u{fe0f}".contains(mark) => "",
        _ if matches!(u32::from(mark), 0x25a0..=0x27bf | 0x2b00..=0x2bff | 0x1f000..=0x1faff) => "",
        _ => return None,
    };
    let apart = before.trim_end_matches(|c: char| !c.is_alphanumeric() && !c.is_whitespace()).ends_with(char::is_whitespace);
    Some((words.to_owned(), if words == PAUSE || words.is_empty() && apart { after.trim_start() } else { after }))
}

#[cfg(test)]
mod tests;
