// Read text into words that can be compared across spellings and scripts: text/fold.py and text/words.py
// in the reader's browser. The vectors in tests/text/vectors.yaml are put to both. ARTICLE_WORDS and FUNCTION_WORDS stand before
// it: search/index.py writes them from text/words.py.
"use strict"

const DROPPED = /[\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]/g
const pairUp = (from, to) => [...from].map((letter, n) => [letter, [...to][n]])
const mapAll = families => Object.entries(families).flatMap(([to, letters]) => [...letters].map(letter => [letter, to]))
const LETTERS = new Map([
  ...mapAll({ا: "أإآٱە", ي: "ىئیێېےۓۍ", و: "ؤۆۇۈۋ", ه: "ةہھۀۂۃ", ك: "گکګڭ", ر: "ڕړڑ", ن: "ںڼ", ت: "ٹټ", د: "ډڈ", ل: "ڵ", ش: "ښ"}),
  // Latin letters whose mark makes another consonant of them.
  ...mapAll({sh: "šŝ", zh: "ž", ch: "č", j: "ǧ", dh: "ḏ", th: "ṯ", gh: "ğġḡɣ", kh: "ḫḵ"}),
  ...pairUp("əıħłđøɛ", "eihldoa"),
  ...["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"].flatMap(row => [...row].map((digit, value) => [digit, String(value)])),
])
const AFTER = /[ء'‘’‛ʼʻʽʿʾ`´′]/g
const TOKEN = /[\p{L}\p{N}_]+/gu
// A word as it is written, with its marks.
const WRITTEN = /[\p{L}\p{N}_'‘’‛ʼʻʽʿʾ`´′\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]+/gu
const GROUPED = /(\p{Nd})[,٬\u202f](?=\p{Nd}{3}(?!\p{Nd}))/gu
// The article of French and of the Maghreb: L'Ariana.
const ELIDED = /(^|[^\p{L}\p{N}_])l['’](?=[\p{L}\p{N}_]{3})/giu
const ATTACHED = /^[وف]?[بلك]?(?=[\p{L}\p{N}_]{3})/u
const ARTICLES = ["وال", "فال", "بال", "كال", "لل", "ال"]
const SUFFIXES = ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"]
const SHORTEST_STEM = 3
const LATIN_ENDING = /^([^]{4,})(ing|ed)$/
const ATTACHED_LATIN = /^[ae]l(?=(?:[^aeiouy\P{L}]|[\p{N}_])[\p{L}\p{N}_]{3})/u
const ARABIC = /[\u0600-\u06ff]/

const ARABIC_SOUNDS = new Map([
  ...pairUp("بپتطثجچحهخكقدضذرزژظسصشغفڤلمن", "bptttjxhhkkkdddrzzzssxgfflmn"),
  ...pairUp("اعويی", "aauii"),
])
const LATIN_SOUNDS = new Map([
  ...Object.entries({dsch: "j", tsch: "x", tch: "x", tsh: "x", sz: "s", tz: "z", sch: "x", dzh: "j", dj: "j", sh: "x", ch: "x", kh: "k"}),
  ...Object.entries({gh: "g", th: "t", dh: "d", zh: "z", ph: "f", ck: "k", rh: "g", dz: "j", ou: "u", oo: "u", ee: "i", x: "ks"}),
  ...pairUp("abcdefghijklmnopqrstuvwyz", "abkdefghijklmnupkrstuuuiz"),
])
const LATIN = new RegExp([...LATIN_SOUNDS.keys()].sort((a, b) => b.length - a.length).join("|"), "g")
const CHAT = {2: "", 3: "a", 5: "k", 7: "h"}
const CHAT_WORD = /^(?=.*[a-z])[a-z]*[2357][a-z]+[a-z2357]*$|^[a-z]{2,}[2357]$/

/** Return the text in one spelling: lower case, no marks, one letter for each family. */
function fold(text) {
  const letters = text.normalize("NFKC").toLowerCase().replace(DROPPED, "")
  const mapped = [...letters].map(letter => LETTERS.get(letter) ?? letter).join("")
  return mapped.normalize("NFD").replace(/\p{Mn}/gu, "").normalize("NFC").replace(AFTER, "")
}

const isArabic = word => ARABIC.test(word)
const once = text => text.replace(/([^0-9])\1+/g, "$1")

function collapse(consonants) {
  return once(consonants).replace(/(.)h$/, "$1")
}

/** Return a word without its ending, keeping at least three letters. */
function cutSuffix(word) {
  const suffix = SUFFIXES.find(suffix => word.endsWith(suffix) && word.length - suffix.length >= SHORTEST_STEM)
  return suffix ? word.slice(0, -suffix.length) : word
}

function lightStem(word) {
  if (!isArabic(word)) {
    const isPlural = word.length > SHORTEST_STEM && word.endsWith("s") && !word.endsWith("ss")
    return (isPlural ? word.slice(0, -1) : word).replace(LATIN_ENDING, "$1")
  }
  const prefix = ARTICLES.find(prefix => word.startsWith(prefix) && word.length - prefix.length >= SHORTEST_STEM)
  return cutSuffix(prefix ? word.slice(prefix.length) : word)
}

function spellSound(word) {
  if (isArabic(word)) {
    const end = word.endsWith("ه") ? "a" : ""
    const letters = [...(end ? word.slice(0, -1) : word)]
    return once(letters.map(c => ARABIC_SOUNDS.get(c) ?? (/\p{Nd}/u.test(c) ? c : "")).join("") + end)
  }
  const letters = CHAT_WORD.test(word) ? word.replace(/[2357]/g, digit => CHAT[digit]) : word
  return once(letters.replace(/^x/, "kh").replace(LATIN, match => LATIN_SOUNDS.get(match)).replace(/[^a-z0-9]/g, ""))
}

const known = new Map()

/** A folded word with its weaker forms: how it sounds is worked out when that is asked for. */
class Word {
  constructor(folded, bare) {
    this.fold = folded
    this.bare = bare
    this.stem = lightStem(folded)
  }
  get sound() {
    return this._sound ??= spellSound(this.bare)
  }
  get skeleton() {
    return this._skeleton ??= collapse(this.sound.replace(/[aeiu]+/g, ""))
  }
}

/** Return a folded word. */
function readWord(folded) {
  if (known.has(folded)) return known.get(folded)
  let bare = folded
  if (folded.startsWith("ال") && folded.length > SHORTEST_STEM) bare = folded.slice(2)
  else if (ATTACHED_LATIN.test(folded)) bare = folded.slice(2)
  const word = new Word(folded, bare)
  if (known.size > 20000) known.clear()
  known.set(folded, word)
  return word
}

/** Return every form a folded word may have without particles and article, itself included. */
function bareForms(word) {
  const forms = new Set([word])
  for (const article of ARTICLES) {
    if (word.startsWith(article) && word.length - article.length >= SHORTEST_STEM - 1) forms.add(word.slice(article.length))
  }
  const match = ATTACHED.exec(word)
  if (match && match[0]) {
    for (const rest of [word.slice(1), word.slice(match[0].length)]) {
      forms.add(rest)
      for (const article of ARTICLES) if (rest.startsWith(article)) forms.add(rest.slice(article.length))
    }
  }
  return new Set([...forms].filter(form => form.length >= SHORTEST_STEM - 1))
}

function otherForms(word) {
  // A feminine ending is heard before another word only, and written or left out: Khirbat, Khirba.
  if (!isArabic(word.fold)) return word.fold.length > SHORTEST_STEM && word.fold.endsWith("t") ? [readWord(word.fold.slice(0, -1))] : []
  const forms = bareForms(word.fold)
  forms.delete(word.fold)
  forms.delete(word.bare)
  return [...forms].sort().map(readWord)
}

function joinWords(words) {
  if (words.length === 1) return words[0]
  const all = name => words.map(word => word[name]).join("")
  return {fold: all("fold"), bare: all("bare"), stem: all("bare"), sound: once(all("sound")), skeleton: collapse(all("skeleton"))}
}

/** The words of a name or a query; what is derived from them is made when it is asked for. */
class Phrase {
  constructor(words) {
    this.words = words
    this.length = words.reduce((sum, word) => sum + word.bare.length, 0)
  }
  get tails() {
    return this._tails ??= this.words.map((_, start) => joinWords(this.words.slice(start)))
  }
  get pairs() {
    return this._pairs ??= this.words.slice(1).map((_, start) => joinWords(this.words.slice(start, start + 2)))
  }
  get forms() {
    return this._forms ??= this.words.map(word => [word, ...otherForms(word)])
  }
}

/** Return the words of a text, without articles that stand alone unless there is nothing else. */
function readPhrase(text) {
  const words = fold(text.replace(GROUPED, "$1").replace(ELIDED, "$1")).match(TOKEN) ?? []
  const rest = words.filter(word => !ARTICLE_WORDS.has(word))
  return new Phrase((rest.length ? rest : words).map(readWord))
}

/** Return the words of a name that is folded already. */
const readSpelled = text => new Phrase(text.split(" ").map(readWord))

/** Return the words of a query that name something, or all when none does. */
function readQuery(text) {
  const typed = readPhrase(text)
  const words = typed.words.filter(word => !FUNCTION_WORDS.has(word.fold))
  const query = words.length && words.length < typed.words.length ? new Phrase(words) : typed
  query.typed = typed
  return query
}
