# What the assistant says. Short sentences; equal in content to the Vietnamese file.

greeting = Hello! I am Một Cửa, a program that answers questions about administrative procedures{ $province }. I am not a person.
greeting-how = Ask in your own words. For example: "what papers do I need for a birth certificate".
first-time = I am an automatic program and can be wrong. Type "person" when you want to ask an officer.

help-who = I am Một Cửa, an automatic program, not a person.
help = I can tell which papers to bring, the steps, fees, time and place of each procedure.
help-ask = Type a question, the name of a procedure, or its code (such as 1.001193).
help-buttons = Press a button under an answer, or type its number ("2").
help-words = Type "tiếng việt" for Vietnamese, "cancel" to start again, "person" to ask an officer.
help-secrets = Never send passwords, OTP codes or photos of papers. I never ask for them.

choose-language = Bạn muốn dùng tiếng nào? / Which language?
language-set = I speak English from now on.
language-vi = Tiếng Việt
language-en = English

cancelled = Let us start again. Which procedure do you need?
thanks = Glad to help. Ask me whenever you need something.
small-talk = I am here. Which papers or procedure do you need? A few words will do, for example "register a birth".
insult = I am sorry that I have not helped you yet. I am only a program. You can ask an officer, or ask me again in a few short words.

clarify = Which of these procedures do you mean?
clarify-again = Is it the first time, or do you need it again?
clarify-extend = Is it a new one, or an extension?
clarify-foreign = Does your case have a foreign element (a foreigner, or a Vietnamese living abroad)?
clarify-child = Is it for an adult or for a child?
clarify-organisation = Is it for a person or family, or for an organisation or company?
unknown = I found no procedure that fits this question.
unknown-advice = Try a shorter question that only names what you need, such as "certified copy".
unknown-which = For which procedure do you want to know "{ $facet }"? Type what you need, for example "birth registration".
unknown-maybe = Do you mean one of these procedures?
out-of-scope = This is not an administrative procedure that I have a guide for. I do not want to guess.
about = About the procedure: { $title }
type-number = Type a number to choose:
change = Other procedure
change-which = Which procedure do you mean? Choose below, or type a new question.
change-type = Please type the name of the procedure or a new question.
right-button = That is it
wrong-button = Not this one
right-thanks = Thank you! What else do you need to know?
stale-button = This button belongs to an old message and no longer works. Please type your question.
no-such-number = There is no choice number { $number } now. Please type your question.

human-button = Ask a person
help-button = Help
human = To ask a real person:
human-desk = Ask the public administrative service centre of the commune or ward where you live.
human-hotline = Call { $number } ({ $name }).
human-national = Call 18001096, the line of the National Public Service Portal.
human-scam = Real officers never ask for your password or OTP code.
office = About opening hours, addresses and telephone numbers:
office-phone = Telephone: { $number }.
office-hours = Opening hours: { $hours }.
office-address = Address: { $address }.
office-missing = I do not have the opening hours, address and telephone number of your place yet.
office-which = Which commune or ward do you live in? Type its name and I will tell the address and telephone of its one-stop shop.
shop-example = This entry is an example, not real information. Whoever runs this program has not filled in theirs yet.
shop-department = { $name }: { $number }
shop-no-number = no telephone number yet
secret-one-time-code = Your message looks like a one-time code (OTP). I deleted it and kept nothing. Give such a code to nobody, not even to people who say they are officials or police. If it is a dossier number, type "dossier" and then the number.
secret-card = Your message has a bank card number. I deleted it and kept nothing. Do not send card numbers in messages. Fees are paid only on the National Public Service Portal or at the counter.
secret-password = Your message has a password. I deleted it and kept nothing. You should change this password now.
secret-scam = If somebody is pressing you to send a code or money, stop, and call 113 or go to the commune police.
emergency = If you are in danger, call now: 113 police, 114 fire, 115 ambulance, 111 child protection.
emergency-after = When you are safe, I am here to help with the papers.

fraud = If you think you are being cheated: stop, send no money, give no OTP, open no link, install no unknown app.
fraud-then = Call 113 or go to the nearest commune police. If you have sent money, call your bank at once to lock the account. Keep the messages and numbers as evidence.
condolence = Our condolences to you and your family.
dossier = I cannot see the state of dossiers here yet.
dossier-where = Look it up by the dossier code: on the National Public Service Portal (dichvucong.gov.vn, "Tra cứu hồ sơ"), in the VNeID app, or ask where you handed it in.

place-one = Since 1 July 2025 there are no districts, and many communes have merged:
place-several = This name means several places. See which one is yours:
place-unit = { $now } (before: { $district }, province { $province }), made of: { $former }.
place-former = { $name } ({ $district }, former province { $province }) now belongs to { $now }.
place-district = { $name } (former province { $province }) is now: { $now }.

media-sticker = Thank you. I do not understand stickers; please type your question.
media-voice = I cannot listen to voice messages. Please type your question.
media-photo = I do not look at photos and do not keep them. Never send photos of identity papers. Please type your question.
media-video = I cannot watch videos. Please type your question.
media-file = I take no files and no dossiers here. Submit them on the National Public Service Portal or at the counter.
media-location = I cannot use locations yet. Please type the name of the commune or ward, and your question.
media-contact = I do not need a telephone number to answer. Please type your question.
media-other = I do not understand this kind of message. Please type your question.
edited = (Answering the message you have just corrected.)
sorry = Sorry, something went wrong while answering this. It has been recorded. Try another wording, or type "person".
group = Hello everyone! In a group, mention my name in your message. For private matters, write to me directly.

command-walks = Step by step
command-papers = My papers
command-dossiers = My dossiers
command-help = What I can do
command-language = Change language / Đổi ngôn ngữ
command-cancel = Start again
command-person = Ask a person

desk-ask-button = Write to an officer here
desk-what = Officers who are given this task will read your question, what we talked about lately and the step you are at, and answer in this conversation. The question is kept for 90 days.
desk-open = It is within the officers' hours.
desk-closed = It is outside office hours. Officers are back at { $when }, will see your question and write to you here.
desk-question = Type your question. Do not send identity numbers, passwords or OTP codes.
desk-sent = Your question was passed on to the officers.
desk-position = You are number { $position } in the queue.
desk-minutes = In the last hours people waited about { $minutes } minutes.
desk-meanwhile = You need not stay: when there is an answer, it comes here. Meanwhile you can go on asking me.
desk-leave-button = No officer, thank you
desk-left = Your question was taken back. Which procedure do you want to ask me about?
desk-waits = Your question waits for an officer.
desk-too-many = You wrote to the officers often today. If it is urgent, call the hotline or come to the counter.
desk-taken = { $officer } is answering you here. I am quiet from now on.
desk-quiet = To talk to me again, type "bot".
desk-file = Open the photo or file from the officer
desk-file-kept = The photo or file is kept with your question to the officers.
desk-group = Officers read and answer in an internal Telegram group.
desk-no-photo = This photo or file cannot be passed to the officer, and I do not keep it. Please type it in words.
desk-returned = The officer could not answer yet; your question goes to somebody else. You keep your place.
desk-late = Sorry, no officer has answered yet. Your question keeps its place.
desk-call = If it is urgent, call { $number }.
desk-back = Here I am. Which procedure do you want to ask about?
desk-over = The officer has ended this. From now on I (a program) answer you.
desk-score = How well were you helped?
