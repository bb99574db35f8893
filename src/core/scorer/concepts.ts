/**
 * What a text is about, by our own lists: whole words, and beginnings of words marked with "*". They carry what the n-grams learnt
 * in one language or on one scene over to others. The order is part of the weights: append only, and train again.
 */
export const CONCEPTS: readonly { readonly name: string; readonly says: string; readonly words: string }[] = [
  {
    name: "gift",
    says: "promises a gift or a prize",
    words:
      "free gift* giveaway* giving airdrop* bonus* prize* reward* won winner* winning win voucher* coupon* distribut* claim* gratis bespl* бесплат* подар* розыгр* бонус* приз призы выигр* раздач* kostenlos* geschenk* gewinn* gewonnen gratuit* cadeau* premio* regalo* regala* sorteo* sorteio* ganha* darmow* nagrod* ücretsiz* hediye* omaggio vincit*",
  },
  {
    name: "game-goods",
    says: "is about items or accounts of games",
    words:
      "nitro* steam* skin skins csgo cs2 robux vbucks inventory knife roblox valorant minecraft нитро скин* стим* giftcard* psn xbox",
  },
  {
    name: "money",
    says: "names money",
    words:
      "usd usdt dollar* euro euros pound pounds cash money bank* bucks деньг* денег доллар* рубл* руб евро geld dinero argent soldi dinheiro pieniąd* pieniędz* para iban paypal cashapp zelle",
  },
  {
    name: "earning",
    says: "promises earnings",
    words:
      "earn* profit* income invest* trading trader* trade trades forex payout* passive roi returns commission* salary salaries job jobs hiring vacanc* заработ* зараба* доход* прибыл* инвест* ваканс* работ* оплат* зарплат* трейд* выплат* процент* партн* verdien* einkommen ganar ganancia* ingresos gagner lucro* renda guadagn* zarab* zarobi* yatırım* kazan*",
  },
  {
    name: "contact",
    says: "asks to be contacted",
    words:
      "dm dms inbox whatsapp* telegram* contact* message msg text pm call txt reply ask expert* recruiter* пиши* пишите напиш* личк* лс телег* контакт* связ* обращ* schreib* kontakt* escrib* contáct* contacta* écri* contatt* kontakt* yaz",
  },
  {
    name: "join",
    says: "asks to join, open or subscribe",
    words:
      "join invite* server group channel subscri* click visit link links register* signup bio tap download вступ* подпис* подпиш* переход* перейд* ссылк* канал* групп* клик* жми регистр* beitret* klick* únete clique* rejoign* link dołącz* katıl*",
  },
  {
    name: "haste",
    says: "presses for haste",
    words:
      "hurry now today tonight last limited expire* ends urgent* immediately asap first hours hour hrs 24hrs within soon сегодня сроч* успе* огранич* осталось мест места завтра jetzt heute schnell hoy ahora rápido maintenant vite subito oggi dziś",
  },
  {
    name: "crypto",
    says: "is about crypto coins",
    words:
      "btc bitcoin* eth ethereum* crypto* wallet* token tokens coin coins nft nfts mint* blockchain* binance coinbase metamask solana tron trx bybit крипт* биткоин* монет* кошел* токен* airdrop",
  },
  {
    name: "account",
    says: "is about logging in or verifying",
    words:
      "account* verif* password* login logged suspend* locked security seed phrase validat* sync* rectif* recover* restor* аккаунт* парол* верифик* konto* passwort* cuenta contraseña compte",
  },
  {
    name: "adult",
    says: "is about sex",
    words:
      "nsfw sex* porn* nude* onlyfans leak* teen* hot girls naked xxx cam cams horny milf dating секс* порн* интим* голы* девуш* девоч* знаком* nackt* desnud* nue nues",
  },
  {
    name: "trust",
    says: "assures that it is honest",
    words:
      "legit guarant* vouch* trusted safe proof real honest testimon* гарант* провер* надеж* надёж* довер* честн* seriös* garant*",
  },
  {
    name: "offer-of-help",
    says: "offers help or teaching",
    words:
      "help helping assist* teach* mentor* interested learn guide guidance strateg* помог* науч* обуч* интерес* желающ* hilfe aprend*",
  },
  {
    name: "leaving",
    says: "gives things away because of leaving",
    words: "leaving quit quitting quited sold stop anymore бросаю ухожу",
  },
  {
    name: "cheats",
    says: "offers cheats or cracks",
    words:
      "cheat* hack hacks hacked hacker* aimbot* crack* keygen* unlock* exploit* generator* чит читы взлом* mod mods",
  },
  {
    name: "contraband",
    says: "offers drugs or forged things",
    words:
      "weed cannabis xanax cocaine mdma fake counterfeit cloned меф* гашиш* закладк* фальш* паспорт* документ* справк* диплом* права водител* мариху* drugs pills",
  },
  {
    name: "selling",
    says: "sells or advertises",
    words:
      "boost* promo* marketing follower* views cheap* sale sell selling buy price* discount* order* offer* deal deals service* накрут* подписчик* просмотр* скид* купи* куплю прода* цен* реклам* услуг* заказ* магазин* kaufen angebot* oferta* compra* promoç* oferec*",
  },
  {
    name: "you-have-been-chosen",
    says: "tells the reader of being chosen",
    words:
      "congratulation* congrats selected chosen lucky entitled awarded award поздрав* выбран* счастлив* glückwunsch* felicid* félicit*",
  },
  {
    name: "team",
    says: "speaks of a team or a project to take part in",
    words:
      "team project* collab* partner* developer* tester* testing tested beta команд* проект* сотрудн* набор* набира* людей человек удал* дистанц* онлайн",
  },
];

const STEM_LENGTHS = [3, 4, 5, 6, 7, 8];

export interface ConceptTable {
  readonly words: ReadonlyMap<string, number>;
  readonly stems: ReadonlyMap<string, number>;
}

export const CONCEPT_TABLE: ConceptTable = tableOf();

function tableOf(): ConceptTable {
  const words = new Map<string, number>();
  const stems = new Map<string, number>();
  CONCEPTS.forEach((concept, index) => {
    for (const entry of concept.words.split(" ")) {
      const isStem = entry.endsWith("*");
      const key = isStem ? entry.slice(0, Math.min(entry.length - 1, 8)) : entry;
      const table = isStem ? stems : words;
      table.set(key, (table.get(key) ?? 0) | (1 << index));
    }
  });
  return { words, stems };
}

/** Words come again and again: what one stands for is looked up once. */
const known = new Map<string, number>();
const MOST_KNOWN = 20_000;

/** The concepts a word stands for, one bit each. */
export function conceptsOf(word: string): number {
  const before = known.get(word);
  if (before !== undefined) return before;
  let found = CONCEPT_TABLE.words.get(word) ?? 0;
  for (const length of STEM_LENGTHS) {
    if (word.length < length) break;
    found |= CONCEPT_TABLE.stems.get(word.slice(0, length)) ?? 0;
  }
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(word, found);
  return found;
}
