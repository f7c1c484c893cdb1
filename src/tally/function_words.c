/* SPDX-License-Identifier: MIT
 * tally/function_words.c - the words that hold a sentence together and name nothing.
 *
 * Closed classes of English, and the adverbs, time words and auxiliaries that reviews and
 * chats are full of. What is listed here can be no theme, and tells of its neighbours. */
#include "tally/function_words.h"

static const char *const words[EF_CUE_COUNT] = {
    [EF_CUE_DETERMINER] =
        "the a an my your our their its his her this these that those every each any some "
        "no "
        "another all both several many few whose what which either neither enough half "
        "one two three four five six seven eight nine ten dozen hundred thousand "
        "first second third last next same other such own certain various whole entire "
        "only extra additional main",
    [EF_CUE_PRONOUN] =
        "i you we they he she it me us them him who im ive youre theyre hes shes weve wed "
        "i'm i've i'd i'll you're you've you'd you'll we're we've we'd we'll they're "
        "they've "
        "they'd they'll he's he'd he'll she's she'd she'll it's it'd it'll u ya y'all "
        "y'all's "
        "everyone everybody someone somebody anyone anybody nobody none myself yourself "
        "yourselves himself herself itself ourselves themselves everything something "
        "anything nothing others mine yours ours theirs hers people who's who've who'd ur",
    [EF_CUE_TO] = "to gonna wanna gotta hafta",
    [EF_CUE_MODAL] =
        "can could will would shall should may might must do does did done doing don't "
        "doesn't "
        "didn't dont doesnt didnt can't cannot cant couldn't couldnt won't wont wouldn't "
        "wouldnt shouldn't shouldnt mustn't needn't not never let lets let's please pls "
        "plz "
        "ain't aint cudnt shan't",
    [EF_CUE_BE] =
        "is are was were be been being am isn't isnt aren't arent wasn't wasnt weren't "
        "werent "
        "has have had having hasn't hasnt haven't havent hadn't hadnt got gets get getting "
        "gotten seem seems seemed become becomes became becoming that's thats there's "
        "theres "
        "here's heres what's whats how's where's when's look looks looked feel feels felt "
        "stay stays stayed keep keeps kept remain remains went goes go going come comes "
        "came "
        "coming make makes made making",
    [EF_CUE_PREPOSITION] =
        "of in on at for with from by about into onto over after before through during "
        "without "
        "within against between among under above below behind beside besides beyond near "
        "around across along toward towards upon except despite until till since per via "
        "like "
        "unlike off inside outside throughout w versus vs regarding concerning including "
        "thru beneath underneath amongst",
    [EF_CUE_DEGREE] =
        "very so too really quite more most less least just pretty extremely rather fairly "
        "super totally completely absolutely incredibly somewhat slightly entirely highly "
        "especially particularly truly much how even almost nearly definitely certainly "
        "surprisingly reasonably relatively exactly far way bit little lot lots ton tons "
        "soo sooo better best worse worst",
    [EF_CUE_AND] =
        "and or but nor & plus if because cause cuz cos although though while whereas "
        "unless "
        "whether when whenever than as yet then except also where wherever once however "
        "therefore thus hence otherwise besides meanwhile that'll",
    [EF_CUE_OTHER] =
        "there here now still already again always often sometimes usually ever soon later "
        "today tomorrow yesterday tonight anyway maybe perhaps probably actually basically "
        "honestly seriously literally obviously simply hopefully unfortunately fortunately "
        "finally eventually immediately recently currently originally previously initially "
        "generally mostly mainly apparently supposedly instead together apart away back up "
        "down out ago else why yes yeah yep yup nope nah ok okay oh ah um uh hey hi hello "
        "lol "
        "haha hahaha omg wow btw imo imho lmao thanks thank thankyou thx ty cheers sorry "
        "well "
        "etc ie eg vs mr mrs ms dr sir madam dear sure fine alone anymore nowadays twice "
        "elsewhere everywhere anywhere somewhere nowhere forever earlier right left early "
        "late "
        "long ahead forward forth asap rt via amp quot nbsp br http https www com dm fyi "
        "monday tuesday wednesday thursday friday saturday sunday january february march "
        "april "
        "june july august september october november december "
        "jan feb apr jun jul aug sept oct nov dec am pm "
        "old new big small large huge tiny high low short full open free different similar "
        "longer shorter available able unable due overall based likely unlikely ready "
        "worth "
        "using used use uses buying bought buy buys tried try trying tries wanted want "
        "wants "
        "need needed needs know knows knew known think thought thinks say says said saying "
        "told tell tells ask asked asking put puts take takes took taken taking give gives "
        "gave given giving see sees saw seen seeing find finds found finding let'em bring "
        "leave leaves leaving ordered ordering received receiving receive sent sending "
        "send "
        "arrived arrives arriving work works worked working",
};

const char *ef_function_words(ef_cue cue)
{
    return words[cue];
}

/* Nouns that name nothing of their own: "the thing is", "a lot of times". */
static const char light[] =
    "thing things stuff something way ways time times day days week weeks month months "
    "year "
    "years hour hours minute minutes second seconds moment while night nights morning "
    "evening "
    "afternoon weekend today date dates lot lots bit bits piece pieces part parts rest "
    "kind "
    "kinds sort sorts type types number amount couple pair bunch set end beginning start "
    "middle top bottom side sides point points fact facts case cases reason reasons idea "
    "example matter thought thoughts sense mind word words people person persons man men "
    "woman women guy guys girl girls boy boys folks ones somebody anybody everyone lady "
    "person's friend friends hand hands eye eyes life world place places name names line "
    "level side use try go chance need needs want wish hope way job look looks feel kinda "
    "sorta review reviews reviewer reviewers star stars rating ratings product products "
    "item "
    "items none others none percent everybody nobody someone myself course addition "
    "purpose regard regards general advance question questions answer answers doubt "
    "rest majority half quarter total instance occasion occasions opinion opinions "
    "expectation expectations anything nothing everything penny pennies cent cents buck "
    "bucks dollar dollars god gosh heck hell market past future period difference "
    "experience experiences situation situations inch inches attempt attempts ability "
    "abilities opportunity opportunities consideration attention trick hit clarification";

const char *ef_light_nouns(void)
{
    return light;
}
