/* SPDX-License-Identifier: MIT
 * text_words.c - templates and word lists of the texts to measure with.
 *
 * Slots: %n noun, %p pleasant and %b unpleasant adjective, %x another adjective, %v past
 * verb, %d adverb, %m degree, %t time, %f filler, %e feeling, %w an odd word, %# a number,
 * %' an apostrophe of either kind. About every sixth word has a sentiment, as in reviews.
 */
#include "text_words.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static const char *const nouns[] = {
    "product",   "order",     "phone",     "price",     "screen",   "service",  "time",
    "battery",   "quality",   "delivery",  "app",       "team",     "box",      "story",
    "camera",    "room",      "food",      "support",   "case",     "sound",    "movie",
    "book",      "charger",   "size",      "colour",    "seller",   "staff",    "package",
    "account",   "update",    "cable",     "keyboard",  "plot",     "ending",   "hotel",
    "kitchen",   "table",     "breakfast", "bed",       "shower",   "parcel",   "courier",
    "invoice",   "website",   "password",  "email",     "answer",   "question", "manual",
    "button",    "speaker",   "headset",   "blender",   "mattress", "jacket",   "shoes",
    "zipper",    "fabric",    "watch",     "strap",     "lens",     "tripod",   "game",
    "level",     "character", "actor",     "scene",     "script",   "music",    "chapter",
    "author",    "garden",    "hose",      "drill",     "toolbox",  "printer",  "ink",
    "router",    "signal",    "coverage",  "plan",      "contract", "bank",     "card",
    "payment",   "receipt",   "ticket",    "flight",    "seat",     "luggage",  "driver",
    "wheel",     "engine",    "tyre",      "brake",     "bicycle",  "helmet",   "bottle",
    "lid",       "handle",    "kettle",    "toaster",   "oven",     "fridge",   "freezer",
    "vacuum",    "filter",    "bag",       "backpack",  "wallet",   "pocket",   "button",
    "neighbour", "daughter",  "husband",   "colleague", "grandson", "landlord", "waiter",
};
static const char *const pleasant[] = {
    "good",     "great",      "nice",        "happy",     "perfect",    "excellent",
    "easy",     "amazing",    "comfortable", "helpful",   "beautiful",  "friendly",
    "solid",    "fast",       "lovely",      "fantastic", "wonderful",  "reliable",
    "sturdy",   "impressive", "tasty",       "charming",  "delightful", "superb",
    "polite",   "elegant",    "brilliant",   "smooth",    "generous",   "cosy",
    "graceful", "refreshing", "flawless",    "cheerful",  "splendid",
};
static const char *const unpleasant[] = {
    "bad",      "broken",     "slow",          "poor",      "terrible",      "useless",
    "cheap",    "late",       "disappointing", "awful",     "horrible",      "noisy",
    "wrong",    "boring",     "rude",          "expensive", "dirty",         "flimsy",
    "annoying", "defective",  "weak",          "confusing", "uncomfortable", "faulty",
    "dreadful", "misleading", "clumsy",        "sloppy",    "unreliable",    "mediocre",
    "pathetic", "greasy",     "careless",      "shabby",    "tedious",
};
static const char *const plain[] = {
    "small",  "big",     "new",   "old",    "black",  "second",   "other",
    "long",   "short",   "usual", "blue",   "red",    "main",     "local",
    "round",  "white",   "heavy", "light",  "green",  "whole",    "wide",
    "wooden", "digital", "spare", "narrow", "weekly", "separate", "northern",
};
static const char *const verbs[] = {
    "used",      "bought",   "got",      "ordered", "tried",   "received", "returned",
    "opened",    "took",     "sent",     "found",   "wanted",  "needed",   "watched",
    "read",      "called",   "asked",    "paid",    "waited",  "charged",  "replaced",
    "installed", "compared", "checked",  "booked",  "visited", "finished", "carried",
    "unpacked",  "measured", "borrowed", "painted",
};
static const char *const adverbs[] = {
    "just",      "quickly", "finally", "again",    "already", "still",   "actually",
    "recently",  "usually", "almost",  "probably", "easily",  "clearly", "suddenly",
    "carefully", "mostly",  "twice",   "honestly", "barely",  "slowly",  "together",
};
static const char *const degrees[] = { "very",   "really",     "so",        "quite",
                                       "pretty", "too",        "extremely", "rather",
                                       "a bit",  "incredibly", "somewhat",  "fairly" };
static const char *const times[] = {
    "yesterday",        "today",           "last week",  "this morning",  "in March",
    "two days ago",     "after a month",   "on Monday",  "at 10:30",      "for three years",
    "over the weekend", "before the trip", "since 2019", "every evening", "within an hour",
};
static const char *const fillers[] = {
    "the", "my", "this", "our", "that", "their", "your", "his", "her", "every", "another",
};
static const char *const feelings[] = {
    "love",  "like",   "recommend", "hate",  "enjoy",  "regret", "trust", "miss",
    "adore", "prefer", "dislike",   "avoid", "praise", "doubt",  "value", "dread",
};

static const bench_list lists[] = {
    { 'n', nouns, COUNT(nouns) },           { 'p', pleasant, COUNT(pleasant) },
    { 'b', unpleasant, COUNT(unpleasant) }, { 'x', plain, COUNT(plain) },
    { 'v', verbs, COUNT(verbs) },           { 'd', adverbs, COUNT(adverbs) },
    { 'm', degrees, COUNT(degrees) },       { 't', times, COUNT(times) },
    { 'f', fillers, COUNT(fillers) },       { 'e', feelings, COUNT(feelings) },
};

const bench_list *bench_list_of(char letter)
{
    for (size_t i = 0; i < COUNT(lists); i++)
        if (lists[i].letter == letter)
            return &lists[i];
    return 0;
}

const char *const bench_review_templates[] = {
    "I %v %f %n %t and it was %m %p",
    "the %n is %b, but %f %n of the %w is %p enough for what we %v it for",
    "%f %n didn%'t work as the %x %n did, so I %d %v it %t",
    "we have had %f %w %n %t, and so far there is nothing that I would change about it",
    "not as %p as %f %n I %v from %w, though the %n and the %n make up for it",
    "it came in a %x %n with %# pages of instructions for the %w %n",
    "if you are looking for a %x %n that goes with %f %n, this is the one to get",
    "I %d %v to %f %n about the %n, and they said that the %w would be there %t",
    "%f %n arrived %t; the %n was %b and the %n was missing",
    "what I %e most is that the %n does exactly what it says on the %n",
    "my %n says I %d %e the %w %n more than anything else in the house",
    "there is a %x %n at the back of the %n (near the %w), which you will not see at first",
    "after %# days of using it every day %f %n started to make a %b sound",
    "the %n from %w is the best I have %v, and the %x one from %w the worst",
    "would I buy it again for $%#.99? I don%'t think so, because %f %n is %m %b",
    "you get what you pay for: a %x %n, a %x %n and not much of a %n",
    "it isn%'t %b at all, it takes a while to find out how the %n is meant to work",
    "both the %n and the %n were %p, which is more than can be said of %w %w",
    "the %n said \"it will be with you %t\" and then nobody %v for %# weeks",
    "we will %d come back, as %f %n and the people at the %n were %m %p to us",
    "to be fair, the %x %n is only there for those who never %v a %w before",
    "in short: %p %n, %b %n, %m %p %n",
    "as the %w of %w goes, there are %# others that I would have %v instead of this",
    "I wasn%'t sure about the %n when I %v it, and %f %n did not help with that either",
};
const size_t bench_review_template_count = COUNT(bench_review_templates);

const char *const bench_chat_templates[] = {
    "hi, where is my %n? order %#",
    "the %n is %b again",
    "thanks, that was %m %p",
    "ok",
    "did you get %f %n from %w",
    "i%'ve been waiting for %# hours now and nobody %v me back",
    "can someone from %w look at %f %n please",
    "it doesn%'t work, i %v it %t",
    "the new %n is %p but the %x one was %m %p too",
    "lol that %w was %b",
    "no idea, try to restart the %n and tell me what the %w says",
    "sure, i%'ll send %f %n %t",
    "see https://www.%w.com/%w/%# for the %x %n",
    "why is %f %n SO %b",
    "i want my money back for the %w %n",
    "we %d %v the %n, you should see it in your %n %t",
    "so i guess the %w thing is that %f %n never %v in the first place",
    "which version of %w do you have, %#.%# or the %x one",
    "%w: yes, %f %n and the %n",
    "just %v %f %w with the %n and it%'s %m %p #%w",
    "i %e it",
    "nah, %f %n is fine for me",
};
const size_t bench_chat_template_count = COUNT(bench_chat_templates);

const char *const bench_chat_ends[] = {
    " ",    ". ",   "! ",    "? ",     "... ", "!! ",
    " :) ", " :( ", " ;-) ", " haha ", " <3 ", "!!!! ",
};
const size_t bench_chat_end_count = COUNT(bench_chat_ends);

const char *const bench_syllables[] = {
    "ba",  "ker", "lo",  "min", "tra", "vel", "sto", "ne",  "ri",  "cal", "du",
    "fen", "go",  "har", "is",  "ju",  "ka",  "lem", "mo",  "nor", "op",  "pel",
    "qua", "ros", "sil", "ten", "ur",  "vi",  "wes", "xa",  "yo",  "zin", "bra",
    "cor", "den", "el",  "fla", "gri", "hol", "in",  "jor", "kne", "la",  "mar",
    "nis", "or",  "pra", "que", "ren", "sha", "tor", "un",
};
const size_t bench_syllable_count = COUNT(bench_syllables);

const bench_special bench_specials[] = {
    { "\xf0\x9f\x98\x82\xf0\x9f\x98\x82", ":D :D" }, /* tears of joy, twice */
    { "\xf0\x9f\x98\xad", ":'(" },                   /* loudly crying */
    { "\xe2\x9d\xa4\xef\xb8\x8f", "<3" },            /* red heart with VS16 */
    { "\xe2\x80\x9cok\xe2\x80\x9d", "\"ok\"" },      /* curly quotes */
    { "\xe2\x80\x94 well", "- well" },               /* em dash */
    { "\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd", ":)" },    /* thumbs up with a skin tone */
    { "\xe2\x80\xa6", "..." },                       /* ellipsis */
    { "caf\xc3\xa9", "cafe" },
    { "\xf0\x9f\x98\xa1\xf0\x9f\x98\xa1\xf0\x9f\x98\xa1", ">:( >:(" }, /* pouting */
    { "\xc2\xa3"
      "20",
      "$20" }, /* pound sign */
    { "na\xc3\xafve", "naive" },
    { "\xf0\x9f\x8e\x89", "yay" }, /* party popper */
    { "\xe2\x82\xac"
      "5",
      "EUR 5" },
    { "\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82", "privet" }, /* Cyrillic */
};
const size_t bench_special_count = COUNT(bench_specials);
