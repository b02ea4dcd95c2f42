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
