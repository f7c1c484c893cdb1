/* SPDX-License-Identifier: MIT
 * text/redact_no_names.c - words that stand where a name could and are none.
 *
 * Folded, between blanks. They are asked about behind a cue only. */
#include "text/redact_name_form.h"

/* clang-format off */
static const char anywhere[] =
    " a an the and or but i im ive ill am is are was were not no so very too just from with "
    "at on in to for of by as if my your his her our their this that these those it its he "
    "she we they you me us here there calling speaking who what when where why how please "
    "thanks thank hello hi hey dear customer customers client clients support service "
    "services care team teams agent agents manager managers still never always currently now "
    "sorry sure back again really only also already being been called spelled misspelled "
    "wrong listed irrelevant unknown private none everything nothing anything something one "
    "all both because since once maybe monday tuesday wednesday thursday friday saturday "
    "sunday january february march april june july august september october november "
    "december tomorrow today tonight yesterday asap ok okay yes no later crazy old while after "
    "before until every any some more most about have has had do does did would can "
    "could should must might want wanted need needed get got gets writing looking trying "
    "having going getting happy unhappy disappointed good great bad poor terrible awful "
    "amazing excellent perfect nice fine best better worst worse worth god love loved loves "
    "like liked likes hate hated hates said says told tells asked made makes gave gives took "
    "takes came comes went goes used uses using bought ordered received sent refused hung "
    "helped fixed works worked did know knows think thinks thought feel felt let keep kept "
    "order orders refund refunds return returns delivery shipping shipment package parcel "
    "product products item items website site app email mail phone number name names account "
    "department dept office desk line chat bot center centre sales billing technical tech "
    "accounts complaints reception management staff human humans person people somebody "
    "someone anyone anybody nobody everyone everybody others other another same such much many "
    "few first second last next new small big large full half up down out off over under into "
    "onto than then even ever well way two three four five six seven eight nine ten zero "
    "required missing pending none null empty test subject update note "
    "kunde kunden kundin kundendienst kundenservice mitglied ende schluss stammkunde "
    "bestellung rechnung paket lieferung ware clientele servicio atencion cliente pedido "
    "servizio clienti ordine servico atendimento klant klantenservice bestelling klient "
    "zamowienie obsluga kundtjanst musteri siparis заказ клиент поддержка служба ";

static const char small[] =
    " will may don n na re fwd der die das den dem des ein eine einen einem einer ich du er sie es wir ihr "
    "mein meine und oder aber ist sind war nicht kein keine sehr nur noch schon auch mit bei "
    "von zu im am bitte ihnen ihrem ihre ihren euch euer grund problem "
    "le la les un une des et ou mais je tu il elle nous vous ils ce cette ces pas tres plus "
    "pour avec sans dans sur est suis votre notre "
    "el los las uno unos y o pero no muy mas para por con sin en su mi es soy esta estoy ya "
    "lo gli e ma non molto per di da sono os as um uma em nao muito mais com sem seu "
    "het een maar niet zeer voor met is ben nie tak ale bardzo dla na do od jest "
    "och eller men inte mycket jag ar og ikke meget jeg er ja ve ama cok icin "
    "и или но не я вы мы он она они это очень для на от ";

static const char greeted[] =
    " all team there everyone everybody sir sirs madam maam madame madames monsieur mesdames "
    "messieurs guys folks friends friend world people customer customers support service "
    "seller sellers shop store management manager management staff company ladies gentlemen "
    "dude dudes man mate mates bro buddy girls boys community admin moderator moderators "
    "members colleagues reader readers review reviewers shoppers amazonians again god goodness "
    "heavens kitty lord santa diary neighbor neighbours fi fives res anyway however though "
    "heaps everyone yall hr helpdesk kundenservice kundendienst damen herren herr frau "
    "leute zusammen kollegen kolleginnen freunde kunden alle allerseits welt nachbarn mal "
    "tous toutes equipe amis collegues clients messieurs monde todos todas equipo amigos "
    "clientes senores senor senora mundo tutti tutte team signori signora amici mondo clienti "
    "pessoal galera equipe gente amigos senhores allemaal iedereen mensen klant heer mevrouw "
    "wszystkim panstwo panie panowie pan pani zespol alla allihopa kunder alle sammen kaikki "
    "herkes arkadaslar всем все команда друзья коллеги господа мир advance voraus anticipo "
    "anticipe vorhinein lot lots million nothing beforehand "
    "day night evening morning afternoon luck news job work value price quality stuff "
    "black friday christmas year birthday ";

static const char brands[] =
    " amazon google apple microsoft samsung sony lg huawei xiaomi oneplus nokia motorola dell "
    "hp lenovo asus acer intel nvidia amd ebay etsy walmart target costco ikea aldi lidl tesco "
    "sainsbury sainsburys argos asda currys boots zalando otto alibaba aliexpress temu shein "
    "wish facebook meta instagram whatsapp twitter tiktok youtube netflix spotify hulu disney "
    "uber lyft bolt deliveroo doordash grubhub airbnb booking expedia hilton marriott hyatt "
    "ryanair easyjet lufthansa delta united emirates klm paypal visa mastercard stripe klarna "
    "revolut monzo wise chase barclays hsbc santander citi verizon comcast xfinity vodafone "
    "telekom orange o2 ee bt virgin sky fedex ups usps dhl hermes evri dpd gls yodel tnt "
    "nike adidas puma reebok asos zara primark gap levis nestle starbucks mcdonalds subway "
    "kfc dominos pepsi coke dyson philips bosch siemens miele braun canon nikon fuji gopro "
    "fitbit garmin lego mattel hasbro tesla ford toyota honda bmw audi volkswagen mercedes "
    "renault fiat alexa siri cortana bing chrome android windows kindle echo shopify zendesk "
    "best buy home depot lowes macys kohls nordstrom wayfair chewy ticketmaster ";

static const char selves[] =
    " american british english irish scottish welsh german french spanish italian dutch "
    "polish russian ukrainian chinese japanese korean indian pakistani mexican canadian "
    "australian brazilian turkish greek swedish norwegian danish finnish african asian "
    "european muslim christian jewish catholic hindu buddhist latino latina hispanic "
    "nigerian kenyan egyptian iranian arab swiss austrian portuguese romanian hungarian "
    "vietnamese thai filipino indonesian black white gay straight vegan vegetarian "
    "originally mostly usually probably actually far away home disabled retired sad mad glad "
    "upset angry furious fed sick tired done broke broken lost stuck confused frustrated "
    "annoyed shocked amazed pleased delighted thrilled satisfied dissatisfied impressed "
    "excited afraid scared worried curious ready able unable aware certain proud honest "
    "grateful thankful hopeful ashamed embarrassed surprised speechless livid bored busy free "
    "alone pregnant allergic diabetic blind deaf left right young older new absolutely "
    "totally completely extremely quite rather pretty beyond super truly deeply simply "
    "literally definitely certainly kunde kundin deutscher deutsche student studentin rentner "
    "lehrer mutter vater fan neu froh traurig wutend enttauscht zufrieden begeistert espanol francais francaise "
    "allemand allemande belge suisse polonais deutsch "
    "espanola frances francesa italiano italiana feliz triste cliente tutto tutti ";

static const char titled[] =
    " pepper martens marten coffee clean bean who right muscle oetker browns office strange "
    "seuss evil potato t b beast peanut dre bronner scholl scholls universe america world "
    "teen excel word teams paint dos access area bridge bread cake drive asian pizza frying "
    "sauce set sets fried am dei crunch hook kirk marvel morgan dior piggy works fortune fall "
    "out ing bank ";
/* clang-format on */

bool ef_is_no_name(ef_slice text, size_t begin, size_t end, ef_no_name kind)
{
    static const char *const lists[] = {
        [EF_NO_NAME] = anywhere, [EF_NO_SMALL] = small, [EF_NO_GREETED] = greeted,
        [EF_NO_BRAND] = brands,  [EF_NO_SELF] = selves, [EF_NO_TITLED] = titled,
    };
    return ef_word_in(text, begin, end, lists[kind]);
}
