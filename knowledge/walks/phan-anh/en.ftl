title = Send a petition or feedback
about = I help you choose the right way, then go with you until you have a petition code from the National Public Service Portal.

ve-viec = What is it about?
    Each matter has its own way. The right one saves you sending it twice.
    .ho-so-cham = My dossier is late
    .can-bo = Officials are slow or rude
    .quy-dinh = A rule or procedure does not fit
    .quyet-dinh = A wrong decision harms me
    .trai-luat = I report a crime, corruption, something unlawful
    .nguy-hiem = There is danger right now
    .name = About

da-tra = Have you looked the dossier up?
    Time spent waiting for your papers or payment does not count.
    .qua-hen = Yes, the appointment date has passed
    .cho-toi = Yes, it waits for my papers or payment
    .chua-den = Yes, the date has not come yet
    .chua-tra = Not yet
    .name = Looked up

hoi-truoc = First ask the office that took the dossier; bring the slip or the dossier code.
    - Ask why it is late and on which day it comes.
    - Ask for the apology slip with a new date.
    If you asked and it is still late without a reason, press "Done" to send a petition.

vneid = Do you have a VNeID account?
    To send it on the portal you must sign in with VNeID.
    .co = Yes
    .chua = Not yet
    .khong-mang = I cannot use the internet
    .name = VNeID

ghi-viec = Write it down before you send it:
    - what, where, on which day, at what hour
    - the name of the desk or office
    - the dossier code and appointment date, if any
    - what you want the office to do

ghi-quy-dinh = Write it down before you send it:
    - the name of the procedure or rule
    - what does not fit, and what trouble it gives you
    - how you suggest changing it

mo-trang = Type the address dichvucong.gov.vn/nop-phan-anh-kien-nghi yourself.
    Sign in with VNeID. Do not send a password or a confirmation code here.
    The portal's screens may differ a little from what I say. Look for the words closest in meaning.

co-quan = Fill in your details on that page, then read them again.
    Choose the receiving office: where it happened, or the one that handles the procedure you comment on.
    The wrong one makes it slower.

noi-dung = Write the title and the content from your notes.
    - Title: one short sentence that says what it is about.
    - Content: truthful, one matter in one petition.
    Write no password and no confirmation code into it.

dinh-kem = Attach photos or documents, for example the slip or the apology.
    Kinds of files: jpg, pdf, doc, docx, xls, xlsx.
    If you have nothing to attach, skip this and press "Done".

gui = Read it once more, then press "Gửi phản ánh" (send) on the portal.
    Write down the petition code (mã PAKN). Keep a picture of the screen.

goi-113 = Call 113 now.
    Do not wait to send a petition; it is not the place for an emergency.

khieu-nai = This is a complaint (khiếu nại); it is not sent as a petition.
    Send a letter to the office that made the decision, in person or by post. Add a copy of the decision.
    If you cannot write it, ask an officer to write down what you say.
    Ask at once until when a complaint is possible, and do not miss it.

to-cao = This is a denunciation (tố cáo) or a report; it is not sent as a petition.
    A crime or fraud: tell the commune police or call 113.
    Officials who break the law, corruption: send a denunciation to the office that manages that person, with your full name and address.
    You may ask to keep your name secret.

tra-truoc = Look the dossier up first. The office may be waiting for your papers or payment.
    If you then see that the appointment date has passed, open this again.

cho-ban = The dossier is waiting for you, so do that first.
    Hand in the very papers that the request names, or pay from inside the dossier on the portal or at the counter.

chua-den-hen = The appointment date has not come yet; wait and keep the slip.
    If it passes without a result, open this again.

chua-vneid = The portal is entered only with VNeID. You get the account at the commune police, free of charge.
    If you need to speak soon, ask the commune-level People's Committee when it receives citizens.

den-xa = Ask the commune-level People's Committee when it receives citizens, then go and tell them.
    Bring your notes of what happened, where and when, and the slip if you have one.

xong = Done! Keep the PAKN code to follow it up and to ask again.
    We have no information on the time limit for an answer. To ask, call 18001096.

trouble-phan-biet = I do not know which of these mine is
    .remedy = Comments on how officials work or on a rule are a petition. Asking to review what touches your rights is a complaint. Reporting something unlawful is a denunciation.
trouble-doi-tien = An official hinted at money
    .remedy = Give no money. Note the day, the hour, the desk and what was said. You can send a petition; to report it as unlawful, denounce it.
trouble-khong-hen = My dossier has no appointment date
    .remedy = Ask the office that took it when the result comes. If nobody answers, go back and choose "Officials are slow or rude".
trouble-khong-ai = I asked and nobody answered
    .remedy = Note the day, the hour and the desk where you asked, then press "Done" to send a petition.
trouble-giau-ten = I do not want to give my name
    .remedy = On the portal the petition carries your name. Something unlawful goes the way of a denunciation, where you may ask to keep your name secret.
trouble-nho-gui = I want somebody else to send it
    .remedy = Let them sit with you, and sign in yourself. Give nobody your password or a confirmation code, not even your family.
trouble-khong-ten = I do not know the official's name
    .remedy = Write the desk, the day, the hour and what happened, so that the office can check it.
trouble-chung-cu = I have no papers to prove it
    .remedy = You can still send it. Write the day, the hour, the place and what was said. Write only what you know for sure.
trouble-ten-thu-tuc = I forgot the name of the procedure
    .remedy = Look at the slip, or search dichvucong.gov.vn. If you cannot find it, write which paper you wanted, and where.
trouble-khong-mo = The page does not open
    .remedy = Type the address again, without accents, with hyphens between the words. Wait a while and try again. If it still fails, call 18001096.
trouble-dang-nhap = I cannot sign in
    .remedy = Check the password and the phone signal. For help with VNeID call 1900.0368, with the portal 18001096.
trouble-duong-la = Somebody sent me a link for petitions
    .remedy = Do not press it. Type the address yourself, and sign in only on dichvucong.gov.vn.
trouble-noi-nao = I do not know which office to choose
    .remedy = Look for the name of the office on the slip or the papers you got. If it is still unclear, call 18001096.
trouble-ten-cu = I cannot find my old commune or district
    .remedy = Since 1 July 2025 there are no districts, and many communes have new names. Look for the new commune or ward.
trouble-khong-viet = I do not know how to write it
    .remedy = Tell it like a story: the day, the place, what you came for, what happened. Last sentence: "Tôi đề nghị…" (I ask that…).
trouble-nhieu-viec = I have several matters
    .remedy = Send one petition for each. Begin with the most important one.
trouble-mat-chu = I was thrown out while writing
    .remedy = Write it in the notes of your phone or on paper first, sign in again and copy it.
trouble-khong-tai = The file cannot be uploaded
    .remedy = Check the kind of file, and try a smaller one. If it still fails, send it without the file and tell it in the content.
trouble-ghi-am = I have a recording or a video
    .remedy = This kind of file is not on the list. Write that you have it, and keep it in case the office asks.
trouble-gui-loi = Pressing send shows an error
    .remedy = See whether a field is empty, check the connection and press again. If it still fails, call 18001096.
trouble-khong-ma = I sent it and see no code
    .remedy = Do not send it again right away. Take a picture of the screen, note day and hour, and call 18001096.
