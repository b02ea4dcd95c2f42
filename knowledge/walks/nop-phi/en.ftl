title = Pay the fee of a dossier on the portal
about = I go with you from opening the dossier until you have the receipt. You pay only from inside your own dossier on the portal. I never send a bank account or a QR code.

tu-dau = How do you know that you have to pay?
    .cong = I saw it in my dossier on the portal
    .chua-ro = I want to see whether I have to pay
    .ai-gui = Somebody sent a bank account, a QR code or a link
    .name = How you know

tien = How do you pay?
    .ngan-hang = With a bank app on my phone
    .vi = With an e-wallet
    .khong = I have neither
    .name = Way of paying

vao-cong = Have you been able to sign in to the portal with VNeID?
    .roi = Yes
    .chua = Never yet, or it fails
    .name = Sign-in

mo-ho-so = Type the address dichvucong.gov.vn yourself, sign in, then open "Hồ sơ của tôi" (my dossiers).
    Press the dossier to be paid for. See whether its code is the one you wrote down.

khoan = Does the dossier show anything to be paid?
    The status "Yêu cầu thực hiện nghĩa vụ tài chính" (payment required) means that it waits for your payment.
    .co = Yes, there is something to pay
    .chua = I see nothing to pay yet
    .da-nop = It says paid already
    .name = To be paid

doi-chieu = Before you pay, compare three things with your dossier:
    - who receives the money
    - the amount
    - the dossier code
    Do all three match?
    .khop = All three match
    .lech = Something does not match
    .name = Compared

tra-qr = In the dossier, choose to pay by QR code, so that the code is shown.
    Open your bank app and scan that code.
    Scan only the code shown inside your own dossier.

tra-vi = In the dossier, choose to pay by e-wallet, then choose your wallet.
    Follow the screen of the wallet.

xac-nhan = Read the payee and the amount again in the bank app or wallet.
    Confirm only if they are the same as in the dossier. Press once, then wait.
    Tell the bank's code to nobody, and do not send it here.

bien-lai = Keep the receipt and the transaction code, for example as a picture of the screen.
    Keep them until you have the result of the dossier.

ghi-nhan = Open the dossier on the portal again. Is the payment recorded?
    .roi = Yes, recorded
    .chua = Not recorded, but the money is gone
    .hai-lan = I was charged twice
    .khong-tru = Not recorded, and no money is gone
    .name = Recorded

dung-tra = Do not pay to that bank account, QR code or link, even if the sender claims to be an officer or the police.
    To know whether you have to pay, type dichvucong.gov.vn yourself and open your dossier, or ask at the counter.
    If you have sent money, call your bank at once. Keep the messages, and tell the commune police or call 113.

nop-tai-quay = Pay at the counter of the office that took the dossier. Bring the appointment slip or the dossier code.
    Ask for the amount and the way to pay before you pay. Then take the receipt and keep it.
    Do not ask strangers to pay for you.

chua-vao = To pay online you must sign in to the portal first. Open the walk on signing in, then come back here.
    If you cannot sign in, pay at the counter of the office that took the dossier, with the appointment slip or the dossier code.

cho-khoan = When the dossier shows nothing to pay, you need not pay yet. Some fees appear only after an officer has checked the dossier.
    Wait for the notice, or open "Hồ sơ của tôi" (my dossiers) again from time to time. Pay nobody in advance.

da-nop-roi = When the dossier has recorded it, you need not pay again.
    If somebody tells you to pay once more, do not. Ask the office that took the dossier or call 18001096.

dung-lai = Stop, do not pay. Close the page and call 18001096, or ask the office that took the dossier.
    When you have the answer, type dichvucong.gov.vn yourself, open the dossier and compare again.

chua-ghi = Do not pay again at once. Keep the receipt and the transaction code, and open the dossier again a little later.
    If it is still not recorded, ask the office that took the dossier or call 18001096. Tell them the dossier code and the transaction code.

hoi-tien = Keep both receipts and both transaction codes.
    Ask the office that took the dossier or call 18001096, and tell them the dossier code. We have no information on how long a refund takes.
    If somebody calls and wants codes or passwords for a "refund", give nothing.

chua-tra = The payment did not go through. Look at the transactions to be sure that no money is gone.
    Then open the dossier again, compare the three things and pay once more. If that fails, pay at the counter of the office that took the dossier.

xong = Done! The payment is recorded.
    You need not print the receipt, but still keep a picture of it. Follow the dossier in "Hồ sơ của tôi" (my dossiers).

trouble-nha-ho = May a relative pay for me?
    .remedy = We have no source for this. Ask the office that took the dossier, or pay at the counter. Give nobody your password.
trouble-khong-thay-hs = I do not see my dossier
    .remedy = Check that it is the account you filed with. Look in VNeID too: "Thủ tục hành chính", then "Lịch sử xử lý hồ sơ". If it is not there, call 18001096.
trouble-nop-quay = I filed at the counter
    .remedy = If the portal does not show the dossier, pay at the counter of the office that took it. Bring the appointment slip or the dossier code.
trouble-quen-ma = I do not remember the dossier code
    .remedy = Look at the appointment slip or the message that said it was filed. The code is also in "Hồ sơ của tôi" (my dossiers).
trouble-khong-hien = I see no way to pay
    .remedy = Some fees appear only after an officer has checked. Load the page again. If the dossier says payment required and there is no way to pay, call 18001096.
trouble-mien-giam = I think I have a reduction or pay nothing
    .remedy = Do not pay yet. Ask the office that took the dossier or call 18001096. Until 28 February 2027 many fees paid online are reduced, if you meet the conditions.
trouble-khong-thay-ten = I do not see the payee or the dossier code
    .remedy = Load the page again. If the bank app shows it after scanning, compare there, before you confirm. If it is still missing, do not pay and call 18001096.
trouble-qr-khong-mo = The QR code is not shown
    .remedy = Load the page again, or try another browser. If that fails, pay by e-wallet, pay at the counter, or call 18001096.
trouble-cung-may = The QR code is on this very phone
    .remedy = Open the dossier on a computer and scan it. Or take a picture of that screen yourself and open it in the bank app, if the app allows it.
trouble-app-khong-quet = The bank app does not read the code
    .remedy = Make the screen brighter, enlarge the code, update the app and scan again. If that fails, ask the bank, or pay at the counter. Do not transfer the money by hand.
trouble-khong-thay-vi = My wallet is not in the list
    .remedy = Use another wallet or a bank app, if you have one. If not, pay at the counter of the office that took the dossier.
trouble-khong-du-tien = It says too little money, or over the limit
    .remedy = Look at the balance and the limit in the app, or ask the bank. You may also pay at the counter.
trouble-tru-chua-bao = The money is gone but the dossier says unpaid
    .remedy = Do not pay again at once. Keep the receipt and the transaction code, then ask the office that took the dossier or call 18001096.
trouble-tru-hai-lan = I was charged twice
    .remedy = Keep both receipts. Ask the office that took the dossier or call 18001096, and tell them the dossier code.
trouble-that-bai = It says the payment failed
    .remedy = Look at the transactions. If no money is gone, open the dossier again and pay. If it is gone, do not pay again and call 18001096.
trouble-otp-nh = The bank's code does not come
    .remedy = Check the signal and wait some minutes. Do not press pay many times. If that fails, call your bank.
trouble-khong-bien-lai = I find no receipt
    .remedy = Take a picture of the transaction in the bank app or wallet, with the transaction code. Then ask the office that took the dossier about the receipt.
