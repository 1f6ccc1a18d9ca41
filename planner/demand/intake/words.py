"""Words for languages, channels and directions, as help desks and people write them."""

from __future__ import annotations

from collections.abc import Mapping

from planner.demand.intake.folding import plain

_LANGUAGES = {
    "en": "english, eng, inglese, inglés, anglais, englisch, inglês, engels, angielski, anglais (us)",
    "it": "italian, ita, italiano, italien, italienisch, italiaans, włoski",
    "fr": "french, fra, fre, francese, français, francés, französisch, francês, frans, francuski",
    "es": "spanish, spagnolo, español, castellano, espagnol, spanisch, espanhol, spaans, hiszpański",
    "de": "german, deu, ger, tedesco, deutsch, alemán, allemand, alemão, duits, niemiecki",
    "pt": "portuguese, portoghese, português, portugués, portugais, portugiesisch, portugees, portugalski",
    "nl": "dutch, nld, olandese, neerlandese, nederlands, holandés, neerlandés, néerlandais, "
    "niederländisch, holandês, neerlandês, holenderski, niderlandzki",
    "pl": "polish, pol, polacco, polski, polaco, polonais, polnisch, polonês, pools",
    "cs": "czech, ces, cze, ceco, čeština, checo, tchèque, tschechisch, tcheco, tsjechisch, czeski",
    "ro": "romanian, rumeno, romeno, română, rumano, roumain, rumänisch, roemeens, rumuński",
    "sv": "swedish, swe, svedese, svenska, sueco, suédois, schwedisch, zweeds, szwedzki",
    "da": "danish, danese, dansk, danés, danois, dänisch, dinamarquês, deens, duński",
    "no": "norwegian, norvegese, norsk, noruego, norvégien, norwegisch, norueguês, noors, norweski",
    "fi": "finnish, finlandese, suomi, finlandés, finnois, finnisch, finlandês, fins, fiński",
    "el": "greek, greco, ελληνικά, griego, grec, griechisch, grego, grieks, grecki",
    "tr": "turkish, turco, türkçe, turc, türkisch, turks, turecki",
    "hu": "hungarian, ungherese, magyar, húngaro, hongrois, ungarisch, hongaars, węgierski",
    "ru": "russian, russo, русский, ruso, russe, russisch, rosyjski",
    "uk": "ukrainian, ukr, ucraino, українська, ucraniano, ukrainien, ukrainisch, oekraïens, ukraiński",
    "ca": "catalan, catalano, català, catalán, katalanisch",
    "ja": "japanese, jpn, giapponese, 日本語, japonés, japonais, japanisch, japonês, japans, japoński",
    "zh": "chinese, zho, cinese, 中文, chino, chinois, chinesisch, chinês, chinees, chiński",
    "ar": "arabic, arabo, العربية, árabe, arabe, arabisch, arabski",
}
_CHANNELS = {
    "email": "email, e-mail, mail, emails, e-mails, inbound email, incoming email, outbound email, "
    "outbound e-mail, email to case, email-to-case, web, website, web form, webform, web service, "
    "web to case, "
    "web-to-case, form, contact form, api, rest api, help center, help centre, portal, web portal, "
    "customer portal, service portal, self service, feedback widget, web widget, widget, closed ticket, "
    "mobile, mobile sdk, sample ticket, community, forum, internal form, "
    "posta, pec, posta certificata, posta elettronica, email in uscita, e-mail in arrivo, modulo, "
    "modulo web, modulo di contatto, "
    "portale, portale clienti, sito, sito web, correo, correo electrónico, correo electronico saliente, "
    "formulario, formulario web, formulario de contacto, sitio web, portal de clientes, "
    "widget de comentarios, "
    "widget di feedback, courriel, mél, formulaire, formulaire web, portail, portail client, site web, "
    "formular, webformular, kontaktformular, kundenportal, webseite, e-mail-nachricht, formulário, "
    "formulário web, correio eletrônico, correio eletrónico, site, formulier, webformulier, portaal, "
    "poczta, poczta e-mail, formularz, strona internetowa, wiadomość e-mail",
    "chat": "chat, chats, messaging, native messaging, live chat, livechat, web messaging, web chat, "
    "webchat, "
    "in-app, in app chat, chatbot, messenger (web), chat conversation, sunshine conversations, "
    "chat dal vivo, chat in diretta, messaggistica, chat en vivo, chat en directo, mensajería, "
    "chat en direct, messagerie, live-chat, chat ao vivo, mensagens, czat, czat na żywo, berichten",
    "phone": "phone, voice, call, calls, phone call, phone calls, phone call (incoming), "
    "phone call (inbound), "
    "phone call (outgoing), phone call (outbound), inbound call, incoming call, phone call incoming, "
    "voicemail, callback, call-back, call center, talk, voip, hotline, telephone, aircall, "
    "telefono, telefonata, chiamata, chiamate, chiamata in entrata, chiamata in arrivo, segreteria, "
    "segreteria telefonica, teléfono, llamada, llamadas, llamada entrante, llamada telefónica, buzón de voz, "
    "téléphone, appel, appels, appel entrant, appel téléphonique, telefon, anruf, anrufe, eingehender anruf, "
    "telefone, chamada, ligação, telefoon, oproep, inkomend gesprek, połączenie, rozmowa",
    "social": "social, social media, twitter, x, x (twitter), twitter dm, twitter direct message, "
    "x corp post, "
    "x corp dm, facebook, facebook messenger, messenger, facebook post, facebook private message, "
    "instagram, instagram direct, whatsapp, whatsapp business, telegram, line, wechat, viber, sms, text, "
    "text message, rcs, linkedin, youtube, tiktok, reviews, google reviews, app store, google play, "
    "apple messages for business, apple business chat, any channel, redes sociales, réseaux sociaux, "
    "soziale medien, redes sociais, sociale media, media społecznościowe, recensioni, reseñas",
}
_DIRECTIONS = {
    "inbound": "inbound, incoming, in, received, ricevuta, ricevute, entrante, in entrata, in arrivo, "
    "entrata, "
    "recibida, recibidas, entrada, entrantes, entrant, entrante, entrée, reçu, reçue, eingehend, "
    "eingang, recebida, recebidas, inkomend, przychodzące, przychodząca, inbound call, incoming call, "
    "chiamata in entrata, chiamata in arrivo, llamada entrante, appel entrant, eingehender anruf",
    "outbound": "outbound, outgoing, out, made, dialed, dialled, effettuata, effettuate, uscente, in uscita, "
    "uscita, realizada, realizadas, saliente, salientes, salida, efectuada, sortant, sortante, sortie, "
    "émis, émise, ausgehend, ausgang, efetuada, efetuadas, saída, uitgaand, wychodzące, wychodząca, "
    "outbound call, outgoing call, chiamata in uscita, llamada saliente, appel sortant, "
    "ausgehender anruf",
}


def _by_word(table: Mapping[str, str]) -> Mapping[str, str]:
    return {plain(word): meaning for meaning, words in table.items() for word in words.split(", ")}


LANGUAGES = _by_word(_LANGUAGES)
"""Language code by its names in other languages, compared as ``plain`` writes them."""
LANGUAGE_CODES = tuple(_LANGUAGES)
"""Codes of the languages of which names are known."""
CHANNELS = _by_word(_CHANNELS)
"""Channel by what exports call it, in nine languages."""
DIRECTIONS = _by_word(_DIRECTIONS)
"""inbound or outbound by what phone systems write."""
