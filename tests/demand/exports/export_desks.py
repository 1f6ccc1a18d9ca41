# ruff: noqa: E501
# fmt: off
"""Exports of help desks as their pages write them, in English, Italian and Spanish."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from export_world import (
    AUTUMN,
    LONDON,
    MADRID,
    ROME,
    Export,
    Ticket,
    clock,
    half_day,
    jira_stamp,
    table,
    tickets,
    truth_of,
    workbook,
)

ISO, EUROPE = "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M"


def each(found: Sequence[Ticket], zone: str) -> Iterator[tuple[Ticket, datetime, datetime]]:
    """Tickets with their local creation and solution; those that the team opened itself are there too."""
    for one in found:
        local = one.local(zone)
        yield one, local, (one.solved.astimezone(local.tzinfo))


def zendesk(name: str, titles: str, seed: int, vias: dict[str, str], tags: dict[str, str], zone: str) -> Export:
    found = tickets(seed, AUTUMN, zone, tuple(tags), tuple(vias))
    rows = [
        [
            1, one.number, one.person, f"38{one.number}", "", one.address, "example.com", one.person, one.person,
            "Supporto", one.subject, f"vip {tags[one.language]} ordine_perso", "Closed", "Normal",
            vias[one.channel], "Incident", f"{at:{ISO}}", f"{solved:{ISO}}", f"{solved:{ISO}}", "", "",
            f"{at:{ISO}}", f"{solved:{ISO}}", 24, "Offered", 1, 1, 0, 2, 55, 40,
        ]
        for one, at, solved in each(found, zone)
    ]
    return Export(name, table(titles.split("|"), rows), truth_of(found, zone), "zendesk", zone)


ZENDESK = "Summation column|Id|Requester|Requester id|Requester external id|Requester email|Requester domain|Submitter|Assignee|Group|Subject|Tags|Status|Priority|Via|Ticket type|Created at|Updated at|Assigned at|Organization|Due date|Initially assigned at|Solved at|Resolution time|Satisfaction Score|Group stations|Assignee stations|Reopens|Replies|First reply time in minutes|First reply time in minutes within business hours"
ZENDESK_IT = "Colonna di somma|ID|Richiedente|ID richiedente|ID esterno richiedente|E-mail richiedente|Dominio richiedente|Mittente|Assegnatario|Gruppo|Oggetto|Tag|Stato|Priorità|Via|Tipo di ticket|Creato il|Aggiornato il|Assegnato il|Organizzazione|Data di scadenza|Assegnato inizialmente il|Risolto il|Tempo di risoluzione|Punteggio di soddisfazione|Stazioni di gruppo|Stazioni assegnatario|Riaperture|Risposte|Tempo della prima risposta in minuti|Tempo della prima risposta in minuti nell'orario di attività"
ZENDESK_ES = "Columna de suma|ID|Solicitante|ID del solicitante|ID externo del solicitante|Correo electrónico del solicitante|Dominio del solicitante|Remitente|Persona asignada|Grupo|Asunto|Etiquetas|Estado|Prioridad|Vía|Tipo de ticket|Creado el|Actualizado el|Asignado el|Organización|Fecha de vencimiento|Asignado inicialmente el|Resuelto el|Tiempo de resolución|Calificación de satisfacción|Estaciones de grupo|Estaciones de agente asignado|Reaperturas|Respuestas|Tiempo de la primera respuesta en minutos|Tiempo de la primera respuesta en minutos dentro del horario"


def explore(name: str, titles: str, seed: int, form: str, words: dict[str, str], zone: str) -> Export:
    found = tickets(seed, zone=zone, languages=("it",), channels=tuple(words))
    rows = [
        [one.number, at.strftime(form), words[one.channel], "Supporto", "Closed", 1]
        for one, at, _ in each(found, zone)
    ]
    return Export(name, table(titles.split("|"), rows, quoting=1), truth_of(found, zone, language="en"),
                  "zendesk-explore", zone)


def freshdesk(name: str, titles: str, seed: int, sources: dict[str, str], zone: str, mark: str = ",") -> Export:
    found = tickets(seed, AUTUMN, zone, ("it",), tuple(sources), outbound=0.0)
    rows = [
        [
            one.number, one.subject, "Closed", "Low", sources[one.channel], "Question", one.person, "Supporto",
            f"{at:{ISO}}", f"{solved:{ISO}}", f"{solved:{ISO}}", f"{solved:{ISO}}", f"{solved:{ISO}}", "",
            "00:00:00", clock(one.seconds) if one.number % 3 else "", clock(one.seconds), 2, 1, "Within SLA",
            "Within SLA", "vip, rimborso", "", "Regular", one.person, one.address, one.phone,
        ]
        for one, at, solved in each(found, zone)
    ]
    return Export(name, table(titles.split("|"), rows, mark), truth_of(found, zone, language="en"), "freshdesk", zone)


FRESHDESK = "Ticket ID|Subject|Status|Priority|Source|Type|Agent|Group|Created time|Due by Time|Resolved time|Closed time|Last update time|Initial response time|Time tracked|First response time (in hrs)|Resolution time (in hrs)|Agent interactions|Customer interactions|Resolution status|First response status|Tags|Survey results|Association type|Full name|Email|Work phone"
FRESHDESK_IT = "ID ticket|Oggetto|Stato|Priorità|Origine|Tipo|Agente|Gruppo|Ora di creazione|Ora di scadenza|Ora di risoluzione|Ora di chiusura|Ora ultimo aggiornamento|Tempo di risposta iniziale|Tempo tracciato|Tempo di prima risposta (in ore)|Tempo di risoluzione (in ore)|Interazioni agente|Interazioni cliente|Stato risoluzione|Stato prima risposta|Tag|Risultati sondaggio|Tipo di associazione|Nome completo|E-mail|Telefono ufficio"
FRESHDESK_ES = "ID del ticket|Asunto|Estado|Prioridad|Fuente|Tipo|Agente|Grupo|Hora de creación|Hora de vencimiento|Hora de resolución|Hora de cierre|Hora de la última actualización|Tiempo de respuesta inicial|Tiempo registrado|Tiempo de primera respuesta (en horas)|Tiempo de resolución (en horas)|Interacciones del agente|Interacciones del cliente|Estado de resolución|Estado de primera respuesta|Etiquetas|Resultados de la encuesta|Tipo de asociación|Nombre completo|Correo electrónico|Teléfono de trabajo"


def jira(name: str, titles: str, labels: str, field: str, seed: int, months: str, zone: str, mark: str = ",") -> Export:
    found = tickets(seed, zone=zone)
    header = [*titles.split("|"), *[labels] * 6, *["Commento" if months == "it" else "Comment"] * 200,
              *[field] * 120]
    rows = [
        [
            one.subject, f"SUP-{one.number}", one.number, "Service Request", "Done", "SUP", "Supporto", "service_desk",
            one.person, one.person, jira_stamp(at, months), jira_stamp(solved, months), jira_stamp(solved, months),
            one.subject, "vip", "rimborso", *[""] * 4, *[f"{jira_stamp(at, months)};{one.person};{one.subject[:40]}"],
            *[""] * 199, *[one.phone if at.minute % 9 == 0 else ""] * 120,
        ]
        for one, at, solved in each(found, zone)
    ]
    return Export(name, table(header, rows, mark, end="\n"), truth_of(found, zone, "email", "en"), "jira", zone)


JIRA = {
    "en": "Summary|Issue key|Issue id|Issue Type|Status|Project key|Project name|Project type|Assignee|Reporter|Created|Updated|Resolved|Description",
    "it": "Riepilogo|Chiave segnalazione|ID segnalazione|Tipo di ticket|Stato|Chiave progetto|Nome progetto|Tipo di progetto|Assegnatario|Segnalante|Creata|Aggiornata|Risolta|Descrizione",
    "it2": "Riepilogo|Chiave ticket|ID ticket|Tipo ticket|Stato|Chiave progetto|Nome progetto|Tipo di progetto|Assegnatario|Richiedente|Creati|Aggiornato|Risolti|Descrizione",
    "es": "Resumen|Clave de incidencia|ID de la incidencia|Tipo de Incidencia|Estado|Clave del proyecto|Nombre del proyecto|Tipo de proyecto|Persona asignada|Informador|Creada|Actualizada|Resuelta|Descripción",
}


def hubspot(name: str, titles: str, seed: int, sources: dict[str, str], form: str, zone: str, xlsx: bool = False) -> Export:
    found = tickets(seed, zone=zone, channels=tuple(sources))
    rows = [
        [one.number, one.subject[:300], "Support Pipeline", "Closed", at.replace(tzinfo=None) if xlsx else at.strftime(form),
         "High", one.person, sources[one.channel], solved.replace(tzinfo=None) if xlsx else solved.strftime(form), one.address]
        for one, at, solved in each(found, zone)
    ]
    content = workbook(titles.split("|"), rows) if xlsx else table(titles.split("|"), rows, quoting=1)
    return Export(name, content, truth_of(found, zone, language="en"), "hubspot", zone, "xlsx" if xlsx else "csv")


def intercom(name: str, titles: str, seed: int, zone: str, by: str) -> Export:
    found = tickets(seed, AUTUMN, zone, channels=("chat",))
    rows = [
        [one.number, f"{at:{ISO}}", by, "Chat", "closed", one.person, "Supporto", 30, one.address, one.person, "vip"]
        for one, at, _ in each(found, zone)
    ]
    return Export(name, table(titles.split("|"), rows), truth_of(found, zone, language="en"), "intercom", None)


def salesforce(name: str, titles: str, seed: int, form: str, footer: Sequence[str], origins: dict[str, str],
               zone: str, codec: str = "utf-8", mark: str = ",", grouped: bool = False) -> Export:
    found = tickets(seed, zone=zone, channels=tuple(origins))
    rows, before = [], ""
    for one, at, solved in each(found, zone):
        owner = "" if grouped and one.person == before else one.person
        before = one.person
        stamp = half_day(at, form, seconds=False) if "%m/%d" in form else at.strftime(form)
        closed = half_day(solved, form, seconds=False) if "%m/%d" in form else solved.strftime(form)
        subject = one.subject.replace("😀 ", "").replace(" 🙏", "")
        rows.append([owner, f"{one.number:08d}", stamp, closed, "Closed", "Low", origins[one.channel], subject])
    below = "\r\n" + "\r\n".join(f'"{line}"' for line in footer) + "\r\n"
    content = table(titles.split("|"), rows, mark, codec, quoting=1, below=below)
    return Export(name, content, truth_of(found, zone, language="en"), "salesforce", zone)


def simple(name: str, profile: str, titles: str, seed: int, stamp: str, words: dict[str, str], zone: str,
           mark: str = ",", codec: str = "utf-8", language: str = "en", channel: str = "", **more: str) -> Export:
    """A desk by a row of codes: N number, S subject, C created, D solved, V channel, P person, A address, - word."""
    found = tickets(seed, zone=zone, channels=tuple(words) or ("email",))
    header, codes = zip(*(title.split("=") for title in titles.split("|")), strict=True)
    rows = []
    for one, at, solved in each(found, zone):
        what = {
            "N": one.number, "S": one.subject.replace("😀", "").replace("🙏", ""), "C": at.strftime(stamp), "D": solved.strftime(stamp),
            "V": words.get(one.channel, ""), "P": one.person, "A": one.address, "T": one.phone, "-": "Chiuso", "B": "",
            "c": at.strftime("%d/%m/%Y"), "t": at.strftime("%H:%M:%S"), "L": one.language, "s": one.seconds,
        }
        rows.append([what[code] for code in codes])
    content = table(header, rows, mark, codec, **more)
    return Export(name, content, truth_of(found, zone, channel, language), profile, zone)


SALESFORCE_END = ("Grand Totals (504 records)", "Confidential Information - Do Not Distribute",
                  "Generated By: Zenobia Quill 4/6/2026 9:00 AM", "Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.")
WORDS_IT = {"email": "Mail", "chat": "Chat", "phone": "Telefono"}


def made() -> list[Export]:
    """All of them."""
    tags = {"it": "italiano", "es": "español", "en": "english"}
    exports = [
        zendesk("zendesk en", ZENDESK, 1, {"email": "Mail", "chat": "Chat"}, tags, LONDON),
        zendesk("zendesk it", ZENDESK_IT, 2, {"email": "Mail", "chat": "Chat", "phone": "Telefono"}, tags, ROME),
        zendesk("zendesk es", ZENDESK_ES, 3, {"email": "Formulario web", "chat": "Chat"}, tags, MADRID),
        explore("explore en", "Ticket ID|Ticket created - Timestamp|Ticket channel|Ticket group|Ticket status|Tickets",
                4, "%Y-%m-%dT%H:%M:%S", {"email": "Email", "chat": "Messaging"}, LONDON),
        explore("explore it", "ID ticket|Ticket creato - Timestamp|Canale ticket|Gruppo ticket|Stato ticket|Ticket",
                5, "%Y-%m-%dT%H:%M:%S", {"email": "Email", "chat": "Chat"}, ROME),
        explore("explore es", "ID del ticket|Ticket creado - Marca de tiempo|Canal del ticket|Grupo del ticket|Estado del ticket|Tickets",
                6, "%Y-%m-%d %H:%M:%S", {"email": "Correo electrónico", "chat": "Mensajería"}, MADRID),
        freshdesk("freshdesk en", FRESHDESK, 7, {"email": "Email", "phone": "Phone", "chat": "Chat"}, LONDON),
        freshdesk("freshdesk it", FRESHDESK_IT, 8, {"email": "Portale", "phone": "Telefono", "chat": "Chat"}, ROME),
        freshdesk("freshdesk es", FRESHDESK_ES, 9, {"email": "Correo electrónico", "phone": "Teléfono"}, MADRID, ";"),
        jira("jira en", JIRA["en"], "Labels", "Custom field (Phone)", 10, "en", LONDON),
        jira("jira it", JIRA["it"], "Etichette", "Campo personalizzato (Telefono)", 11, "it", ROME),
        jira("jira it ticket", JIRA["it2"], "Etichette", "Campo personalizzato (Telefono)", 12, "it", ROME, ";"),
        jira("jira es", JIRA["es"], "Etiquetas", "Campo personalizado (Teléfono)", 13, "es", MADRID),
        jira("jira es with points", JIRA["es"], "Etiquetas", "Campo personalizado (Teléfono)", 14, "es.", MADRID),
        hubspot("hubspot en", "Ticket ID|Ticket name|Pipeline|Ticket status|Create date|Priority|Ticket owner|Source|Close date|Associated Contact",
                15, {"email": "Email", "chat": "Chat", "phone": "Phone"}, "%Y-%m-%d %H:%M", LONDON),
        hubspot("hubspot it", "ID record|Nome ticket|Pipeline|Stato ticket|Data di creazione|Priorità|Proprietario del ticket|Fonte|Data di chiusura|Contatto associato",
                16, {"email": "Modulo", "chat": "Chat"}, "%Y-%m-%d %H:%M", ROME),
        hubspot("hubspot es", "ID de registro|Nombre del ticket|Pipeline|Estado del ticket|Fecha de creación|Prioridad|Propietario del ticket|Fuente|Fecha de cierre|Contacto asociado",
                17, {"email": "Correo electrónico", "chat": "Chat"}, "%d/%m/%Y %H:%M", MADRID),
        hubspot("hubspot it workbook", "ID record|Nome ticket|Pipeline|Stato ticket|Data di creazione|Priorità|Proprietario del ticket|Fonte|Data di chiusura|Contatto associato",
                18, {"email": "E-mail", "phone": "Telefono"}, "", ROME, xlsx=True),
        intercom("intercom en", "Conversation ID|Conversation started at (Europe/London)|Started by|Channel|Current conversation state|Teammate currently assigned|Team currently assigned|First response time (seconds)|User email|User name|Conversation tags", 19, LONDON, "user"),
        intercom("intercom it", "ID conversazione|Conversazione iniziata il (Europe/Rome)|Iniziata da|Canale|Stato attuale della conversazione|Membro del team attualmente assegnato|Team attualmente assegnato|Tempo di prima risposta (secondi)|E-mail utente|Nome utente|Tag", 20, ROME, "utente"),
        intercom("intercom es", "ID de la conversación|Conversación iniciada el (Europe/Madrid)|Iniciada por|Canal|Estado actual de la conversación|Compañero de equipo asignado actualmente|Equipo asignado actualmente|Tiempo de primera respuesta (segundos)|Correo del usuario|Nombre de usuario|Etiquetas", 21, MADRID, "usuario"),
        salesforce("salesforce en", "Case Owner|Case Number|Date/Time Opened|Date/Time Closed|Status|Priority|Case Origin|Subject", 22,
                   "%m/%d/%Y,", SALESFORCE_END, {"email": "Email", "phone": "Phone"}, LONDON, grouped=True),
        salesforce("salesforce it", "Titolare caso|Numero caso|Data/Ora apertura|Data/Ora chiusura|Stato|Priorità|Origine caso|Oggetto", 23,
                   "%d/%m/%Y %H.%M", ("Totali complessivi (504 record)", "Informazioni riservate - Non distribuire", "Copyright (c) 2000-2026 salesforce.com, inc."),
                   {"email": "E-mail", "phone": "Telefono"}, ROME, "cp1252", ";", True),
        salesforce("salesforce es", "Propietario del caso|Número del caso|Fecha/Hora de apertura|Fecha/Hora de cierre|Estado|Prioridad|Origen del caso|Asunto", 24,
                   "%d/%m/%Y %H:%M", ("Totales generales (504 registros)", "Información confidencial - No distribuir", "Generado por: Zenobia Quill 06/04/2026 9:00"),
                   {"email": "Correo electrónico", "phone": "Teléfono"}, MADRID, grouped=True),
        simple("freshservice it", "freshservice", "ID ticket=N|Oggetto=S|Stato=-|Priorità=-|Urgenza=-|Impatto=-|Origine=V|Tipo=-|Agente=P|Gruppo=-|Categoria=-|Sottocategoria=-|Dipartimento=-|Ora di creazione=C|Ora di risoluzione=D|Tempo di risposta iniziale=B|Nome del richiedente=P|E-mail del richiedente=A", 25, ISO, {"email": "E-mail", "phone": "Telefono"}, ROME),
        simple("freshservice en", "freshservice", "Ticket ID=N|Subject=S|Status=-|Priority=-|Urgency=-|Impact=-|Source=V|Type=-|Agent=P|Group=-|Category=-|Sub-Category=-|Department=-|Created Time=C|Due by Time=D|Resolved Time=D|Requester Name=P|Requester Email=A", 26, "%d %b, %Y %I:%M %p", {"email": "Email", "phone": "Phone"}, LONDON),
        simple("gorgias en", "gorgias", "Ticket id=N|Subject=S|Status=-|Initial channel=V|Last used integration type=-|Tags=-|Creation date=C|Closed date=D|Assignee user=P|Customer email=A|Survey score=B", 27, ISO, {"email": "email", "chat": "chat"}, LONDON),
        simple("zoho es", "zoho-desk", "Ticket Id=N|Subject=S|Status=-|Channel=V|Created Time=C|Ticket Closed Time=D|Ticket Owner=P|Department=-|Contact Name=P|Is Overdue=-|Email=A", 28, "%d %b %Y %I:%M %p", {"email": "Email", "phone": "Phone"}, MADRID),
        simple("glpi it", "glpi", "ID=N|Titolo=S|Stato=-|Ultimo aggiornamento=D|Data di apertura=C|Priorità=-|Richiedente - Richiedente=P|Assegnato a - Tecnico=P|Categoria=-|Origine della richiesta=V|Tempo per la risoluzione=B|=B", 29, "%d-%m-%Y %H:%M", {"email": "E-Mail", "phone": "Telefono"}, ROME, ";"),
        simple("glpi es", "glpi", "ID=N|Título=S|Estado=-|Última actualización=D|Fecha de apertura=C|Prioridad=-|Solicitante - Solicitante=P|Asignado a - Técnico=P|Categoría=-|Origen de la solicitud=V|=B", 30, "%Y-%m-%d %H:%M", {"email": "Correo electrónico", "phone": "Teléfono"}, MADRID, ";"),
        simple("osticket en", "mapping", "Ticket Number=N|Date Created=C|Subject=S|From=P|From Email=A|Priority=-|Department=-|Help Topic=-|Source=V|Current Status=-|Last Updated=D|SLA Due Date=B|Overdue=B|Agent Assigned=P", 31, "%m/%d/%y %I:%M %p", {"email": "Email", "phone": "Phone"}, LONDON),
        simple("osticket it", "mapping", "Numero Ticket=N|Data Creazione=C|Oggetto=S|Da=P|Dall'indirizzo Email=A|Priorità=-|Dipartimento=-|Origine=V|Stato corrente=-|Ultimo aggiornamento=D|Agente assegnato=P", 32, "%d/%m/%y %H:%M", {"email": "Email", "phone": "Telefono"}, ROME),
        simple("otrs it", "mapping", "Ticket#=N|Età=-|Creato=C|Chiuso=D|Coda=-|Stato=-|Priorità=-|Utente cliente=P|Blocca=-|Proprietario=P|Oggetto=S|Da=A", 33, ISO, {}, ROME, ";", channel="email"),
        simple("otrs en", "mapping", "Number=N|Ticket#=N|Age=-|Created=C|Closed=D|Queue=-|State=-|Priority=-|Customer User=P|Owner=P|Subject=S|From=A", 34, ISO, {}, LONDON, ";", channel="email"),
        simple("request tracker", "mapping", "id=N|Subject=S|Status=-|QueueName=-|Owner=P|Priority=-|Requestors=A|Created=C|Resolved=D|LastUpdated=D|Told=B|TimeLeft=B", 35, "%a %b %d %H:%M:%S %Y", {}, MADRID, "\t", channel="email", quoting=3) if False else simple("request tracker", "mapping", "id=N|Status=-|Queue=-|Owner=P|Priority=-|Requestors=A|Created=C|Resolved=D|LastUpdated=D|Told=B|TimeLeft=B", 35, "%Y-%m-%d %H:%M:%S", {}, MADRID, "\t", channel="email"),
        simple("help scout", "mapping", "Number=N|Subject=S|Customer=P|Customer Email=A|Status=-|Type=V|Mailbox=-|Assigned To=P|Created=C|Closed=D|Tags=-", 36, "%b %d, %Y %I:%M %p", {"email": "Email", "chat": "Chat"}, LONDON),
        simple("liveagent it", "mapping", "Codice=N|Oggetto=S|Richiedente=P|Email=A|Canale=V|Stato=-|Reparto=-|Agente=P|Data creazione=C|Data risoluzione=D", 37, "%d.%m.%Y %H:%M:%S", {"email": "E-mail", "chat": "Chat"}, ROME, ";", "utf-8-sig"),
        simple("own desk es", "mapping", "Nº de caso=N|Asunto=S|Cliente=P|Correo=A|Vía de entrada=V|Estado=-|Fecha de alta=C|Fecha de cierre=D|Idioma=L", 38, "%d-%m-%Y %H:%M", {"email": "Correo", "phone": "Teléfono"}, MADRID, ";", "cp1252", language="it"),
        simple("own desk it, day and clock apart", "mapping", "Protocollo=N|Data=c|Ora=t|Canale=V|Lingua=L|Nominativo=P|Telefono=T|Esito=-|Durata (sec)=s", 39, "", {"email": "PEC", "phone": "Telefono"}, ROME, ";", "cp1252", language="it"),
    ]
    front = tickets(50, zone=ROME, outbound=0.3)
    rows = [[f"msg_{one.number}", f"cnv_{one.number}", "Yes", at.strftime("%Y-%m-%d %H:%M:%S"), "Inbound" if one.inbound else "Outbound",
             "Email", "Inbox", one.person, one.address, "vip", one.seconds] for one, at, _ in each(front, ROME)]
    header = "Message ID|Conversation ID|New Conversation|Message date|Direction|Type|Inbox|Assignee|Contact handle|Tags|Response time"
    exports.append(Export("front en", table(header.split("|"), rows), truth_of(front, ROME, language="en"), "front", ROME))
    lines = []
    for one in tickets(51, AUTUMN, "UTC"):
        lines.append(json.dumps({"id": one.number, "created_at": f"{one.at:%Y-%m-%dT%H:%M:%SZ}", "via": {"channel": "email"},
            "subject": one.subject, "requester_id": 3, "submitter_id": 3, "brand_id": 5, "group_id": 2, "tags": ["italiano", "vip"], "status": "closed"}))
    exports.append(Export("zendesk json", "\n".join(lines).encode(), truth_of(tickets(51, AUTUMN, "UTC"), None), "zendesk-json", None, "ndjson"))
    return exports
