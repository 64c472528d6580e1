// Who says it, in words: as musnad's pages/elements/voices.py, whose twin this is.
import { N_, tell } from "./words.js"

const NOT_NAMED = {
  "one not-stated": N_("Not named."),
  "one withheld": N_("Name withheld."),
  "several not-stated": N_("More than one, not named; how many is not said."),
  "several withheld": N_("More than one, names withheld; how many is not said."),
  "unknown not-stated": N_("Not named; whether one or more is not said."),
  "unknown withheld": N_("Names withheld; whether one or more is not said."),
}

/** `context` is {form, lang, nameOf(id, lang)}. Returns "According to …," in a language, or "". */
export function opening(record, context, lang) {
  const voice = nameVoice(record, context, lang)
  return voice && tell(context.form, N_("According to {voice},"), lang, { voice })
}

function nameVoice(record, context, lang) {
  let outer = ""
  for (const voice of record.attribution ?? []) {
    const kind = context.form.terms.voices[voice.voice]
    if (!kind) return outer
    outer = fillVoice(context, openPattern(kind, outer, lang), voice, outer, lang)
  }
  return outer
}

const openPattern = (kind, outer, lang) => kind.phrase[lang].replace(/\[([^[\]]*)\]/g, outer ? "$1" : "")

/** The chain as it is drawn, outermost first: [{via, name, icon, isAnonymous, note}]. */
export function chain(record, context, lang) {
  let outer = ""
  return (record.attribution ?? []).map((voice, index) => {
    const kind = context.form.terms.voices[voice.voice]
    if (!kind) return { via: "", name: voice.voice ?? "…", isAnonymous: true, note: "" }
    const isPseudonym = voice.identity === "pseudonym"
    const unnamed = !kind.named && voice.number && (isPseudonym ? N_("The name is a pseudonym.") : NOT_NAMED[`${voice.number} ${voice.identity}`])
    const via = index ? tell(context.form, kind.thing ? N_("going by") : N_("on the word of"), lang) : ""
    const close = voice.close_to && tell(context.form, N_("The source says that this voice is close to {party}."), lang, { party: context.nameOf(voice.close_to, lang) })
    const view = {
      via,
      name: fillVoice(context, kind.short[lang], voice, outer, lang),
      isAnonymous: !kind.named,
      note: [unnamed && tell(context.form, unnamed, lang), fillVoice(context, kind.note[lang], voice, outer, lang), close].filter(Boolean).join(" "),
    }
    outer = fillVoice(context, openPattern(kind, outer, lang), voice, outer, lang)
    return view
  })
}

function fillVoice(context, given, voice, outer, lang) {
  let pattern = given
  const name = voice.entity ? context.nameOf(voice.entity, lang) : ""
  const described = voice.described?.[lang] ?? (voice.entity ? "" : "…")
  const place = voice.entity && pattern.includes("{name}") ? "{name}" : "{described}"
  const escaped = place.replace(/[{}]/g, "\\$&")
  const isMore = new RegExp(`${escaped}[»”]?\\s+\\S`, "u").test(pattern)
  let told = place === "{name}" ? name : described
  if (voice.close_to) {
    const quoted = pattern.match(new RegExp(`${escaped}([»”])`, "u"))
    told += quoted?.[1] ?? ""
    if (quoted) pattern = pattern.replace(quoted[0], place)
  }
  if (voice.called) {
    const message = isMore ? N_("{voice}, called “{name}” (a pseudonym),") : N_("{voice}, called “{name}” (a pseudonym)")
    told = tell(context.form, message, lang, { voice: told, name: voice.called[lang] ?? "…" })
  }
  if (voice.close_to) {
    const message = isMore ? N_("{voice}, said to be close to {party},") : N_("{voice}, said to be close to {party}")
    told = tell(context.form, message, lang, { voice: told.replace(/,$/, ""), party: context.nameOf(voice.close_to, lang) })
  }
  const values = { outer, name: place === "{name}" ? told : name, described: place === "{described}" ? told : described }
  return pattern.replace(/\{(outer|name|described)\}/g, (_, key) => values[key])
}
