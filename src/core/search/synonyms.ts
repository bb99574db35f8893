import { stemOf } from "./stems.ts";

/**
 * Everyday words that people use for one another when they ask, a line a meaning. Of questions put to communities, shops, offices and
 * employers in general; nothing in it belongs to one bank. Words are cut to stems, so that one form stands for all.
 */
const GERMAN = `
kosten kostet preis preise gebühr gebühren bezahlen zahlen teuer beitrag tarif
bezahlt lohn gehalt entgelt vergütung verdienst geld
erstattung erstatten rückerstattung geld zurückgeben rückzahlung zurückbekommen
rückgabe zurückgeben zurückschicken retoure umtausch umtauschen reklamation
kaufen kauf einkauf einkaufen bestellen bestellung erwerben shop laden geschäft einzelhandel
liefern lieferung versand versenden verschicken zustellung paket sendung
kündigen kündigung abbestellen beenden austreten abmelden stornieren
löschen entfernen entfernt gelöscht beseitigen
anmelden anmeldung registrieren registrierung einloggen login beitreten
konto account profil benutzerkonto zugang
passwort kennwort zugangsdaten pin
sperren gesperrt bann gebannt ban verbannt rauswurf ausgeschlossen
stumm gemutet mute timeout stummgeschaltet
melden meldung anzeigen beschweren beschwerde
regel regeln vorschrift vorschriften richtlinie gesetz vorgabe bestimmung
erlaubt dürfen verboten zulässig gestattet genehmigt erlaubnis
rolle rang rollen rechte berechtigung
fehler problem störung bug kaputt defekt geht funktioniert klappt absturz
funktioniert ablauf abläuft vorgang verfahren
lösung lösen beheben reparieren reparatur
hilfe helfen unterstützung support beistand beraten beratung rat
kontakt kontaktieren erreichen anrufen telefon telefonnummer ansprechpartner hotline wenden
antwort antworten reagieren rückmeldung
information informationen infos info auskunft übersicht erfahren nachlesen
zeit uhrzeit öffnungszeiten geöffnet offen stunden
dauer dauert lange schnell wartezeit frist
wann termin datum zeitpunkt
anfang anfangen beginn beginnen start starten angefangen entstanden ursprung herkunft ursache
ende enden aufhören abschluss ablaufen
ort standort adresse platz anschrift
ändern änderung wechseln umstellen bearbeiten verändern anpassen mutieren
neu neue neuartig aktuell aktualisieren update
alter alt jahre mindestalter älter
kind kinder baby säugling neugeborenes ungeborenes nachwuchs sohn tochter
schwanger schwangere schwangerschaft ungeboren
geburt gebären entbindung entbinden
eltern mutter vater familie
arzt ärzte praxis klinik krankenhaus mediziner medizinisch ärztlich
krank erkrankt krankheit erkrankung unwohl infiziert leiden
krankschreibung arbeitsunfähigkeit attest krankgeschrieben krankmeldung
symptom symptome krankheitszeichen anzeichen zeichen beschwerden erkennen merken
ansteckung anstecken infizieren infektion übertragen übertragung ansteckend infektiös bekommen
impfung impfen impfstoff geimpft
behandlung behandeln therapie heilung heilen medikament
vorbeugen vorsorge vermeiden verhindern schutz schützen verringern senken vorsicht
test testen getestet nachweis nachgewiesen untersuchung labor diagnose prüfen
testergebnis ergebnis befund resultat
maske masken mundschutz schutzmaske gesichtsmaske
desinfizieren desinfektion reinigen säubern putzen steril hygiene
quarantäne isolation isoliert isolieren isolierung absonderung
zuhause daheim wohnung haus heim
gefahr gefährlich gefährdet risiko schlimm ernst bedrohlich schwer bedenklich
betroffen betrifft gruppe personengruppe
sterben tod tot todesfälle gestorben
gesund gesundheit genesen überstanden
arbeit job beruf beruflich arbeitsplatz stelle tätigkeit dienstlich
arbeitgeber chef firma unternehmen betrieb vorgesetzter
arbeitnehmer angestellte mitarbeiter beschäftigte kollegen personal
büro homeoffice heimarbeit
urlaub ferien frei freistellung
reise reisen fliegen flug verreisen dienstreise ausland reisehinweise
bus bahn zug öpnv nahverkehr verkehr straßenbahn
auto lkw fahrer fahrzeug fahren
staat regierung bundesregierung behörde amt politik
maßnahme maßnahmen unternommen strategie vorkehrung schritte
veranstaltung event treffen feier konzert
schule kita kindergarten unterricht universität
geschlossen zu schließen schließung dicht
verpflichtung verpflichtet pflicht müssen zwingen gezwungen verpflichtend
anspruch anrecht recht zustehen
nützen bringt hilft sinn sinnvoll zweck ziel nutzen wirksam
verwenden benutzen nutzen einsatz nutzung gebrauchen anwenden einsetzen
nehmen einnehmen mitnehmen
bedeutet bedeutung heißt meint
bekannt wissen weiß kennt
folgen auswirkung auswirkungen passiert geschieht konsequenz folge
verbreiten verbreitung ausbreiten ausbreitung
lage situation zustand stand
mensch menschen person personen leute jemand mitmenschen
land länder region gebiet regionen
lebensmittel essen nahrung speise
gegenstand gegenstände ding dinge oberfläche sache
kriegen erhalten bekommen erhältlich finden besorgen
teilen weitergeben schicken senden
datei dokument formular unterlagen bescheinigung
bild foto grafik video
spiel spielen zocken game
nachricht schreiben chat mitteilung
mitglied mitglieder mitgliedschaft abo abonnement
einladen einladung invite link
vorschlag idee wunsch anregung
gewinn gewinnen verlosung gewinnspiel preis
bewerben bewerbung teammitglied moderator
herunterladen download runterladen installieren
verbinden verbindung internet netzwerk`;

const ENGLISH = `
cost price fee pay charge expensive rate paid payment
refund reimburse reimbursement moneyback repay
return exchange replace replacement swap
buy purchase order checkout shop store
deliver delivery ship shipping shipment dispatch arrive parcel package courier
cancel terminate unsubscribe quit stop
delete remove erase wipe
register signup join enrol enroll
login signin access
account profile
password passcode pin credentials
ban banned block blocked suspend suspended kicked
mute muted silenced timeout
report complain complaint appeal
rule rules guideline regulation policy law
allow allowed permit permitted forbidden legal
role rank permission
error problem issue bug broken fail fails failed crash
fix repair solve resolve solution
help support assist assistance
contact reach call phone telephone email hotline
answer reply respond response
information info details learn
hours open opening schedule timing
long quick quickly fast duration wait soon
begin start commence origin began
end finish expire
place location address located
change modify edit alter update switch
child children baby infant kid newborn
pregnant pregnancy expecting
doctor physician hospital clinic medical
sick ill illness disease infected unwell
symptom symptoms sign signs
infect infection transmit transmission spread catch contagious
vaccine vaccination vaccinate immunization shot
treat treatment cure medicine medication drug therapy
prevent prevention avoid protect protection
test tested testing diagnose diagnosis check
danger dangerous risk risky severe serious threat
die death dead fatal mortality
job work employer employment workplace
employee staff worker colleague
travel trip flight fly journey
pet animal dog cat
food eat meal groceries
money cash funds fund
card debit credit
use usage utilise employ
size dimension measurement big large
discount offer coupon promo sale deal
quality material made
member membership subscription subscribe
invite invitation
suggest suggestion idea feedback
win prize giveaway reward
apply application
download install
connect connection network internet
photo picture image
game play
get obtain receive`;

const SPANISH = `
coste costo precio cuesta pagar pago tarifa cuota vale
reembolso devolver devolución reembolsar
comprar compra pedido pedir tienda
enviar envío entrega paquete
cancelar baja anular terminar
borrar eliminar quitar
registrar registro inscribirse unirse
cuenta perfil usuario
contraseña clave
bloquear bloqueado baneado expulsado ban
denunciar reportar queja
regla norma reglas reglamento
permitido puedo permiso prohibido
error problema fallo falla
ayuda ayudar soporte asistencia
contacto contactar llamar teléfono
hora horario abierto
empezar comenzar inicio
cambiar modificar editar
trabajo empleo
peligro riesgo grave
niño niños bebé hijo
médico doctor hospital
enfermo enfermedad`;

const FRENCH = `
coût prix tarif coûte payer paiement cotisation
remboursement rembourser
retour renvoyer échange
acheter achat commande commander boutique
livraison livrer envoi expédier colis
annuler résilier arrêter
supprimer effacer enlever
inscrire inscription rejoindre
compte profil
banni bloqué exclu ban
signaler plainte
règle règlement règles
autorisé permis interdit droit
erreur problème bug panne
aide aider assistance support
contact contacter appeler téléphone joindre
heure horaire ouvert
commencer début
changer modifier
travail emploi
danger risque grave
enfant bébé
médecin docteur hôpital
malade maladie`;

const PORTUGUESE = `
custo preço custa pagar pagamento taxa mensalidade
reembolso devolver devolução
comprar compra pedido loja
enviar envio entrega pacote
cancelar encerrar
apagar excluir remover deletar
cadastro registrar inscrever entrar
conta perfil
senha
banido bloqueado expulso ban
denunciar reportar reclamação
regra regras norma
permitido posso proibido
erro problema falha
ajuda ajudar suporte
contato ligar telefone
horário hora aberto
começar início
mudar alterar editar
trabalho emprego
perigo risco grave
criança bebê filho
médico hospital
doente doença`;

const MEANINGS = [GERMAN, ENGLISH, SPANISH, FRENCH, PORTUGUESE].flatMap((lines) => lines.trim().split("\n"));

/** The meanings a stem may have, by number. */
const BY_STEM: ReadonlyMap<string, readonly number[]> = meanings();

function meanings(): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  MEANINGS.forEach((line, meaning) => {
    for (const stem of new Set(line.split(" ").map(stemOf))) found.set(stem, [...(found.get(stem) ?? []), meaning]);
  });
  return found;
}

export function meaningsOf(stem: string): readonly number[] {
  return BY_STEM.get(stem) ?? [];
}

/** Stems the house knows without a bank: pieces of compounds too. */
export function isKnownStem(stem: string): boolean {
  return BY_STEM.has(stem);
}
