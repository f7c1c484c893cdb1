/* SPDX-License-Identifier: MIT
 * input/chatjson_table.c - the layouts of chats in JSON, one row each, the stricter before
 * the looser. Rows whose form nobody has seen in a description say so.
 *
 * Every row carries its own sample and what is to be read from it; names and words are
 * made up. */
#include "input/chatjson.h"

#define KINDS(...)                                                                         \
    (const char *const[])                                                                  \
    {                                                                                      \
        __VA_ARGS__, NULL                                                                  \
    }

static const char *const no_kind[] = { NULL };

static const ef_json_chat telegram = {
    .routes = { "messages", "chats.list[].messages" },
    .message = "{\"id\":\"id\",\"type\":\"!kind\",\"date_unixtime\":\"time\",\"date\":"
               "\"!time\",\"from\":\"author\",\"actor\":\"author\",\"text\":\"text\","
               "\"action\":\"event\"}",
    .document = "{\"name\":\"conversation\"}",
    .kinds = KINDS("message"),
    .file = "result.json",
    .sample =
        "{\"name\":\"Shop\",\"type\":\"private_group\",\"id\":1,\"messages\":[\n"
        "{\"id\":5,\"type\":\"message\",\"date\":\"2024-11-03T12:39:10\","
        "\"date_unixtime\":\"1730633950\",\"from\":\"Mara\",\"from_id\":\"user1\","
        "\"text\":[\"see \",{\"type\":\"bold\",\"text\":\"this\"},\"!\"]},\n"
        "{\"id\":6,\"type\":\"service\",\"date\":\"2024-11-03T12:40:00\",\"actor\":\"Jo\","
        "\"action\":\"pin_message\",\"text\":\"\"},\n"
        "{\"id\":7,\"type\":\"message\",\"date\":\"2024-11-03T12:41:00\",\"from\":null,"
        "\"text\":\"gone\"}]}",
    .expected = "5|2024-11-03T11:39:10Z||Shop|Mara|see this!\n"
                "6|2024-11-03T12:40:00Z|system|Shop|Jo|\n"
                "7|2024-11-03T12:41:00Z||Shop||gone\n",
};

static const ef_json_chat discord = {
    .routes = { "messages" },
    .message = "{\"id\":\"id\",\"type\":\"!kind\",\"timestamp\":\"!time\",\"content\":"
               "\"!text\",\"author\":{\"name\":\"author\",\"isBot\":\"bot\"}}",
    .document = "{\"channel\":{\"id\":\"conversation\",\"name\":\"channel\"}}",
    .kinds = KINDS("Default", "Reply", "ChatInputCommand", "ContextMenuCommand", "0", "19",
                   "20", "23"),
    .file = "help.json",
    .sample =
        "{\"guild\":{\"name\":\"Shop\"},\"channel\":{\"name\":\"help\"},\"messages\":["
        "{\"id\":\"1\",\"type\":\"Default\",\"timestamp\":\"2024-11-03T12:39:10.1+01:00\","
        "\"content\":\"hi\",\"author\":{\"id\":\"2\",\"name\":\"mara\",\"isBot\":false},"
        "\"reactions\":[{\"emoji\":{\"name\":\"x\"},\"count\":2}]},"
        "{\"id\":\"2\",\"type\":\"GuildMemberJoin\",\"timestamp\":"
        "\"2024-11-03T11:40:00+00:00\",\"content\":\"Joined the server.\",\"author\":"
        "{\"name\":\"jo\",\"isBot\":false}},"
        "{\"id\":\"3\",\"type\":\"Reply\",\"timestamp\":\"2024-11-03T11:41:00+00:00\","
        "\"content\":\"beep\",\"author\":{\"name\":\"helper\",\"isBot\":true}}]}",
    .expected = "1|2024-11-03T11:39:10.100Z||help.json|mara|hi\n"
                "2|2024-11-03T11:40:00Z|system|help.json|jo|\n"
                "3|2024-11-03T11:41:00Z|bot|help.json|helper|beep\n",
};

static const ef_json_chat messenger = {
    .routes = { "messages" },
    .message = "{\"sender_name\":\"!author\",\"timestamp_ms\":\"!time\",\"type\":\"kind\","
               "\"content\":\"text\"}",
    .kinds = KINDS("Generic", "Share"),
    .events = KINDS("iked a message", " created a poll.", " sent an attachment.",
                    " to your message", " to your message ", " missed your call.",
                    " called you.", " sent a photo.", " sent a video.", " sent a sticker.",
                    " sent a live location.", " unsent a message"),
    .markup = EF_JSON_MOJIBAKE,
    .talk = EF_JSON_BY_FOLDER,
    .file = "inbox/zoe_1/message_1.json",
    .sample = "{\"participants\":[{\"name\":\"Zo\\u00c3\\u00ab\"}],\"messages\":["
              "{\"sender_name\":\"Zo\\u00c3\\u00ab\",\"timestamp_ms\":1730633950000,"
              "\"content\":\"ok \\u00f0\\u009f\\u0091\\u008d\"},"
              "{\"sender_name\":\"Shop\",\"timestamp_ms\":1730633940000,"
              "\"content\":\"Liked a message\"},"
              "{\"sender_name\":\"Shop\",\"timestamp_ms\":1730633930000,\"photos\":[]}]}",
    .expected = "|2024-11-03T11:39:10Z||inbox/zoe_1|Zo\xC3\xAB|ok \xF0\x9F\x91\x8D\n"
                "|2024-11-03T11:39:00Z|system|inbox/zoe_1|Shop|\n"
                "|2024-11-03T11:38:50Z||inbox/zoe_1|Shop|\n",
};

/* What Messenger gives of chats that are encrypted from end to end: a file each. */
static const ef_json_chat messenger_e2e = {
    .routes = { "messages" },
    .message = "{\"senderName\":\"!author\",\"timestamp\":\"!time\",\"type\":\"!kind\","
               "\"text\":\"text\",\"isUnsent\":\"!other\"}",
    .document = "{\"threadName\":\"conversation\"}",
    .kinds = KINDS("text", "media", "link"),
    .talk = EF_JSON_BY_FILE,
    .file = "messages/zoe_1.json",
    .sample =
        "{\"participants\":[\"Zo\xC3\xAB\",\"Shop\"],\"threadName\":\"Zo\xC3\xAB_1\","
        "\"messages\":[{\"isUnsent\":false,\"media\":[],\"senderName\":\"Zo\xC3\xAB\","
        "\"text\":\"it broke\",\"timestamp\":1730633950000,\"type\":\"text\"},"
        "{\"isUnsent\":true,\"media\":[],\"senderName\":\"Shop\",\"text\":\"\","
        "\"timestamp\":1730633960000,\"type\":\"placeholder\"}]}",
    .expected = "|2024-11-03T11:39:10Z||Zo\xC3\xAB_1|Zo\xC3\xAB|it broke\n"
                "|2024-11-03T11:39:20Z|system|Zo\xC3\xAB_1|Shop|\n",
};

/* Google's archive of a Chat room. */
static const ef_json_chat google_chat = {
    .routes = { "messages" },
    .message = "{\"creator\":{\"name\":\"!author\",\"user_type\":\"role\"},"
               "\"created_date\":\"!time\",\"text\":\"text\",\"topic_id\":\"thread\","
               "\"message_id\":\"!id\"}",
    .file = "Groups/Space 1/messages.json",
    .sample = "{\"messages\":[{\"creator\":{\"name\":\"Mara\",\"email\":\"m@example.org\","
              "\"user_type\":\"Human\"},\"created_date\":\"Sunday, November 3, 2024 at "
              "8:49:05\xE2\x80\xAFPM UTC\",\"text\":\"it broke\",\"topic_id\":\"t1\","
              "\"message_id\":\"s/t1/t1\"},{\"creator\":{\"name\":\"Helper\",\"user_type\":"
              "\"Bot\"},\"created_date\":\"Monday, November 4, 2024 at 12:49:05 AM UTC\","
              "\"text\":\"beep\",\"topic_id\":\"t1\",\"message_id\":\"s/t1/b\"}]}",
    .expected = "s/t1/t1|2024-11-03T20:49:05Z||t1|Mara|it broke\n"
                "s/t1/b|2024-11-04T00:49:05Z|bot|t1|Helper|beep\n",
};

static const ef_json_chat slack = {
    .routes = { "" },
    .message =
        "{\"type\":\"!other=message\",\"subtype\":\"kind\",\"ts\":\"!stamp\",\"thread_ts\":"
        "\"thread\",\"user\":\"author\",\"username\":\"author\",\"bot_id\":\"bot\","
        "\"text\":\"text\",\"blocks\":\"blocks\",\"members\":\"listing\",\"profile\":"
        "\"listing\",\"creator\":\"listing\","
        "\"change_type\":\"listing\"}",
    .kinds = KINDS("file_share", "thread_broadcast", "me_message", "bot_message",
                   "reply_broadcast", "file_comment"),
    .markup = EF_JSON_SLACK,
    .talk = EF_JSON_BY_CHANNEL,
    .file = "export/help/2024-11-03.json",
    .sample =
        "[{\"type\":\"message\",\"user\":\"U01A\",\"text\":\"hi <@U01B> &amp; see "
        "<https://example.org|this> <!here>\",\"ts\":\"1730633950.000200\",\"thread_ts\":"
        "\"1730633950.000200\",\"reply_count\":2},"
        "{\"type\":\"message\",\"subtype\":\"channel_join\",\"user\":\"U01A\",\"text\":"
        "\"<@U01A> has joined the channel\",\"ts\":\"1730633960.000300\"},"
        "{\"type\":\"message\",\"subtype\":\"bot_message\",\"bot_id\":\"B1\",\"username\":"
        "\"helper\",\"text\":\"&lt;beep&gt;\",\"ts\":\"1730633970.5\"}]",
    .expected = "1730633950.000200|2024-11-03T11:39:10Z||1730633950.000200|U01A|hi @U01B & "
                "see this\n"
                "1730633960.000300|2024-11-03T11:39:20Z|system|help|U01A|\n"
                "1730633970.5|2024-11-03T11:39:30.500Z|bot|help|helper|<beep>\n",
};

static const ef_json_chat zendesk_chat = {
    .routes = { "", "chats" },
    .around = "{\"id\":\"conversation\",\"history\":\"!messages\"}",
    .message = "{\"timestamp\":\"!time\",\"type\":\"!kind\",\"sender_type\":\"role\","
               "\"name\":\"author\",\"msg\":\"text\"}",
    .kinds = KINDS("chat.msg"),
    .talk = EF_JSON_BY_FILE,
    .file = "chats.json",
    .sample =
        "[{\"id\":\"z1\",\"rating\":\"good\",\"history\":["
        "{\"index\":1,\"timestamp\":\"2024-11-03T11:39:10Z\",\"type\":\"chat.msg\","
        "\"sender_type\":\"Visitor\",\"name\":\"Mara\",\"msg\":\"hi\"},"
        "{\"index\":2,\"timestamp\":\"2024-11-03T11:39:20Z\",\"type\":\"chat.memberjoin\","
        "\"name\":\"Jo\"},"
        "{\"index\":3,\"timestamp\":\"2024-11-03T11:39:30Z\",\"type\":\"chat.msg\","
        "\"sender_type\":\"Agent\",\"name\":\"Jo\",\"msg\":\"hello\"}]},"
        "{\"history\":[],\"id\":\"z2\"}]",
    .expected = "|2024-11-03T11:39:10Z|customer|z1|Mara|hi\n"
                "|2024-11-03T11:39:20Z|system|z1|Jo|\n"
                "|2024-11-03T11:39:30Z|staff|z1|Jo|hello\n",
};

static const ef_json_chat intercom = {
    .routes = { "", "conversations" },
    .around = "{\"id\":\"conversation\",\"created_at\":\"time\",\"source\":{\"id\":\"id\","
              "\"body\":\"text\",\"author\":{\"type\":\"role\",\"name\":\"author\",\"id\":"
              "\"author\"}},\"conversation_parts\":{\"conversation_parts\":\"!messages\"}}",
    .message =
        "{\"id\":\"id\",\"part_type\":\"!kind\",\"body\":\"text\",\"author\":{\"type\":"
        "\"!role\",\"name\":\"author\",\"id\":\"author\"},\"created_at\":\"!time\"}",
    .kinds = KINDS("comment", "note"),
    .hidden_kind = "note",
    .closing = KINDS("close"),
    .opening = KINDS("open"),
    .handing = KINDS("assignment"),
    .markup = EF_JSON_HTML,
    .talk = EF_JSON_BY_FILE,
    .file = "conversations.json",
    .sample =
        "{\"id\":\"9\",\"created_at\":1730633950,\"source\":{\"body\":"
        "\"<p>Hi &amp; bye</p>\",\"author\":{\"type\":\"user\",\"name\":\"Mara\"}},"
        "\"conversation_parts\":{\"conversation_parts\":["
        "{\"part_type\":\"comment\",\"body\":\"<p>Hello</p><p>there</p>\",\"author\":"
        "{\"type\":\"admin\",\"name\":\"Jo\"},\"created_at\":1730634010},"
        "{\"part_type\":\"note\",\"body\":\"a secret\",\"author\":{\"type\":\"admin\"},"
        "\"created_at\":1730634020},"
        "{\"part_type\":\"close\",\"body\":null,\"author\":{\"type\":\"bot\"},"
        "\"created_at\":1730634030}]}}",
    .expected = "|2024-11-03T11:39:10Z|customer|9|Mara|Hi & bye\n"
                "|2024-11-03T11:40:10Z|staff|9|Jo|Hello//there\n"
                "|2024-11-03T11:40:20Z|staff|9||\n"
                "|2024-11-03T11:40:30Z|system|9||\n",
};

static const ef_json_chat livechat = {
    .routes = { "", "chats" },
    .around =
        "{\"chat\":{\"id\":\"conversation\",\"users\":\"people\",\"thread\":{\"events\":"
        "\"!messages\"}},\"id\":\"conversation\",\"users\":\"people\",\"thread\":{"
        "\"events\":\"!messages\"}}",
    .message =
        "{\"id\":\"id\",\"type\":\"!kind\",\"text\":\"text\",\"author_id\":\"author\","
        "\"created_at\":\"!time\",\"visibility\":\"hidden\"}",
    .kinds = KINDS("message"),
    .hidden = "agents",
    .talk = EF_JSON_BY_FILE,
    .file = "livechat.json",
    .sample =
        "{\"chat\":{\"id\":\"c9\",\"users\":[{\"id\":\"c1\",\"name\":\"Mara\",\"type\":"
        "\"customer\"},{\"id\":\"a1\",\"name\":\"Jo\",\"type\":\"agent\"}],\"thread\":{"
        "\"events\":["
        "{\"id\":\"e1\",\"type\":\"message\",\"text\":\"hi\",\"author_id\":\"c1\","
        "\"created_at\":\"2024-11-03T11:39:10.000100Z\",\"visibility\":\"all\"},"
        "{\"id\":\"e2\",\"type\":\"message\",\"text\":\"careful\",\"author_id\":\"a1\","
        "\"created_at\":\"2024-11-03T11:39:20Z\",\"visibility\":\"agents\"},"
        "{\"id\":\"e3\",\"type\":\"system_message\",\"text\":\"joined\","
        "\"created_at\":\"2024-11-03T11:39:30Z\"}]}}}",
    .expected = "e1|2024-11-03T11:39:10Z|customer|c9|Mara|hi\n"
                "e2|2024-11-03T11:39:20Z|staff|c9|Jo|\n"
                "e3|2024-11-03T11:39:30Z|system|c9||\n",
};

static const ef_json_chat teams = {
    .routes = { "value", "" },
    .message = "{\"id\":\"id\",\"createdDateTime\":\"!time\",\"messageType\":\"!kind\","
               "\"from\":{\"user\":{\"displayName\":\"author\"},\"application\":"
               "{\"displayName\":\"bot\"}},\"body\":{\"content\":\"!text\"},\"chatId\":"
               "\"conversation\",\"channelIdentity\":{\"channelId\":\"channel\"},"
               "\"replyToId\":\"thread\"}",
    .kinds = KINDS("message"),
    .markup = EF_JSON_HTML,
    .has_posts = true,
    .file = "teams.json",
    .sample =
        "{\"value\":[{\"id\":\"1\",\"createdDateTime\":\"2024-11-03T11:39:10Z\","
        "\"messageType\":\"message\",\"from\":{\"user\":{\"displayName\":\"Mara\"}},"
        "\"body\":"
        "{\"contentType\":\"html\",\"content\":\"<p>hi <at id=\\\"0\\\">Jo</at>, it is "
        "&lt;3</p>\"}},"
        "{\"id\":\"2\",\"createdDateTime\":\"2024-11-03T11:39:20Z\",\"messageType\":"
        "\"systemEventMessage\",\"from\":null,\"body\":{\"content\":"
        "\"<systemEventMessage/>\"}},"
        "{\"id\":\"3\",\"createdDateTime\":\"2024-11-03T11:39:30Z\",\"messageType\":"
        "\"message\",\"replyToId\":\"1\",\"from\":{\"user\":null,\"application\":"
        "{\"displayName\":\"Helper\"}},\"body\":{\"content\":\"beep\"}}]}",
    .expected = "1|2024-11-03T11:39:10Z||teams.json|Mara|hi Jo, it is <3\n"
                "2|2024-11-03T11:39:20Z|system|teams.json||\n"
                "3|2024-11-03T11:39:30Z|bot|1|Helper|beep\n",
};

static const ef_json_chat rocketchat = {
    .routes = { "", "messages" },
    .message = "{\"_id\":\"!id\",\"ts\":\"!time\",\"u\":{\"username\":\"!author\"},\"msg\":"
               "\"!text\",\"t\":\"kind\",\"bot\":\"bot\",\"tmid\":\"thread\"}",
    .kinds = no_kind,
    .file = "rocket.json",
    .sample = "[{\"_id\":\"m1\",\"ts\":\"2024-11-03T11:39:10.000Z\",\"u\":{\"username\":"
              "\"mara\"},\"msg\":\"hi\"},{\"_id\":\"m2\",\"t\":\"uj\",\"ts\":"
              "\"2024-11-03T11:39:20.000Z\",\"u\":{\"username\":\"jo\"},\"msg\":\"jo\"}]",
    .expected = "m1|2024-11-03T11:39:10Z||rocket.json|mara|hi\n"
                "m2|2024-11-03T11:39:20Z|system|rocket.json|jo|\n",
};

/* Unverified: no description of this export was seen. */
static const ef_json_chat zendesk_ticket = {
    .routes = { "", "tickets" },
    .around = "{\"id\":\"conversation\",\"requester_id\":\"customer\",\"comments\":"
              "\"!messages\"}",
    .message = "{\"id\":\"id\",\"author_id\":\"!author\",\"body\":\"!text\",\"public\":"
               "\"!hidden\",\"created_at\":\"!time\"}",
    .hidden = "false",
    .talk = EF_JSON_BY_FILE,
    .file = "tickets.json",
    .sample =
        "{\"id\":7,\"requester_id\":3,\"comments\":[{\"author_id\":3,\"body\":\"hi\","
        "\"public\":true,"
        "\"created_at\":\"2024-11-03T11:39:10Z\"},{\"author_id\":4,\"body\":\"careful\","
        "\"public\":false,\"created_at\":\"2024-11-03T11:39:20Z\"}]}\n",
    .expected = "|2024-11-03T11:39:10Z|customer|7|3|hi\n|2024-11-03T11:39:20Z|staff|7|4|\n",
};

/* Unverified: no description of this export was seen. */
static const ef_json_chat helpscout = {
    .routes = { "_embedded.events" },
    .message =
        "{\"id\":\"id\",\"type\":\"!other\",\"action\":\"kind\",\"author\":{\"type\":"
        "\"!role\",\"name\":\"author\"},\"createdAt\":\"!time\",\"body\":\"text\"}",
    .kinds = KINDS("message-added"),
    .markup = EF_JSON_HTML,
    .talk = EF_JSON_BY_FILE,
    .file = "helpscout.json",
    .sample = "{\"_embedded\":{\"events\":[{\"type\":\"message\",\"action\":"
              "\"message-added\",\"author\":{\"type\":\"customer\"},\"createdAt\":"
              "\"2024-11-03T11:39:10Z\",\"body\":\"hi\"},{\"type\":\"event\",\"action\":"
              "\"chat-ended\",\"author\":{\"type\":\"agent\"},\"createdAt\":"
              "\"2024-11-03T11:39:20Z\"}]}}",
    .expected = "|2024-11-03T11:39:10Z|customer|helpscout.json||hi\n"
                "|2024-11-03T11:39:20Z|system|helpscout.json||\n",
};

/* Unverified, but for isBot. */
static const ef_json_chat eight_by_eight = {
    .routes = { "" },
    .message = "{\"timestamp\":\"!time\",\"isBot\":\"!bot\",\"message\":\"!text\"}",
    .talk = EF_JSON_BY_FILE,
    .file = "8x8.json",
    .sample = "[{\"timestamp\":1730633950123,\"isBot\":false,\"message\":\"hi\"},"
              "{\"timestamp\":1730633950124,\"isBot\":true,\"message\":\"beep\"}]",
    .expected = "|2024-11-03T11:39:10.123Z||8x8.json||hi\n"
                "|2024-11-03T11:39:10.124Z|bot|8x8.json||beep\n",
};

#define LAYOUT(format_name, words, layout)                                                 \
    {                                                                                      \
        .name = format_name, .summary = words, .sniff = ef_chatjson_sniff,                 \
        .open = ef_chatjson_open, .cut = ef_json_cut, .skip = ef_json_skip_record,         \
        .next = ef_chatjson_next, .is_whole = ef_json_is_whole,                            \
        .close_cursor = ef_chatjson_close_cursor, .is_json = true, .row = &layout          \
    }

const ef_format ef_chatjson_formats[] = {
    LAYOUT("telegram", "Telegram: result.json", telegram),
    LAYOUT("discord-json", "Discord, exported as JSON", discord),
    LAYOUT("messenger", "Messenger and Instagram: message_1.json", messenger),
    LAYOUT("messenger-e2e", "Messenger, encrypted chats: a file each", messenger_e2e),
    LAYOUT("google-chat", "Google Chat: messages.json of an archive", google_chat),
    LAYOUT("slack", "Slack: a folder or zip of days, people by users.json", slack),
    LAYOUT("zendesk-chat", "Zendesk chats with their history", zendesk_chat),
    LAYOUT("zendesk-ticket", "Zendesk tickets with their comments", zendesk_ticket),
    LAYOUT("intercom", "Intercom conversations with their parts", intercom),
    LAYOUT("livechat", "LiveChat: a chat with its thread's events", livechat),
    LAYOUT("helpscout-chat", "Help Scout: the events of a chat", helpscout),
    LAYOUT("teams", "Microsoft Teams: messages of a channel or chat", teams),
    LAYOUT("rocketchat", "Rocket.Chat messages", rocketchat),
    LAYOUT("8x8", "8x8: messages that say which are a bot's", eight_by_eight),
    { .name = NULL },
};
