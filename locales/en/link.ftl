# Linking: one citizen uses Motcua in several places. And what is said when staff answer in the same conversation.

link-button = Link
link-what = Do you use Motcua in several places (Zalo, Telegram, the web page)? You can link them, and go on in any of them.
link-shares = Shared: the language, what you have under way, lists of papers, dossiers you follow, and where notices go.
link-not-shared = Not shared: messages. You can undo the link at any time, type "link".
link-agree = I agree, give me a code
link-yes = I agree, link them
link-no = Do not link
link-refused = That is fine. Each place stays on its own, as before.
link-code = Open Motcua in the other place and type the code { $code } within { $minutes } minutes.
link-code-yours = Type it on your own device only. Give it to nobody: whoever has the code gets your notices.
link-confirm = This code links this place with { $place }. Agree only if you yourself have just got the code there.
link-done = Linked.
link-places = Your places:
link-preferred = { $place }: notices go here first
link-since = { $place }, since { $date }
link-here = { $place } (here)
link-prefer = Get notices on { $place }
link-drop = Take out { $place }
link-more = Link one more place
link-dropped = { $place } was taken out. From now on that place is on its own.
link-told = Motcua has just been linked with { $place }. If it was not you, type "link" and take it out now.
link-told-apart = This place has just been taken out of the link, from { $place }. From now on it is on its own. If it was not you, type "person".
link-helper = You are helping somebody else on this device, so it cannot be linked. Type "stop helping" first.

place-telegram = Telegram
place-web = the web page
place-zalo = Zalo
place-zalo-bot = Zalo Bot

staff-here = An officer is answering you here, so I keep quiet until an hour after their last message. To ask me, type "bot" and your question.
staff-gone = Here I am. Which procedure do you need?

# Data of a person: to see it, to take it along, to delete it.

data-button = My data
data-what = What I keep about you here:
data-messages = { $count } messages of both sides, since { $date }. Old ones are deleted by themselves.
data-dossiers = Dossiers you follow: { $count }.
data-walks = Things you have not finished: { $count }.
data-tickets = Times you asked an officer: { $count }.
data-files = Photos and files: { $count }.
data-questions = Questions that wait for an answer: { $count }.
data-consent = You agreed on { $date } (wording { $wording }): { $use }.
data-request = Your request { $receipt } is being looked after, until { $date } at the latest.
data-how = To ask about procedures you need not tell me anything about yourself. The buttons below end each of these.
data-export-button = See and download
data-other-button = Another request about my data
data-erase-button = Delete my data
data-walks-drop = Drop what I have not finished
data-walks-gone = I dropped everything you had not finished.
data-link = This page holds everything I keep about you, with a file to download. It opens until { $until }. Do not pass the link on.
data-link-button = Open my data
data-other-what = Type what you want: to correct, to restrict, to object, or anything else about your data. An officer answers within 2 working days and carries it out within 15 days.
data-requested = I have passed your request on. Receipt: { $receipt }. You will be answered here.
data-requests-many = You have several requests open. Please wait for the answer, or call the hotline.
data-answer = Answer to your request { $receipt } about your data
data-erase-what = If you press "Delete everything", I delete at once, here: messages, unfinished things, papers and photos you sent, waiting questions, dossiers you follow, news you wanted, links. If you are talking with an officer, that conversation ends.
data-erase-stays = I cannot delete: your dossier at the office (ask the office that took it), the messages on your phone, counts that name nobody. Proof that you once agreed is kept without a name.
data-erase-sure = What is deleted cannot be brought back.
data-erase-yes = Delete everything
data-erase-no = Do not delete
data-erased = Deleted. Receipt: { $receipt }. What lies outside the database (files, the officers' group) is deleted as well, within 15 days at the latest.
use-dossiers = to be told of dossiers you follow
use-walks = to keep what you have not finished
use-news = to be told news of your commune or ward
use-answers = to be told when there is an answer
use-places = to link the places where you use this
use-staff = to pass your question to officers
