# ruff: noqa: E501
# fmt: off
"""Files of a company that are no history of contacts, though they have stamps and familiar titles."""

from __future__ import annotations

from export_world import ROME, Export, table, tickets

ISO, EUROPE = "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M"
TRAPS = {
    "contacts in Italian": ("ID=N|Nome=P|Cognome=P|E-mail=A|Telefono=T|Azienda=P|Creato il=E|Ultimo aggiornamento=E", ";"),
    "contacts in Spanish": ("ID de registro=N|Nombre=P|Apellidos=P|Correo=A|Número de teléfono=T|Propietario del contacto=P|Estado del lead=-|Fecha de creación=I|Fecha de la última actividad=I", ","),
    "contacts in English": ("Record ID=N|First Name=P|Last Name=P|Email=A|Phone Number=T|Contact owner=P|Lead Status=-|Create Date=I|Last Activity Date=I", ","),
    "users of a help desk": ("id=N|name=P|email=A|created_at=I|updated_at=I|time_zone=-|locale=-|role=-|status=-|tags=-", ","),
    "invoices in Italian": ("Numero fattura=N|Data=E|Cliente=P|Partita IVA=N|Imponibile=s|IVA=s|Totale=s|Stato=-|Scadenza=E", ";"),
    "invoices in Spanish": ("Número de factura=N|Fecha de creación=E|Cliente=P|NIF=N|Importe=s|IVA=s|Estado=-", ";"),
    "orders in English": ("Order ID=N|Created at=I|Status=-|Customer=P|Email=A|Total=s|Currency=-|Tags=-|Note=S|Fulfilled at=I", ","),
    "orders in Spanish": ("ID=N|Fecha de creación=E|Estado=-|Cliente=P|Total=s|Canal=-|Etiquetas=-|Notas=S", ";"),
    "survey in Italian": ("Informazioni cronologiche=E|Indirizzo email=A|Quanto sei soddisfatto?=s|Commenti=S", ","),
    "survey in English": ("Response ID=N|Submitted at=I|Respondent email=A|Question 1=s|NPS score=s|Comment=S", ","),
    "our own rota": ("schema_version=-|scenario=-|rota_version=-|shift_id=N|agent=P|payroll_id=N|site=-|zone=-|day=d|shift=-|kind=-|start_local=I|end_local=I|status=-|note=B", ","),
    "calendar of Outlook": ("Subject=S|Start Date=d|Start Time=t|End Date=d|End Time=t|All day event=-|Meeting Organizer=P|Required Attendees=A|Categories=-|Location=-|Priority=-", ","),
    "audit log": ("created_at=I|actor=P|action=-|ip_address=-|target=-|user_agent=-", ","),
    "audit log in Italian": ("Data e ora=E|Utente=P|Azione=-|Indirizzo IP=-|Dettagli=S", ";"),
    "bank": ("Data operazione=E|Data valuta=E|Descrizione=S|Importo=s|Stato=-|Canale=-|Categoria=-", ";"),
    "deals": ("Record ID=N|Deal name=S|Deal stage=-|Amount=s|Create date=I|Close date=I|Deal owner=P|Pipeline=-", ","),
    "clockings": ("Dipendente=P|Data=e|Ora entrata=t|Ora uscita=t|Turno=-|Stato=-", ";"),
    "newsletter": ("Email=A|Nome=P|Cognome=P|Iscritto il=E|Origine=-|Stato=-", ";"),
    "sensor": ("timestamp=I|device=-|value=s", ","),
}


def made() -> list[Export]:
    """All of them; nothing in them is a contact."""
    exports = []
    for seed, (name, (titles, mark)) in enumerate(TRAPS.items()):
        header, codes = zip(*(title.split("=") for title in titles.split("|")), strict=True)
        rows = []
        for one in tickets(seed):
            at = one.local(ROME)
            what = {
                "N": one.number, "S": one.subject, "P": one.person, "A": one.address, "T": one.phone, "-": "attivo", "B": "", "s": one.seconds,
                "I": at.strftime(ISO), "E": at.strftime(EUROPE), "d": at.strftime("%Y-%m-%d"), "e": at.strftime("%d/%m/%Y"), "t": at.strftime("%H:%M"),
            }
            rows.append([what[code] for code in codes])
        exports.append(Export(name, table(header, rows, mark), {}, "auto"))
    return exports
